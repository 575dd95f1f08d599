"""What late charges are computed from, read where the facts lie, and the mark on the invoice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from solde.domain.late import ReferenceRate, Settled
from solde.ports.billing import Header
from solde.ports.singles import LateMark
from solde.storage import keys
from solde.storage.invoices import header_from_item
from solde.storage.reading import reading
from solde.storage.reference_rates import added_rates
from solde.storage.table import Absent, Condition, Equals, Item, Table, Update
from solde.storage.withdrawals import taken_from_item


class LateTable:
    """The port `LateCharges` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        item = self._table.get(keys.invoice(customer_id, invoice_id))
        return header_from_item(item) if item else None

    def settled(self, header: Header) -> Sequence[Settled]:
        moved: list[Settled] = []
        paid: list[Item] = []
        back: Counter[str] = Counter()
        for item in self._of(header, "P#"):
            with reading(item):
                if item["kind"] == "payment" and item["invoice"] == header.id:
                    paid.append(item)
                elif item["kind"] == "credit_applied" and item["invoice"] == header.id:
                    moved.append(Settled(_day(item), item["amount"]))
                elif "took" in item:
                    moved += _withdrawn(item, header.id, back)
        moved += [_at_first(item, back) for item in paid]
        for item in self._of(header, "I#crn_"):
            note = header_from_item(item)
            uses = (one.minor for one in note.uses if one.invoice_id == header.id)
            moved += [Settled(note.issued_on, minor) for minor in uses]
        return sorted(moved, key=lambda one: (one.on, one.minor))

    def charged(self, header: Header) -> Sequence[Header]:
        found = map(header_from_item, self._of(header, "I#lch_"))
        return [one for one in found if one.late and one.late.invoice_id == header.id]

    def waived(self, header: Header) -> Sequence[Header]:
        found = map(header_from_item, self._of(header, "I#lcn_"))
        return [one for one in found if header.id in one.back]

    def rates(self) -> Sequence[ReferenceRate]:
        return added_rates(self._table)

    def _of(self, header: Header, prefix: str) -> Iterator[Item]:
        pk = keys.customer_pk(header.customer_id)
        yield from self._table.query(pk, first=prefix, last=prefix + keys.LAST)


def late_charged_to(mark: LateMark) -> Update:
    """Write up to which day an invoice is charged, on condition of what it was computed from."""
    read = mark.read
    before: Condition = Absent("late_to", guard="late_once")
    if read.late_to:
        before = Equals("late_to", read.late_to.isoformat(), guard="late_once")
    return Update(
        keys.invoice(read.customer_id, read.id),
        set={"late_to": mark.through.isoformat()},
        conditions=(before, Equals("paid", read.paid_minor, guard="paid_as_read")),
    )


def _withdrawn(item: Item, invoice_id: str, back: Counter[str]) -> Iterator[Settled]:
    """Yield what a refund or dispute took from an invoice, or its end gave back to it."""
    sign = -1 if item["amount"] > 0 else 1
    for one in taken_from_item(item):
        if not one.lot_id:
            back[item["payment"]] += sign * one.minor
        if one.invoice_id == invoice_id:
            yield Settled(_day(item), sign * one.minor)


def _at_first(item: Item, back: Counter[str]) -> Settled:
    """Return what a payment settled when it was booked: what it does now, less what moved since."""
    identity = item["sk"].removeprefix("P#")
    on = date.fromisoformat(item["received_on"])
    return Settled(on, item["allocated"] - back[identity])


def _day(item: Item) -> date:
    return datetime.fromisoformat(item["at"]).date()
