"""Products, meters, prices and plans: versions that never change, and a digest over them all."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from solde.domain.catalog import (
    Aggregation,
    Catalog,
    ChargeKind,
    Component,
    Credit,
    Meter,
    Plan,
    Price,
    Product,
)
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.money import Rounding
from solde.domain.periods import Unit
from solde.domain.proration import Proration
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.pricing import model_from_item, model_to_item
from solde.storage.reading import reading
from solde.storage.records import record_to_item
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


class CatalogStore:
    """Reads are cached for the life of the process: a version never changes."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen: dict[Key, Item] = {}
        self._made: dict[tuple[str, ...], Catalog] = {}

    def put(self, thing: Product | Meter | Price | Plan, record: Record | None = None) -> None:
        """
        Add a version and move the digest of the whole catalog.

        Raises:
            StateConflictError: this version exists already, with other content.

        """
        kind, identity, version, body = to_item(thing)
        key = keys.version(kind, identity)
        item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "version": version, **body}
        item |= {"list_pk": keys.listing("cat", kind), "list_sk": f"{kind}#{identity}"}
        if record:
            item |= record_to_item(replace(record, version=version))
        head = self._table.get(HEAD)
        text = json.dumps(body, sort_keys=True)
        before = head["digest"] if head else ""
        digest = hashlib.sha256(f"{before}|{key.pk}|{version}|{text}".encode()).hexdigest()
        moved: Write = Put(
            {"pk": HEAD.pk, "sk": HEAD.sk, "schema": SCHEMA, "digest": digest},
            (Equals("digest", before, guard="catalog_digest") if head else NoItem(),),
        )
        try:
            self._table.write(Put(item, (NoItem(),)), moved)
        except ConditionFailedError as failed:
            refused = failed.at(0)
            if refused is None:
                self.put(thing, record)  # somebody else moved the digest: again, from the new one
            elif refused.stored is None or from_item(kind, refused.stored) != thing:
                raise StateConflictError(f"{kind} {identity} exists with other content") from failed

    def get(self, kind: str, identity: str) -> Product | Meter | Price | Plan:
        return from_item(kind, self._item(kind, identity))

    def plan(self, plan_id: str) -> Plan:
        return plan_from_item(self._item("plan", plan_id))

    def catalog(self, price_ids: Sequence[str]) -> Catalog:
        """Return the part of the catalog that some prices need; customers of one plan share it."""
        named = tuple(price_ids)
        if named not in self._made:
            self._made[named] = self._catalog(named)
        return self._made[named]

    def _catalog(self, price_ids: Sequence[str]) -> Catalog:
        prices = {one: price_from_item(self._item("price", one)) for one in price_ids}
        products = {price.product_id for price in prices.values()}
        meters = {price.meter for price in prices.values() if price.meter}
        return Catalog(
            products={one: product_from_item(self._item("product", one)) for one in products},
            meters={one: meter_from_item(self._item("meter", one)) for one in meters},
            prices=prices,
            plans={},
        )

    def digest(self) -> str:
        head = self._table.get(HEAD)
        return head["digest"] if head else ""

    def _item(self, kind: str, identity: str) -> Item:
        key = keys.version(kind, identity)
        if key not in self._seen:
            item = self._table.get(key)
            if item is None:
                raise NotFoundError(f"{kind}: expected one of the catalog, found {identity!r}")
            self._seen[key] = item
        return self._seen[key]


def to_item(thing: Product | Meter | Price | Plan) -> tuple[str, str, int, Item]:
    """Return kind, identity, version and body."""
    match thing:
        case Product():
            return "product", thing.id, 1, _plain_fields(thing)
        case Meter():
            body = _plain_fields(thing) | {
                "aggregation": thing.aggregation.value,
                "filters": [list(one) for one in thing.filters],
                "dimensions": list(thing.dimensions),
                "excludes": [list(one) for one in thing.excludes],
                "rounding": thing.rounding.value,
            }
            del body["fields"]  # left out where nothing is kept, as it always was
            body |= {"fields": list(thing.fields)} if thing.fields else {}
            return "meter", thing.code, 1, body
        case Price():
            body = _plain_fields(thing) | {
                "charge_kind": thing.kind.value,
                "model": model_to_item(thing.model),
                "proration": thing.proration.value,
            }
            del body["kind"]
            if not thing.tax_included:
                del body["tax_included"]  # as prices were kept before there was a choice
            return "price", thing.id, thing.version, body
        case Plan():
            components = [
                _plain_fields(one) | {"default_quantity": str(one.default_quantity)}
                for one in thing.components
            ]
            body = _plain_fields(thing) | {"unit": thing.unit.value, "components": components}
            for name in ("above", "below"):  # left out where nothing is said, as it always was
                others = body.pop(name)
                body |= {name: list(others)} if others else {}
            if body.pop("credit") is not Credit.PRORATE:
                body["credit"] = thing.credit.value
            return "plan", thing.id, thing.version, body


def from_item(kind: str, item: Item) -> Product | Meter | Price | Plan:
    match kind:
        case "product":
            return product_from_item(item)
        case "meter":
            return meter_from_item(item)
        case "price":
            return price_from_item(item)
        case _:
            return plan_from_item(item)


def product_from_item(item: Item) -> Product:
    with reading(item):
        return Product(
            item["id"], item["name"], item["tax_class"], item["revenue_account"], item["unit"]
        )


def meter_from_item(item: Item) -> Meter:
    with reading(item):
        return Meter(
            code=item["code"],
            event_type=item["event_type"],
            aggregation=Aggregation(item["aggregation"]),
            value=item["value"],
            filters=tuple((name, value) for name, value in item["filters"]),
            dimensions=tuple(item["dimensions"]),
            decimals=item["decimals"],
            signed=item["signed"],
            excludes=tuple((name, value) for name, value in item.get("excludes", ())),
            rounding=Rounding(item.get("rounding", Rounding.HALF_AWAY.value)),
            prorated=item.get("prorated", False),
            fields=tuple(item.get("fields", ())),
        )


def price_from_item(item: Item) -> Price:
    with reading(item):
        return Price(
            id=item["id"],
            version=item["version"],
            product_id=item["product_id"],
            currency=item["currency"],
            kind=ChargeKind(item["charge_kind"]),
            model=model_from_item(item["model"]),
            meter=item["meter"],
            proration=_proration(item),
            tax_included=item.get("tax_included", False),
        )


def _proration(item: Item) -> Proration:
    """Read the policy; an older item says whether parts cost parts, or any part the whole."""
    if "proration" in item:
        return Proration(item["proration"])
    return Proration.DAY if item["prorated"] else Proration.FULL_PERIOD


def plan_from_item(item: Item) -> Plan:
    with reading(item):
        return Plan(
            id=item["id"],
            version=item["version"],
            name=item["name"],
            unit=Unit(item["unit"]),
            count=item["count"],
            components=tuple(
                Component(
                    one["code"],
                    one["price_id"],
                    one["description"],
                    Decimal(one["default_quantity"]),
                )
                for one in item["components"]
            ),
            above=tuple(item.get("above", ())),
            below=tuple(item.get("below", ())),
            credit=Credit(item.get("credit", Credit.PRORATE.value)),
        )


def _plain_fields(thing: Product | Meter | Price | Plan | Component) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(thing)}
