"""The catalog: versions that never change, under one digest that moves with each."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import (
    Aggregation,
    Applies,
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
from solde.domain.pricing.per_unit import PerUnit
from solde.ports.records import first
from solde.storage import keys
from solde.storage.catalog import CatalogStore
from solde.storage.records import record_from_item
from tests.support.model_table import ModelTable

D = Decimal
GAS = Product("gas", "Gas", "reduced", "707", "MTQ")
FLOW = Meter(
    "flow",
    "gas.used",
    Aggregation.SUM,
    value="m3",
    filters=(("site", "a"),),
    dimensions=("zone",),
    excludes=(("test", "yes"),),
    rounding=Rounding.UP,
    signed=True,
    prorated=True,
)
PRICE = Price("gas", 1, "gas", "EUR", ChargeKind.USAGE, PerUnit(D("3.20")), "flow")
PLAN = Plan("p", 1, "Plan", Unit.MONTH, 3, (Component("gas", "gas", "Gas", D("1.5")),))
RANKED = replace(PLAN, above=("q", "r"), below=("s",), credit=Credit.FULL)


def test_a_version_is_written_once_and_the_same_again_is_harmless() -> None:
    store = CatalogStore(ModelTable())
    store.put(GAS)
    digest = store.digest()
    store.put(GAS)
    assert store.digest() == digest
    with pytest.raises(StateConflictError, match="product gas exists with other content"):
        store.put(replace(GAS, name="Town gas"))
    assert store.get("product", "gas") == GAS


def test_the_digest_moves_with_every_thing_and_depends_on_all() -> None:
    found = []
    for things in ((), (GAS,), (GAS, FLOW), (FLOW, GAS)):
        store = CatalogStore(ModelTable())
        for thing in things:
            store.put(thing)
        found.append(store.digest())
    assert found[0] == ""
    assert len(set(found)) == 4


def test_a_part_holds_what_some_prices_need_and_is_made_once() -> None:
    store = CatalogStore(ModelTable())
    box = Product("box", "Box", "standard", "707", nature="goods")
    for thing in (GAS, FLOW, PRICE, box, Product("seat", "Seat", "standard", "706")):
        store.put(thing)
    part = store.catalog(["gas"])
    assert (set(part.prices), set(part.products), set(part.meters)) == ({"gas"}, {"gas"}, {"flow"})
    assert store.catalog(["gas"]) is part
    with pytest.raises(NotFoundError, match="price: expected one of the catalog, found 'coal'"):
        store.catalog(["coal"])


def test_a_digest_that_somebody_else_moved_is_read_again() -> None:
    """Two put at the same time: the second finds the head moved, and goes on from there."""

    class Racing(ModelTable):
        def write(self, *writes) -> None:
            if not self.writes:
                self.writes += 1
                CatalogStore(self).put(FLOW)
            super().write(*writes)

    table = Racing()
    CatalogStore(table).put(GAS)
    in_order = CatalogStore(ModelTable())
    in_order.put(FLOW)
    in_order.put(GAS)
    assert CatalogStore(table).digest() == in_order.digest()


def test_a_record_lies_beside_the_thing_in_its_version() -> None:
    table = ModelTable()
    CatalogStore(table).put(PRICE, first(datetime(2027, 1, 1, tzinfo=UTC), {"note": "n"}))
    record = record_from_item(table.items[keys.version("price", "gas")])
    assert (record.version, record.metadata) == (1, {"note": "n"})


FEE = Price("fee", 1, "gas", "EUR", ChargeKind.ADVANCE, PerUnit(D(3)))
SECOND = replace(
    FEE, version=2, model=PerUnit(D(4)), from_on=date(2027, 7, 1), applies=Applies.EXISTING
)
THIRD = replace(SECOND, version=3, from_on=date(2027, 9, 1), applies=Applies.NEW)
THEN, NOW = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)


def priced() -> CatalogStore:
    store = CatalogStore(ModelTable())
    store.put(GAS)
    store.put(FEE, first(THEN, {}))
    return store


def test_versions_are_kept_beside_the_latest() -> None:
    store = priced()
    assert (store.catalog(["fee"]).versions, store.versions("fee")) == ({}, (FEE,))
    digests = [store.digest()]
    for version in (SECOND, THIRD):
        store.publish(version, first(NOW, {"why": "index"}))
        digests.append(store.digest())
    assert len(set(digests)) == 3
    assert store.versions("fee") == (FEE, SECOND, THIRD)
    found = store.catalog(["fee"])
    assert (found.price("fee"), found.versions) == (THIRD, {"fee": (FEE, SECOND, THIRD)})
    assert [found.price("fee", number) for number in (1, 2, 3)] == [FEE, SECOND, THIRD]


def test_a_version_is_published_once_and_the_same_again_is_harmless() -> None:
    store = priced()
    store.publish(SECOND, first(NOW, {}))
    digest = store.digest()
    store.publish(SECOND, first(NOW, {}))
    assert store.digest() == digest
    for wrong in (replace(SECOND, model=PerUnit(D(5))), replace(THIRD, version=4)):
        with pytest.raises(StateConflictError, match="expected the version after the latest"):
            store.publish(wrong, first(NOW, {}))
    assert store.versions("fee") == (FEE, SECOND)


def test_a_record_says_when_the_price_was_made_and_when_its_version() -> None:
    table = ModelTable()
    store = CatalogStore(table)
    store.put(FEE, first(THEN, {}))
    store.publish(SECOND, first(NOW, {}))
    record = record_from_item(table.items[keys.version("price", "fee")])
    assert (record.created_at, record.updated_at, record.version) == (THEN, NOW, 2)
    copies = [table.items[keys.version("price", "fee", number)] for number in (1, 2)]
    assert [record_from_item(one).version for one in copies] == [1, 2]
    assert all("list_pk" not in one for one in copies)


def test_another_store_sees_a_version_when_it_forgets() -> None:
    table = ModelTable()
    one, other = CatalogStore(table), CatalogStore(table)
    one.put(GAS)
    one.put(FEE)
    assert other.catalog(["fee"]).price("fee") == FEE
    one.publish(SECOND, first(NOW, {}))
    other.forget()
    assert other.catalog(["fee"]).price("fee") == SECOND


def test_a_digest_that_moved_meanwhile_is_read_again_when_a_version_is_published() -> None:
    class Racing(ModelTable):
        def write(self, *writes) -> None:
            if self.writes == 1:
                self.writes += 1
                CatalogStore(self).put(FLOW)
            super().write(*writes)

    table = Racing()
    CatalogStore(table).put(FEE)
    table.writes = 1
    CatalogStore(table).publish(SECOND, first(NOW, {}))
    assert CatalogStore(table).versions("fee") == (FEE, SECOND)


def test_what_is_read_again_is_the_value_that_it_was() -> None:
    """Whatever is kept by a price is found by who it is, chunk after chunk."""
    store = CatalogStore(ModelTable())
    for thing in (GAS, FLOW, PRICE):
        store.put(thing)
    before = store.catalog(["gas"])
    store.forget()
    again = store.catalog(["gas"])
    assert again is not before
    assert again.prices["gas"] is before.prices["gas"]
    assert again.products["gas"] is before.products["gas"]


def test_a_price_of_that_name_in_another_table_is_another() -> None:
    cheaper = replace(PRICE, model=PerUnit(D("3.10")))
    store, other = CatalogStore(ModelTable()), CatalogStore(ModelTable())
    for each, price in ((store, PRICE), (other, cheaper)):
        for thing in (GAS, FLOW, price):
            each.put(thing)
    assert [each.catalog(["gas"]).prices["gas"] for each in (store, other)] == [PRICE, cheaper]
