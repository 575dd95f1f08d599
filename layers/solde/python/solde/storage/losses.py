"""Write-offs as stored: each an item with its entry, in one transaction with its invoice."""

from datetime import date, datetime

from solde.ports.billing import Header
from solde.ports.losses import WriteOff
from solde.storage import keys
from solde.storage.invoices import header_from_item
from solde.storage.journal import entry_to_item
from solde.storage.open_months import open_day
from solde.storage.outbox import announcement
from solde.storage.reading import present
from solde.storage.settling import invoice_moved
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


class LossTable:
    """The port `Losses` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        item = self._table.get(keys.invoice(customer_id, invoice_id))
        return header_from_item(item) if item else None

    def known(self, customer_id: str, identity: str) -> bool:
        return self._table.get(keys.payment(customer_id, identity)) is not None

    def write(self, one: WriteOff, *, at: datetime) -> bool:
        header = one.header
        detail = {"customer": header.customer_id, "invoice": header.id, "stage": one.stage}
        on, checks = open_day(self._table, header.entity, at.date(), at)
        try:
            self._table.write(
                *checks,
                Put(_item(one, at, on), (NoItem(guard="write_off_once"),)),
                invoice_moved(header, header.paid_minor, one.after),
                announcement("invoice.written_off", detail, at=at),
            )
        except ConditionFailedError:
            return False
        return True


def _item(one: WriteOff, at: datetime, booked_on: date) -> Item:
    header, sent_on = one.header, one.duplicate_sent_on
    key = keys.payment(header.customer_id, one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "kind": "write_off",
        "stage": one.stage,
        "invoice": header.id,
        "entity": header.entity,
        "at": at.isoformat(),
        "booked_on": booked_on.isoformat(),
        **present(reason=one.reason or None, sent_on=sent_on.isoformat() if sent_on else None),
        **entry_to_item(one.entry),
    }
