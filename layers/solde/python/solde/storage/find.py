"""Find an issued document by its id alone: its time names the day under which it is listed."""

from datetime import UTC, datetime, timedelta

from solde.domain.identity import instant_of
from solde.ports.billing import Header
from solde.storage import keys
from solde.storage.invoices import header_from_item
from solde.storage.table import Key, Table


def find_invoice(table: Table, invoice_id: str) -> Header | None:
    """
    Return the header of an invoice or credit note, read consistently; None if there is none.

    The id carries the instant of the seal, and the issue day is that instant's day in some zone.
    """
    sealed_at = instant_of(invoice_id)
    if sealed_at is None:
        return None
    return _on_days(table, invoice_id, sealed_at)


def _on_days(table: Table, invoice_id: str, sealed_at: datetime) -> Header | None:
    for days in (0, -1, 1):
        day = (sealed_at.astimezone(UTC) + timedelta(days=days)).date()
        wanted = f"{day.isoformat()}#{invoice_id}"
        rows = table.listed(keys.listing("inv", invoice_id), below=wanted + "\x00", limit=1)
        if rows and rows[0]["list_sk"] == wanted:
            item = table.get(Key(rows[0]["pk"], rows[0]["sk"]))
            return header_from_item(item) if item else None
    return None
