"""A single issue: heads, records, headers, billing state and announcement in one transaction."""

from datetime import datetime
from typing import Any

from solde.ports.singles import Revision, Single, Watermark
from solde.storage import keys
from solde.storage.adjustments import adjustment_put
from solde.storage.billing_state import due_fields, held_as_read, with_credit
from solde.storage.late_charges import late_charged_to
from solde.storage.outbox import announcement
from solde.storage.run_items import head_write, record_to_item
from solde.storage.settling import issued
from solde.storage.table import (
    Absent,
    Condition,
    ConditionFailedError,
    Equals,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)


class SingleTable:
    """The port `Singles` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def issue_single(self, single: Single, *, at: datetime) -> bool:
        writes: list[Write] = []
        for record, head in zip(single.records, single.heads, strict=True):
            writes.append(head_write(record, head))
            writes.append(Put(record_to_item(record), (NoItem(guard="record_absent"),)))
        documents = issued(self._table, single.headers, single.closed, to_refund=single.to_refund)
        writes += [*documents.headers, *documents.beside]
        first = single.headers[0]
        for one, invoice_id in single.facts:
            writes.append(
                adjustment_put(one, first.customer_id, first.entity, at, invoice_id=invoice_id)
            )
        match single.mark:
            case Watermark():
                writes.append(with_credit(_moved(single.mark), documents.credit))
            case Revision():
                moved = held_as_read(single.mark.read, single.mark.after)
                writes.append(with_credit(moved, documents.credit))
        if single.late:
            writes.append(late_charged_to(single.late))
        named = [[header.customer_id, header.id] for header in single.headers]
        writes.append(announcement("invoice.issued", {"run": "", "invoices": named}, at=at))
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return False
        return True


def _moved(mark: Watermark) -> Update:
    """Bill now: nobody has planned or changed anything since the state was read."""
    read = mark.read
    free: Condition = Absent("resv", guard="oneoff_resv")
    if read.reservation is not None:
        free = Equals("resv.run", read.reservation.run_id, guard="oneoff_resv")
    fields: dict[str, Any] = {"through": mark.through.isoformat(), "ver": read.ver + 1}
    gone = ["resv", "dirty_from"]
    if mark.covered_to:
        fields["covered"] = mark.covered_to.isoformat()
    if mark.next_due_on:
        fields |= due_fields(read.entity, read.customer_id, mark.next_due_on)
    else:
        gone += ["due_pk", "due_sk"]
    return Update(
        keys.billing_state(read.customer_id, read.entity),
        set=fields,
        remove=tuple(gone),
        conditions=(
            Equals("ver", read.ver, guard="now_ver"),
            Equals("rev", read.rev, guard="now_rev"),
            free,
        ),
    )
