"""Account statements and the accounts that customers pay from, as stored."""

from collections.abc import Sequence
from datetime import datetime

from solde.domain.money import Money
from solde.domain.payments import BANK
from solde.ports.banking import KeptStatement
from solde.ports.billing import Header
from solde.ports.payments import Delivery
from solde.storage import index_keys, keys
from solde.storage.deliveries import delivery_from_item
from solde.storage.find import find_numbered
from solde.storage.reading import present, reading
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


class BankTable:
    """The port `Bank` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, statement: KeptStatement) -> KeptStatement:
        try:
            self._table.write(Put(_to_item(statement), (NoItem(guard="statement_once"),)))
        except ConditionFailedError:
            return self.statement(statement.id) or statement
        return statement

    def statement(self, statement_id: str) -> KeptStatement | None:
        item = self._table.get(keys.bank_statement(statement_id))
        return statement_from_item(item) if item else None

    def deliveries(self, transfers: Sequence[str]) -> dict[str, Delivery]:
        wanted = [keys.provider_event(BANK, "0", one) for one in transfers]
        found = map(delivery_from_item, self._table.get_many(wanted).values())
        return {one.event_id: one for one in found}

    def numbered(self, number: str) -> Header | None:
        return find_numbered(self._table, number)

    def pays_from(self, customer_id: str, iban: str) -> bool:
        return bool(iban) and self._table.get(keys.payer_account(iban, customer_id)) is not None

    def learn(self, customer_id: str, iban: str) -> None:
        if iban:
            key = keys.payer_account(iban, customer_id)
            self._table.write(Put({"pk": key.pk, "sk": key.sk, "schema": SCHEMA}))


def _to_item(one: KeptStatement) -> Item:
    key = keys.bank_statement(one.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "list_pk": index_keys.listing("stm", one.id),
        "list_sk": f"{one.received_at.isoformat()}#{one.id}",
        "entity": one.entity,
        "account": one.account,
        "received_at": one.received_at.isoformat(),
        "transfers": list(one.transfers),
        "debits": one.debits,
        **present(opening=_money(one.opening), closing=_money(one.closing)),
    }


def statement_from_item(item: Item) -> KeptStatement:
    with reading(item):
        return KeptStatement(
            id=item["pk"].removeprefix("BS#"),
            entity=item["entity"],
            account=item["account"],
            received_at=datetime.fromisoformat(item["received_at"]),
            transfers=tuple(item["transfers"]),
            debits=item["debits"],
            opening=Money(*item["opening"]) if "opening" in item else None,
            closing=Money(*item["closing"]) if "closing" in item else None,
        )


def _money(one: Money | None) -> list[int | str] | None:
    return [one.minor, one.currency] if one else None
