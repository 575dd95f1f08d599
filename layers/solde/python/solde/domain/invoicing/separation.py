"""What keeps a customer's documents apart is a dated fact: what is billed on a day follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from solde.domain.errors import InvalidError, StateConflictError

MOST = 50
"""How many facts a customer may have, withdrawals included."""


@dataclass(frozen=True, slots=True)
class Separation:
    """
    From a day of billing on: the soft keys that keep documents apart; None: what the entity says.

    With `of` it takes back the fact of that number. Facts are numbered from 1 as they were entered.
    """

    since: date
    keys: tuple[str, ...] | None = None
    of: int = 0


def standing_separations(facts: Sequence[Separation]) -> dict[int, Separation]:
    """Return the facts that were not taken back, by number."""
    gone = {one.of for one in facts}
    return {number: one for number, one in enumerate(facts, 1) if number not in gone and not one.of}


def separation_on(facts: Sequence[Separation], day: date) -> Separation | None:
    """Return what holds for documents of a day; of one day, what was entered last."""
    begun = [
        (one.since, number, one)
        for number, one in standing_separations(facts).items()
        if one.since <= day
    ]
    return max(begun)[2] if begun else None


def with_separation(facts: Sequence[Separation], one: Separation) -> tuple[Separation, ...]:
    """
    Append a fact: what was said before stays.

    Raises:
        InvalidError: there are too many already.

    """
    if len(facts) >= MOST:
        raise InvalidError(f"separate: expected at most {MOST} facts of a customer")
    return (*facts, one)


def without_separation(facts: Sequence[Separation], number: int) -> tuple[Separation, ...]:
    """
    Append that a fact is taken back.

    Raises:
        StateConflictError: none of this number stands.

    """
    found = standing_separations(facts).get(number)
    if found is None:
        raise StateConflictError(
            f"number: expected one of a fact that stands, found {number}", pointer="/number"
        )
    return with_separation(facts, Separation(found.since, of=number))
