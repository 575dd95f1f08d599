"""Credit that settles an open invoice: a fact, the invoice and the lots in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from solde.domain.ledger import entry_of_credit
from solde.domain.settlement import Lot
from solde.ports.billing import Header
from solde.ports.credits import CreditApplied, Known
from solde.storage import keys
from solde.storage.deposits import filled
from solde.storage.invoices import header_from_item
from solde.storage.journal import entry_to_item
from solde.storage.lots import lot_moved, lots_of
from solde.storage.open_months import open_day
from solde.storage.outbox import announcement
from solde.storage.payment_items import rates_of
from solde.storage.reading import present
from solde.storage.settling import paid
from solde.storage.table import ConditionFailedError, NoItem, Put, Table

SCHEMA = 1


class CreditTable:
    """The port `Credits` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def header(self, customer_id: str, invoice_id: str) -> Header | None:
        item = self._table.get(keys.invoice(customer_id, invoice_id))
        return header_from_item(item) if item else None

    def lots(self, customer_id: str) -> Sequence[Lot]:
        return lots_of(self._table, customer_id)

    def known(self, customer_id: str, identity: str) -> Known | None:
        item = self._table.get(keys.payment(customer_id, identity))
        return Known(item["invoice"], item.get("asked")) if item else None

    def write(self, one: CreditApplied, *, at: datetime) -> bool:
        header, minor = one.header, sum(each.minor for each in one.applied)
        moved = paid(header, minor, at.date())
        entry = entry_of_credit(header.currency, minor, moved.movements)
        on, checks = open_day(self._table, header.entity, at.date(), at)
        key = keys.payment(header.customer_id, one.id)
        item = {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            "kind": "credit_applied",
            "invoice": header.id,
            "entity": header.entity,
            "amount": minor,
            "of": [[each.before.id, each.minor] for each in one.applied],
            "at": at.isoformat(),
            "booked_on": on.isoformat(),
            **present(asked=one.asked),
            **rates_of(moved.rates),
            **entry_to_item(entry),
        }
        named = {"customer": header.customer_id, "invoice": header.id, "credit": one.id}
        detail: Mapping[str, object] = {**named, **moved.told}
        try:
            self._table.write(
                *checks,
                Put(item, (NoItem(guard="applied_once"),)),
                moved.update,
                *filled(self._table, header, minor),
                *(lot_moved(each.before, each.after) for each in one.applied),
                announcement("credit.applied", detail, at=at),
            )
        except ConditionFailedError:
            return False
        return True
