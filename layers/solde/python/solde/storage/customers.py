"""Customers: profile, billing state and unique names, born in one transaction."""

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import is_id, no_id
from solde.domain.invoicing.parties import Customer
from solde.ports.records import Record
from solde.storage import billing_state, keys
from solde.storage.parties import customer_from_item, customer_to_item
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import (
    ConditionFailedError,
    Delete,
    Equals,
    Item,
    Key,
    NoItem,
    Put,
    Table,
    Write,
)

EXTERNAL = "ext:"
NAME_MAX = 80


class CustomerTable:
    """The port `CustomerStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def create(self, customer: Customer, record: Record, *, time_zone: str) -> None:
        where = {"customer_id": customer.id, "entity": customer.entity, "zone": time_zone}
        writes: list[Write] = [
            Put(_item(customer, record), (NoItem(),)),
            billing_state.new_state(customer.id, customer.entity, invoice_day=customer.invoice_day),
            locator("cus", customer.id, where),
        ]
        if customer.external_id:
            writes.append(locator("cus", customer.external_id, where))
        if customer.parent_id:
            writes.append(_child(customer))
        try:
            self._table.write(*writes)
        except ConditionFailedError as failed:
            raise StateConflictError(
                f"external_id: expected one not in use, found {customer.external_id!r}",
                pointer="/external_id",
            ) from failed

    def locate(self, reference: str) -> str:
        return str(located(self._table, "cus", "customer", reference)["customer_id"])

    def customer(self, customer_id: str) -> Customer:
        return self.kept(customer_id)[0]

    def children(self, customer_id: str) -> list[str]:
        first, last = keys.children()
        rows = self._table.query(keys.customer_pk(customer_id), first=first, last=last)
        return [str(row["sk"]).removeprefix(first) for row in rows]

    def kept(self, customer_id: str) -> tuple[Customer, Record]:
        item = self._table.get(keys.profile(customer_id))
        if item is None:
            raise NotFoundError(f"customer: expected one of ours, found {customer_id!r}")
        return customer_from_item(item), record_from_item(item)

    def update(
        self, customer: Customer, record: Record, *, read: Record, parent_before: str
    ) -> bool:
        as_read = Equals("version", read.version, guard="customer_as_read")
        writes: list[Write] = [Put(_item(customer, record), (as_read,))]
        if customer.parent_id != parent_before:
            if parent_before:
                writes.append(Delete(keys.child(parent_before, customer.id)))
            if customer.parent_id:
                writes.append(_child(customer))
        try:
            self._table.write(*writes)
        except ConditionFailedError:
            return False
        return True


def _child(customer: Customer) -> Put:
    """Name a child where his parent lies."""
    key = keys.child(customer.parent_id, customer.id)
    return Put({"pk": key.pk, "sk": key.sk, "schema": 1})


def _item(customer: Customer, record: Record) -> Item:
    created_at = record.created_at.isoformat() if record.created_at else ""
    return customer_to_item(customer, created_at=created_at) | record_to_item(record)


def locator(kind: str, name: str, where: Item) -> Put:
    """Name a thing once and for all; the second to want the name is refused."""
    key = keys.unique(kind, name)
    return Put({"pk": key.pk, "sk": key.sk, "schema": 1, **where}, (NoItem(guard="unique"),))


def located(table: Table, prefix: str, noun: str, reference: str) -> Item:
    """
    Return the locator behind an id or an `ext:…`.

    Raises:
        NotFoundError: there is none, or the id is one of another kind.

    """
    name = reference.removeprefix(EXTERNAL)
    if reference == name and not is_id(prefix, name):
        raise NotFoundError(f"{noun}: {no_id(prefix, name)} (or ext:…)")
    if not 0 < len(name) <= NAME_MAX:
        raise NotFoundError(f"{noun}: expected ext: with at most {NAME_MAX} characters")
    item = table.get(Key(*keys.unique(prefix, name)))
    if item is None:
        raise NotFoundError(f"{noun}: expected one of ours, found {reference!r}")
    return item
