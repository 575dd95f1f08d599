"""Things of the catalog as they are stored, and older items read as they were meant."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, ChargeKind, Price
from solde.domain.money import Rounding
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.storage.catalog import CatalogStore
from solde.storage.catalog_items import from_item, to_item
from tests.support.model_table import ModelTable, _copied
from tests.unit.storage.test_catalog import FLOW, GAS, PLAN, PRICE, RANKED

D = Decimal
HALF = Price(
    "fee", 1, "gas", "EUR", ChargeKind.ADVANCE, PerUnit(D(3)), proration=Proration.HALF_MONTH
)
INCLUDED = replace(PRICE, tax_included=True)
SECOND = replace(
    HALF, version=2, from_on=date(2027, 7, 1), applies=Applies.EXISTING, mid_period=True
)


@pytest.mark.parametrize("thing", [GAS, FLOW, PRICE, HALF, INCLUDED, SECOND, PLAN, RANKED])
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


def test_a_plan_that_says_nothing_of_others_is_stored_as_it_always_was() -> None:
    body = to_item(PLAN)[3]
    assert body.keys() == {"id", "version", "name", "unit", "count", "components"}
    catalog = CatalogStore(ModelTable())
    catalog.put(PLAN)
    assert catalog.plan("p") == PLAN


def test_a_first_version_says_nothing_of_who_takes_it_over() -> None:
    body = to_item(HALF)[3]
    assert {"from_on", "applies", "mid_period"} & body.keys() == set()
