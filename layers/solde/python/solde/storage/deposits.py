"""Lots of deposits: made with their invoice, filled as it is paid, taken back by notes (R22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from solde.domain.invoicing.draft import DEPOSIT
from solde.domain.ledger import of_tax_used
from solde.domain.settlement import Lot, lot_of_deposit, received, taken_back
from solde.ports.billing import Header
from solde.storage import keys
from solde.storage.lots import lot_from_item, lot_moved
from solde.storage.table import Table, Write

Document = Mapping[str, Any]


def opened(closed: Sequence[Document]) -> list[Lot]:
    """Return the lots of deposits that are issued: nothing is in them yet."""
    return [lot_of_deposit(one) for one in closed if one["kind"] == DEPOSIT]


def filled(table: Table, header: Header, minor: int) -> list[Write]:
    """Write into the lot of a deposit that so much more of its invoice is settled, or less."""
    lot = _lot(table, header) if header.kind == DEPOSIT and minor else None
    after = received(lot, minor, header.due_minor) if lot else None
    return [lot_moved(lot, after)] if lot and after and after != lot else []


@dataclass(frozen=True, slots=True)
class GivenBack:
    """
    What notes on deposits write beside, and by note what else they book.

    `advance` is what of each note was owed for a deposit, without its tax.
    """

    writes: Sequence[Write]
    movements: Mapping[str, Mapping[str, int]]
    advance: Mapping[str, int]


def given_back(
    table: Table, closed: Sequence[Document], originals: Mapping[str, Header]
) -> GivenBack:
    """
    Return what notes take back of deposits.

    The tax of what was used is counted anew over what is left of a deposit, so that in the end all
    of its tax has gone: with what was used, and with what was taken back.

    Raises:
        StateConflictError: invoices have used more of it meanwhile.

    """
    writes: list[Write] = []
    movements: dict[str, Mapping[str, int]] = {}
    advance: dict[str, int] = {}
    for note in closed:
        for one in note.get("corrects", ()):
            header = originals.get(one["id"])
            if header and header.kind == DEPOSIT and (lot := _lot(table, header)):
                after = taken_back(lot, one)
                writes.append(lot_moved(lot, after))
                anew = after.tax_used - lot.tax_used, after.tax_lost - lot.tax_lost
                movements[note["envelope"]["id"]] = of_tax_used(*anew)
                advance[note["envelope"]["id"]] = lot.booked - after.booked
    return GivenBack(writes, movements, advance)


def _lot(table: Table, header: Header) -> Lot | None:
    item = table.get(keys.unapplied(header.customer_id, header.id))
    return lot_from_item(item) if item else None
