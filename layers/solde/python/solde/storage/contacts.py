"""How a customer is reached: the addresses of his profile, less those that no mail may go to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.contact import contact_digest
from solde.domain.invoicing.ways import STANDARD, Ways
from solde.ports.sendings import Reach, Stop
from solde.storage import keys, sending_keys
from solde.storage.parties import customer_from_item, entity_from_item
from solde.storage.reading import present, reading
from solde.storage.table import ConditionFailedError, Delete, Item, NoItem, Put, Table

SCHEMA = 1
DETAIL_MAX = 200
SECRETS_KEPT = 2


class ContactTable:
    """The port `Contacts` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def reach(self, customer_id: str) -> Reach:
        item = self._table.get(keys.profile(customer_id))
        if item is None:
            raise NotFoundError(f"customer: expected one of ours, found {customer_id!r}")
        customer = customer_from_item(item)
        ways = customer.delivery or self._default(customer.entity)
        choice = customer.choices[-1].number if customer.delivery else 0
        return Reach(customer, ways, choice, self.stops(customer.addresses))

    def stops(self, addresses: Collection[str]) -> Mapping[str, Stop]:
        wanted = {sending_keys.mail_stop(contact_digest(one)): one for one in addresses}
        found = self._table.get_many(list(wanted)) if wanted else {}
        return {wanted[key]: _stop(item) for key, item in found.items()}

    def stop(self, address: str, stop: Stop) -> bool:
        key = sending_keys.mail_stop(contact_digest(address))
        item = {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            **present(reason=stop.reason, detail=stop.detail[:DETAIL_MAX], at=stop.at.isoformat()),
        }
        try:
            self._table.write(Put(item, (NoItem(guard="stopped_once"),)))
        except ConditionFailedError:
            return False
        return True

    def clear(self, address: str) -> None:
        self._table.write(Delete(sending_keys.mail_stop(contact_digest(address))))

    def secrets(self, customer_id: str) -> Sequence[str]:
        item = self._table.get(sending_keys.webhook_secret(customer_id)) or {}
        return list(item.get("secrets", ()))

    def roll(self, customer_id: str, secret: str) -> None:
        key = sending_keys.webhook_secret(customer_id)
        kept = [secret, *self.secrets(customer_id)][:SECRETS_KEPT]
        self._table.write(Put({"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "secrets": kept}))

    def _default(self, entity: str) -> Ways:
        item = self._table.get(keys.version("entity", entity))
        return entity_from_item(item).delivery if item else STANDARD


def _stop(item: Item) -> Stop:
    with reading(item):
        return Stop(item["reason"], item.get("detail", ""), datetime.fromisoformat(item["at"]))
