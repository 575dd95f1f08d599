"""The catalog: versions that never change, under one digest that moves with each."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import (
    Aggregation,
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
from solde.domain.proration import Proration
from solde.ports.records import first
from solde.storage import keys
from solde.storage.catalog import CatalogStore, from_item, to_item
from solde.storage.records import record_from_item
from tests.support.model_table import ModelTable, _copied

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
HALF = Price(
    "fee", 1, "gas", "EUR", ChargeKind.ADVANCE, PerUnit(D(3)), proration=Proration.HALF_MONTH
)
RANKED = replace(PLAN, above=("q", "r"), below=("s",), credit=Credit.FULL)


INCLUDED = replace(PRICE, tax_included=True)


@pytest.mark.parametrize("thing", [GAS, FLOW, PRICE, HALF, INCLUDED, PLAN, RANKED])
def test_each_kind_comes_back(thing) -> None:
    kind, _, _, body = to_item(thing)
    assert from_item(kind, _copied(body)) == thing


def test_a_meter_of_before_its_latest_fields_has_what_they_meant() -> None:
    body = to_item(FLOW)[3]
    for name in ("excludes", "rounding", "prorated"):
        del body[name]
    kept = replace(FLOW, excludes=(), rounding=Rounding.HALF_AWAY, prorated=False)
    assert from_item("meter", body) == kept


@pytest.mark.parametrize(
    ("prorated", "policy"), [(True, Proration.DAY), (False, Proration.FULL_PERIOD)]
)
def test_a_price_of_before_the_policies_says_whether_parts_cost_parts(prorated, policy) -> None:
    body = to_item(HALF)[3]
    del body["proration"]
    assert from_item("price", body | {"prorated": prorated}) == replace(HALF, proration=policy)


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
    for thing in (GAS, FLOW, PRICE, Product("seat", "Seat", "standard", "706")):
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


def test_a_plan_that_says_nothing_of_others_is_stored_as_it_always_was() -> None:
    body = to_item(PLAN)[3]
    assert body.keys() == {"id", "version", "name", "unit", "count", "components"}
    catalog = CatalogStore(ModelTable())
    catalog.put(PLAN)
    assert catalog.plan("p") == PLAN
