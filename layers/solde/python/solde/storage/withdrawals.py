"""Refunds and disputes as stored: each an item with its entry, what it took, and whence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from solde.domain.ledger import also, entry_of_withdrawal
from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.domain.settlement import Lot, Paid, Taken, Use
from solde.ports.billing import Header
from solde.storage import keys, settling
from solde.storage.deposits import filled
from solde.storage.invoices import header_from_item
from solde.storage.lots import credited, lot_moved, lot_put, lots_of
from solde.storage.payment_items import payment_moved, rates_of
from solde.storage.settling import paid
from solde.storage.table import NoItem, Put, Table, Write

REFUND, RESTORED = "refund", "restored"
"""What is taken back otherwise is of the kind that told of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A payment as it stands with what it has settled and the customer's credit, read together."""

    payment: Payment
    own: Lot | None
    others: Sequence[Lot]
    """Lots of credit notes in the same currency, of the same entity."""

    @property
    def paid(self) -> Paid:
        one = self.payment
        return Paid(one.id, Use(one.invoice_id, one.allocated_minor), self.own)


@dataclass(frozen=True, slots=True)
class Moved:
    """
    Money that goes back (`minor` above 0) or comes again, with what of it lies where.

    `refunded` and `disputed` are what the payment shows afterwards.
    """

    id: str
    kind: str
    minor: int
    taken: Sequence[Taken]
    refunded: int
    disputed: int
    fee: int = 0


def standing(table: Table, payment: Payment) -> Standing:
    """Read the lots that a withdrawal may take of."""
    lots = lots_of(table, payment.customer_id)
    own = next((one for one in lots if one.id == payment.id), None)
    others = [
        one
        for one in lots
        if one.id.startswith(("crn_", "lcn_"))
        and one.entity == payment.entity
        and one.left.currency == payment.amount.currency
    ]
    return Standing(payment, own, others)


def writes(
    table: Table, read: Standing, moved: Moved, at: datetime, booked_on: date
) -> list[Write]:
    """Return the transaction of a withdrawal, or of its end: item, payment, lots, invoices."""
    sign = -1 if moved.minor > 0 else 1
    payment = read.payment
    by_invoice: Counter[str] = Counter()
    for one in moved.taken:
        by_invoice[one.invoice_id] += sign * one.minor
    allocated = sum(sign * one.minor for one in moved.taken if not one.lot_id)
    headers = _headers(table, payment.customer_id, [one for one in by_invoice if one])
    moves = [paid(one, by_invoice[one.id]) for one in headers]
    found: list[Write] = [
        Put(_item(payment, moved, moves, (at, booked_on)), (NoItem(guard="withdrawn_once"),)),
        payment_moved(
            payment,
            allocated=payment.allocated_minor + allocated,
            refunded=moved.refunded,
            disputed=moved.disputed,
        ),
    ]
    found += [one.update for one in moves]
    found += [each for one in headers for each in filled(table, one, by_invoice[one.id])]
    found += _lots(read, moved, sign)
    if any(isinstance(one, Put) for one in found[1:]):
        found.append(credited(payment.customer_id, payment.entity, payment.id))
    return found


def open_of(table: Table, customer_id: str, invoices: Iterable[str]) -> dict[str, int]:
    """Return what is open of invoices, by their ids."""
    return {one.id: one.due_minor for one in _headers(table, customer_id, sorted(set(invoices)))}


def taken_from_item(item: Mapping[str, Any]) -> tuple[Taken, ...]:
    """Return what a withdrawal took; those stored before they said so took nothing."""
    return tuple(Taken(*one) for one in item.get("took", ()))


def _lots(read: Standing, moved: Moved, sign: int) -> list[Write]:
    lots = {one.id: one for one in (*read.others, *((read.own,) if read.own else ()))}
    after = dict(lots)
    for one in moved.taken:
        if one.lot_id:
            before = after.get(one.lot_id) or _empty(read.payment)
            after[one.lot_id] = before.moved(sign * one.minor, one.invoice_id)
    changed = [one for one in after.values() if lots.get(one.id) != one]
    return [lot_moved(lots[one.id], one) if one.id in lots else lot_put(one) for one in changed]


def _empty(payment: Payment) -> Lot:
    nothing = Money(0, payment.amount.currency)
    return Lot(payment.id, payment.customer_id, payment.entity, nothing, payment.received_on)


def _headers(table: Table, customer_id: str, invoices: Sequence[str]) -> list[Header]:
    wanted = [keys.invoice(customer_id, one) for one in invoices]
    return [header_from_item(one) for one in table.get_many(wanted).values()] if wanted else []


def _item(
    payment: Payment, moved: Moved, moves: Sequence[settling.Paid], told: tuple[datetime, date]
) -> dict[str, Any]:
    at, booked_on = told
    key = keys.payment(payment.customer_id, moved.id)
    back = Money(moved.minor, payment.amount.currency)
    reopened = sum(one.minor for one in moved.taken if one.invoice_id)
    sign = 1 if moved.minor > 0 else -1
    entry = entry_of_withdrawal(back, reopened=sign * reopened, fee=moved.fee)
    rates = Counter[str]()
    for one in moves:
        entry = also(entry, one.movements)
        rates.update(one.rates)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": 1,
        "kind": moved.kind,
        "payment": payment.id,
        "entity": payment.entity,
        "currency": payment.amount.currency,
        "amount": moved.minor,
        "at": at.isoformat(),
        "booked_on": booked_on.isoformat(),
        "took": [list(one) for one in moved.taken],
        "jrn": entry.movements,
        **rates_of(rates),
    }
