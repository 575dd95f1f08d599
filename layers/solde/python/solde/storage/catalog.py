"""Products, meters, prices and plans: versions that never change, and a digest over them all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from solde.domain.catalog import Catalog, Plan, Price, Product
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.pricing.unit import PricingUnit
from solde.domain.tax import Exchange
from solde.ports.records import Record
from solde.storage import index_keys, keys
from solde.storage.catalog_items import (
    Thing,
    from_item,
    meter_from_item,
    plan_from_item,
    price_from_item,
    product_from_item,
    to_item,
    unit_from_item,
)
from solde.storage.exchange import latest_rate
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    Key,
    NoItem,
    Put,
    Table,
    Write,
)

SCHEMA = 1
HEAD = keys.version("catalog", "all")


@lru_cache(maxsize=4096)
def _price(one: Price) -> Price:
    """Return the value that an equal one was before: what is kept by it is found at a glance."""
    return one


@lru_cache(maxsize=4096)
def _product(one: Product) -> Product:
    return one


class CatalogStore:
    """Reads are cached until `forget`: a version never changes, but another may come."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen: dict[Key, Item] = {}
        self._made: dict[tuple[str, ...], Catalog] = {}

    def put(self, thing: Thing, record: Record | None = None) -> None:
        """
        Add a version and move the digest of the whole catalog.

        Raises:
            StateConflictError: this version exists already, with other content.

        """
        kind, identity, _, _ = to_item(thing)
        item = self._item_of(thing, record)
        try:
            self._table.write(Put(item, (NoItem(),)), self._moved(thing))
        except ConditionFailedError as failed:
            refused = failed.at(0)
            if refused is None:
                self.put(thing, record)  # somebody else moved the digest: again, from the new one
            elif refused.stored is None or from_item(kind, refused.stored) != thing:
                raise StateConflictError(f"{kind} {identity} exists with other content") from failed

    def publish(self, thing: Price | PricingUnit, record: Record) -> None:
        """
        Add a version after the latest; the same again is harmless.

        Raises:
            StateConflictError: it is not the one after the latest, or exists with other content.

        """
        kind, identity, version, _ = to_item(thing)
        before = self._table.get(keys.version(kind, identity))
        latest = from_item(kind, before) if before else None
        if before is None or latest == thing:
            return
        kept = [_version_item(kind, before)] if before["version"] == 1 else []
        item = self._item_of(thing, replace(record, created_at=_created(before)))
        writes: list[Write] = [
            Put(item, (Equals("version", version - 1, guard="next_version"),)),
            *(Put(one, (NoItem(),)) for one in (*kept, _version_item(kind, item))),
        ]
        try:
            self._table.write(*writes, self._moved(thing))
        except ConditionFailedError as failed:
            if failed.at(0) is None and failed.at(1) is None:
                self.publish(thing, record)  # somebody else moved the digest
                return
            raise StateConflictError(
                f"{kind} {identity}: expected the version after the latest, found {version}"
            ) from failed
        self.forget()

    def versions(self, price_id: str) -> tuple[Price, ...]:
        """Return every version of a price, in order."""
        latest = price_from_item(self._item("price", price_id))
        if latest.version == 1:
            return (latest,)
        wanted = [keys.version("price", price_id, one + 1) for one in range(latest.version)]
        items = self._table.get_many(wanted)
        return tuple(price_from_item(items[key]) for key in wanted if key in items) or (latest,)

    def forget(self) -> None:
        """Read anew what may have a later version by now."""
        self._seen.clear()
        self._made.clear()

    def get(self, kind: str, identity: str) -> Thing:
        return from_item(kind, self._item(kind, identity))

    def price(self, price_id: str) -> Price:
        return price_from_item(self._item("price", price_id))

    def plan(self, plan_id: str) -> Plan:
        return plan_from_item(self._item("plan", plan_id))

    def catalog(self, price_ids: Sequence[str]) -> Catalog:
        """Return the part of the catalog that some prices need; customers of one plan share it."""
        named = tuple(price_ids)
        if named not in self._made:
            self._made[named] = self._catalog(named)
        return self._made[named]

    def _catalog(self, price_ids: Sequence[str]) -> Catalog:
        prices = {one: _price(price_from_item(self._item("price", one))) for one in price_ids}
        products = {price.product_id for price in prices.values()}
        meters = {price.meter for price in prices.values() if price.meter}
        units = {price.priced_in for price in prices.values() if price.priced_in}
        return Catalog(
            products={
                one: _product(product_from_item(self._item("product", one))) for one in products
            },
            meters={one: meter_from_item(self._item("meter", one)) for one in meters},
            prices=prices,
            plans={},
            versions={
                one: self.versions(one) for one, price in prices.items() if price.version > 1
            },
            units={one: unit_from_item(self._item("pricing_unit", one)) for one in units},
        )

    def exchange(self, base: str, quoted: str, on: date) -> Exchange | None:
        """Read the last rate known on a day; a later one of the day may come, so none is kept."""
        return latest_rate(self._table, base, quoted, on)

    def digest(self) -> str:
        head = self._table.get(HEAD)
        return head["digest"] if head else ""

    def _item_of(self, thing: Thing, record: Record | None) -> Item:
        kind, identity, version, body = to_item(thing)
        key = keys.version(kind, identity)
        item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "version": version, **body}
        item |= {"list_pk": index_keys.listing("cat", kind), "list_sk": f"{kind}#{identity}"}
        return item | record_to_item(replace(record, version=version)) if record else item

    def _moved(self, thing: Thing) -> Write:
        """Move the digest of the whole catalog by what is added."""
        kind, identity, version, body = to_item(thing)
        head = self._table.get(HEAD)
        text = json.dumps(body, sort_keys=True)
        before = head["digest"] if head else ""
        pk = keys.version(kind, identity).pk
        digest = hashlib.sha256(f"{before}|{pk}|{version}|{text}".encode()).hexdigest()
        return Put(
            {"pk": HEAD.pk, "sk": HEAD.sk, "schema": SCHEMA, "digest": digest},
            (Equals("digest", before, guard="catalog_digest") if head else NoItem(),),
        )

    def _item(self, kind: str, identity: str) -> Item:
        key = keys.version(kind, identity)
        if key not in self._seen:
            item = self._table.get(key)
            if item is None:
                raise NotFoundError(f"{kind}: expected one of the catalog, found {identity!r}")
            self._seen[key] = item
        return self._seen[key]


def _version_item(kind: str, item: Item) -> Item:
    """Return the copy of a version that stays when another is the latest; it is not listed."""
    key = keys.version(kind, item["id"], item["version"])
    body = {name: value for name, value in item.items() if not name.startswith("list_")}
    return body | {"pk": key.pk, "sk": key.sk}


def _created(item: Item) -> datetime | None:
    return record_from_item(item).created_at
