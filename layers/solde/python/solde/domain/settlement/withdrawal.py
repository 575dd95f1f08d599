"""
Money that goes back: what a refund or a dispute takes of what was paid and credited (R20).

A dispute takes the payment's unapplied rest, then its allocations, latest first. A refund is
money that we have sent: it takes what waits to be refunded first, then the payment's rest, then
the customer's other credit, and only then opens an invoice again.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from solde.domain.settlement.lot import Lot, Use


class Taken(NamedTuple):
    """Minor units of a lot's rest (no invoice), of a use of it, or of the payment (no lot)."""

    lot_id: str
    invoice_id: str
    minor: int


class Paid(NamedTuple):
    """A payment as far as this needs it: what it has settled at once, and its own lot, if any."""

    id: str
    allocated: Use
    lot: Lot | None


def disputed(minor: int, payment: Paid) -> tuple[Taken, ...]:
    """Return what a dispute takes: never more than the payment still stands for."""
    return _taken(minor, (*_rest(payment.lot), *_allocations(payment)))


def refunded(minor: int, payment: Paid, others: Sequence[Lot]) -> tuple[Taken, ...]:
    """Return what a refund takes; `others` are the customer's lots of credit notes."""
    oldest = sorted(others, key=lambda one: (one.on is not None, one.on, one.id))
    return _taken(
        minor,
        (
            *(each for one in oldest if one.to_refund for each in _rest(one)),
            *_rest(payment.lot),
            *(each for one in oldest if not one.to_refund for each in _rest(one)),
            *_allocations(payment),
        ),
    )


def _rest(lot: Lot | None) -> Iterator[Taken]:
    if lot:
        yield Taken(lot.id, "", lot.left.minor)


def _allocations(payment: Paid) -> Iterator[Taken]:
    """Yield what a payment has settled, latest first."""
    if payment.lot:
        for use in reversed(payment.lot.uses):
            yield Taken(payment.lot.id, use.invoice_id, use.minor)
    yield Taken("", payment.allocated.invoice_id, payment.allocated.minor)


def _taken(minor: int, sources: Sequence[Taken]) -> tuple[Taken, ...]:
    found = []
    for one in sources:
        part = min(one.minor, minor)
        if part > 0:
            found.append(one._replace(minor=part))
            minor -= part
    return tuple(found)


def restored(taken: Sequence[Taken], open_: dict[str, int], own: str) -> tuple[Taken, ...]:
    """
    Return where money goes that comes back after a dispute: whence it was taken.

    `open_` are minor units by invoice. What an invoice has no room for any more is the rest of
    the payment's own lot, named `own`.
    """
    rest, left = 0, dict(open_)
    again = []
    for one in taken:
        part = min(one.minor, left.get(one.invoice_id, 0)) if one.invoice_id else 0
        rest += one.minor - part
        if part:
            left[one.invoice_id] -= part
            again.append(one._replace(minor=part))
    return (*([Taken(own, "", rest)] if rest else ()), *again)
