"""Which money pays what: sources one after the other, each for the charges that it is good for."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from solde.domain.settlement.funds import EVERYTHING, Scope

Amount = TypeVar("Amount", int, Decimal)
"""Minor units of money, or units of something else that is paid in advance."""


class Part(NamedTuple, Generic[Amount]):
    """A charge as far as money may be good for it: category and rate of its tax, its order."""

    amount: Amount
    kind: str = ""
    product: str = ""
    rate: str = ""
    order: str = ""


class Source(NamedTuple, Generic[Amount]):
    """
    Money that is there: until a day, exclusive; since a day. A lower rank is used first.

    What was paid on an order is good for the charges of that `order` only.
    """

    id: str
    left: Amount
    rank: int
    until_on: date | None = None
    since_on: date | None = None
    scope: Scope = EVERYTHING
    order: str = ""


def for_all(source: Source[Amount]) -> bool:
    """Tell whether money may pay whatever is due."""
    return source.scope == EVERYTHING and not source.order


def _good_for(source: Source[Amount], part: Part[Amount]) -> bool:
    mine = source.order in ("", part.order)
    return mine and source.scope.good_for(part.kind, part.product, part.rate)


def in_order(sources: Iterable[Source[Amount]], on: date | None) -> list[Source[Amount]]:
    """Return what may be used on a day: by rank, first to expire, oldest (R22). None is any day."""
    there = [one for one in sources if on is None or (one.until_on or date.max) > on]
    return sorted(
        there,
        key=lambda one: (
            one.rank,
            one.until_on or date.max,
            one.since_on or date.min,
            one.id,
        ),
    )


def cover(
    sources: Sequence[Source[Amount]], parts: Sequence[Part[Amount]], due: Amount
) -> dict[str, Amount]:
    """
    Return what each source pays of what is due, never more than it has; those that pay nothing not.

    What is good for everything may pay all that is due, whatever the parts come to.
    """
    open_ = [one.amount for one in parts]
    used: dict[str, Amount] = {}
    for source in sources:
        room = min(due, _room(source, parts, open_, due))
        amount = min(source.left, room)
        if amount > 0:
            due -= amount
            _spend(source, parts, open_, amount)
            used[source.id] = amount
    return used


def _room(
    source: Source[Amount], parts: Sequence[Part[Amount]], open_: Sequence[Amount], due: Amount
) -> Amount:
    """Return how much is open of what money is good for; what is given back makes it less."""
    if for_all(source):
        return due
    room = due - due
    for part, amount in zip(parts, open_, strict=True):
        if _good_for(source, part):
            room += amount
    return room


def _spend(
    source: Source[Amount], parts: Sequence[Part[Amount]], open_: list[Amount], amount: Amount
) -> None:
    for place, part in enumerate(parts):
        if open_[place] > 0 and _good_for(source, part):
            step = min(open_[place], amount)
            open_[place] -= step
            amount -= step
