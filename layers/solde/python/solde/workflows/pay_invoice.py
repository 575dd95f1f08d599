"""Pay: who has the link of a document asks for a page to pay on, once however often he clicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from solde.domain.attempts import Attempt, payable
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.identity import derived_id, instant_of
from solde.domain.invoicing.draft import ASK_NOTHING
from solde.domain.money import Money
from solde.ports.billing import Header
from solde.ports.gateways import Attempts
from solde.workflows.collect_payment import Wanted, ask_payment

ATTEMPTS_MAX = 50
"""Attempts on one document: whoever has its link cannot make more of them."""
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What a payer has chosen: a way, when so many attempts had been made before.

    `offered` are the ways of the entity, `country` that of the payer.
    """

    way: str
    after: int
    offered: Sequence[str]
    country: str
    live: bool


def ways_to_pay(
    header: Header, offered: Sequence[str], country: str, *, live: bool
) -> tuple[str, ...]:
    """Return the ways by which what is open of a document can be paid."""
    if header.kind in ASK_NOTHING or header.open_minor <= 0:
        return ()
    return payable(offered, Money(header.open_minor, header.currency), country, live=live)


def pay_invoice(header: Header, choice: Choice, at: datetime, attempts: Attempts) -> Attempt:
    """
    Store an attempt for all that is open; the same choice again is the same attempt.

    Raises:
        InvalidError: what is open cannot be paid in this way.
        StateConflictError: an earlier attempt has not ended, or there were too many.

    """
    if choice.way not in ways_to_pay(header, choice.offered, choice.country, live=choice.live):
        raise InvalidError(f"way: expected one that is offered, found {choice.way!r:.40}")
    if len(attempts.of(header.customer_id, header.id)) >= ATTEMPTS_MAX:
        raise StateConflictError(f"payment: expected at most {ATTEMPTS_MAX} attempts, found more")
    wanted = Wanted(
        id=_attempt_id(header, choice),
        provider=choice.way,
        country=choice.country,
        live=choice.live,
    )
    return ask_payment(header, wanted, at, attempts)


def leave_attempt(header: Header, number: int, at: datetime, attempts: Attempts) -> bool:
    """Have the page of an attempt closed, since its payer wants another; False if it has ended."""
    found = attempts.attempt(header.customer_id, header.id, number)
    if found is None or not found.open or found.method:
        return False
    return found.left or attempts.leave(found, at)


def _attempt_id(header: Header, choice: Choice) -> str:
    """Name an attempt by what it is for: two clicks, or two links of one document, make one."""
    natural = header.id, str(header.open_minor), choice.way, str(choice.after)
    return derived_id("att", *natural, at=instant_of(header.id) or ALWAYS)
