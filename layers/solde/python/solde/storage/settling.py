"""The writes of settlement: invoices of which more is paid, or less, and lots of credit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from solde.domain.dunning import first_action_on
from solde.domain.invoicing.draft import INVOICE, NOTES
from solde.domain.ledger import VAT, VAT_WAITING, Loss, of_settlement, of_tax_used, recovered
from solde.domain.money import Money
from solde.domain.settlement import (
    Lot,
    Settlement,
    SettlementState,
    collected,
    prepaid_of,
    settle_notes,
    state_of,
    taken_at_issue,
)
from solde.domain.values import light
from solde.ports.billing import Header
from solde.storage import index_keys, keys
from solde.storage.deposits import given_back, opened
from solde.storage.invoices import header_from_item, new_header
from solde.storage.lots import lot_from_item, lot_moved, lot_put
from solde.storage.table import Absent, Condition, Equals, Put, Table, Update, Write

ORIGINALS_MOST = 40
"""
Invoices that one customer's notes settle in one transaction, which holds a hundred writes: the
latest; what is given back of others is credit.
"""
OVER = (SettlementState.SETTLED.value, SettlementState.LOST.value)
"""States of which nobody is reminded."""


@light
@dataclass(frozen=True, slots=True)
class Documents:
    """What is issued together to one customer, with what its notes settle."""

    headers: Sequence[Put]
    beside: Sequence[Write] = ()
    credit: str = ""
    """A lot that is new: the billing state has to say that there is one."""


def issued(
    table: Table,
    headers: Sequence[Header],
    closed: Sequence[Mapping[str, Any]],
    *,
    to_refund: bool = False,
) -> Documents:
    """
    Return the writes of documents that are issued together.

    `to_refund` says what becomes of that which a note has over: it waits to be paid back, where
    else it is the customer's credit.
    """
    if all(one.kind not in NOTES for one in headers) and all("prepaid" not in c for c in closed):
        puts = [new_header(*one) for one in zip(headers, closed, strict=True)]
        lots = opened(closed)
        return Documents(puts, [lot_put(one) for one in lots], lots[-1].id if lots else "")
    earlier, there = _originals(table, headers), _lots(table, headers, closed)
    used, moved = taken_at_issue(closed, there)
    found = settle_notes(closed, {one.id: one.due_minor for one in earlier.values()})
    moves = {
        one.id: paid(one, found.received[one.id])
        for one in earlier.values()
        if one.id in found.received
    }
    again = _found_again(found, moves)
    deposits = given_back(table, closed, earlier)
    puts = [
        new_header(
            _settled(one, found, by_credit.minor),
            document,
            credit=found.rest.get(one.id, 0) - by_credit.minor,
            beside=_summed(
                again.get(one.id),
                of_tax_used(by_credit.tax, by_credit.lost),
                deposits.movements.get(one.id),
            ),
            advance=by_credit.advance + deposits.advance.get(one.id, 0),
        )
        for one, document, by_credit in zip(headers, closed, used, strict=True)
    ]
    beside: list[Write] = [one.update for one in moves.values()]
    beside += deposits.writes
    over = [one for one in headers if found.rest.get(one.id, 0)]
    new = [_lot(one, found.rest[one.id], to_refund=to_refund) for one in over]
    new += opened(closed)
    beside += [lot_put(one) for one in new]
    beside += [lot_moved(there[one.id], one) for one in moved.values()]
    return Documents(puts, beside, new[-1].id if new else "")


def _summed(*movements: Mapping[str, int] | None) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for one in movements:
        found.update(one or {})
    return found


def _found_again(found: Settlement, moves: Mapping[str, "Paid"]) -> dict[str, Mapping[str, int]]:
    """Give what invoices book beside 411 to the first note that settles each of them."""
    booked: dict[str, Counter[str]] = {}
    left = dict(moves)
    for note, uses in found.uses.items():
        for one in uses:
            if one.invoice_id in left:
                booked.setdefault(note, Counter()).update(left.pop(one.invoice_id).movements)
    return dict(booked)


@dataclass(frozen=True, slots=True)
class Paid:
    """
    The write of an invoice of which more is settled, or less, and what else is booked by it.

    `rates` say how much of it was settled by category and rate of tax.
    """

    update: Update
    movements: Mapping[str, int]
    rates: Mapping[str, int]

    @property
    def told(self) -> dict[str, bool]:
        """What the announcement of it says beside: whether nothing is open any more."""
        over = self.update.set["status"] == SettlementState.SETTLED.value
        return {"settled": True} if over else {}


def paid(header: Header, by: int, on: date | None = None) -> Paid:
    """
    Write that so much more of an invoice is settled, on a day, on condition of what was read.

    A settled one leaves the chase; one that is open again comes back to it. What was doubtful or
    lost is set right by the movements, and tax that waits for payment becomes chargeable by them.
    """
    before, after = header.paid_minor, header.paid_minor + by
    vat = VAT_WAITING if header.waiting else VAT
    loss, movements = recovered(header.loss, header.open_minor, by, vat)
    if header.waiting:
        freed = of_settlement(header.waiting, header.gross_minor, before=before, after=after)
        movements = Counter(movements)
        movements.update(freed)
    rates = collected(header.bases, header.currency, before=before, after=after)
    return Paid(invoice_moved(header, after, loss, on), movements, rates)


def invoice_moved(header: Header, minor: int, loss: Loss, on: date | None = None) -> Update:
    """Write what is settled of an invoice, and what is lost, on condition of what was read."""
    state = state_of(header.gross_minor, minor, loss.lost)
    fields: dict[str, Any] = {"paid": minor, "status": state.value}
    gone: tuple[str, ...] = () if loss.all else ("loss",)
    if loss.all:
        fields["loss"] = [loss.doubtful, loss.lost, loss.relieved]
    if on and state is SettlementState.SETTLED:
        fields["paid_on"] = on.isoformat()
    elif header.paid_on:
        gone += ("paid_on",)
    if state in (SettlementState.SETTLED, SettlementState.LOST):
        gone += ("due_pk", "due_sk")
    elif header.kind == INVOICE and header.status in OVER:
        fields["due_pk"] = index_keys.due_dun(header.entity, header.customer_id)
        fields["due_sk"] = index_keys.due_day(first_action_on(header.due_on), header.id)
    read = header.loss
    as_read: Condition = Absent("loss", guard="loss_as_read")
    if read.all:
        as_read = Equals("loss", [read.doubtful, read.lost, read.relieved], guard="loss_as_read")
    return Update(
        keys.invoice(header.customer_id, header.id),
        set=fields,
        remove=gone,
        conditions=(Equals("paid", header.paid_minor, guard="paid_as_read"), as_read),
    )


def _originals(table: Table, headers: Sequence[Header]) -> dict[str, Header]:
    """Read the invoices that notes take back of."""
    wanted = sorted({original for one in headers for original in one.back})[-ORIGINALS_MOST:]
    if not wanted:
        return {}
    customer_id = headers[0].customer_id
    items = table.get_many([keys.invoice(customer_id, one) for one in wanted])
    found = map(header_from_item, items.values())
    return {one.id: one for one in found if one.kind not in NOTES}


def _lots(
    table: Table, headers: Sequence[Header], closed: Sequence[Mapping[str, Any]]
) -> dict[str, Lot]:
    """Read the credit that documents were planned to use."""
    wanted = sorted({lot_id for document in closed for lot_id in prepaid_of(document)})
    if not wanted:
        return {}
    customer_id = headers[0].customer_id
    items = table.get_many([keys.unapplied(customer_id, one) for one in wanted])
    return {one.id: one for one in map(lot_from_item, items.values())}


def _settled(header: Header, found: Settlement, used: int) -> Header:
    """Return a header that is new with what it settles, or what settles it."""
    if header.kind in NOTES:
        status = SettlementState.SETTLED.value
        return replace(
            header, paid_minor=header.gross_minor, status=status, uses=found.uses[header.id]
        )
    total = header.paid_minor + found.received.get(header.id, 0) + used
    state = state_of(header.gross_minor, total)
    following = header.next_action_on or first_action_on(header.due_on)
    return replace(
        header,
        paid_minor=total,
        status=state.value,
        next_action_on=None if state is SettlementState.SETTLED else following,
    )


def _lot(note: Header, rest: int, *, to_refund: bool) -> Lot:
    return Lot(
        id=note.id,
        customer_id=note.customer_id,
        entity=note.entity,
        left=Money(rest, note.currency),
        on=note.issued_on,
        to_refund=to_refund,
    )
