"""Find a numbered document by its id alone: its time names the day under which it is listed."""

from datetime import UTC, timedelta

from solde.domain.identity import derived_id, instant_of
from solde.domain.invoicing.envelope import PREFIXES
from solde.ports.billing import Header
from solde.ports.pro_formas import ProForma
from solde.storage import index_keys, keys
from solde.storage.invoices import header_from_item
from solde.storage.pro_formas import pro_forma_from_item
from solde.storage.run_items import record_from_item
from solde.storage.table import Item, Key, Table


def find_invoice(table: Table, invoice_id: str) -> Header | None:
    """
    Return the header of an invoice or credit note, read consistently; None if there is none.

    The id carries the instant of the seal, and the issue day is that instant's day in some zone.
    """
    item = _found(table, "inv", invoice_id)
    return header_from_item(item) if item else None


def find_numbered(table: Table, number: str) -> Header | None:
    """
    Return the header of the document with a number; None if there is none.

    The register tells when the number was taken, and a document's id follows from both.
    """
    series, _, digits = number.rpartition("-")
    if not series or not digits.isdecimal():
        return None
    place = keys.register_record(series, int(digits))
    first = keys.register_record(series, 0).sk
    rows = table.query(place.pk, first=first, last=place.sk, backwards=True, limit=1)
    for record in map(record_from_item, rows):
        if record.last >= int(digits) and record.kind in PREFIXES:
            prefix = PREFIXES[record.kind][0]
            found = find_invoice(table, derived_id(prefix, number, at=record.sealed_at))
            return found if found and found.number == number else None
    return None


def find_pro_forma(table: Table, pro_forma_id: str) -> ProForma | None:
    """Return a pro forma, read consistently; None if there is none of that id."""
    item = _found(table, "pfi", pro_forma_id)
    return pro_forma_from_item(item) if item else None


def _found(table: Table, kind: str, identity: str) -> Item | None:
    sealed_at = instant_of(identity)
    if sealed_at is None:
        return None
    for days in (0, -1, 1):
        day = (sealed_at.astimezone(UTC) + timedelta(days=days)).date()
        wanted = f"{day.isoformat()}#{identity}"
        rows = table.listed(index_keys.listing(kind, identity), below=wanted + "\x00", limit=1)
        if rows and rows[0]["list_sk"] == wanted:
            return table.get(Key(rows[0]["pk"], rows[0]["sk"]))
    return None
