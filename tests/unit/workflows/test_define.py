"""Prices and plans are refused where they make no sense with what they name."""

from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, ChargeKind, Component, Meter, Plan, Price, Product
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import Unit
from solde.domain.pricing.blocks import Block, Blocks
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.matrix import Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.storage.catalog import CatalogStore
from solde.workflows.define import define_plan, define_price
from tests.support.model_table import ModelTable

D = Decimal
BLOCKS = Blocks(((Block("gb", D(1), D(1)),),))


@pytest.fixture
def catalog() -> CatalogStore:
    store = CatalogStore(ModelTable())
    store.put(Product("p", "P", "standard", "706"))
    store.put(Meter("plain", "t", Aggregation.SUM, "n"))
    store.put(Meter("paid", "t", Aggregation.SUM, "a", fields=("a", "b")))
    store.put(Meter("by_zone", "t", Aggregation.SUM, "n", dimensions=("zone",)))
    return store


def price(model, meter: str = "", currency: str = "EUR", name: str = "x") -> Price:
    kind = ChargeKind.USAGE if meter else ChargeKind.ADVANCE
    return Price(name, 1, "p", currency, kind, model, meter)


@pytest.mark.parametrize(
    "one",
    [
        price(Flat(D(1))),
        price(Package(D(1), D(1))),
        price(PerUnit(D(1)), "plain"),
        price(Percentage(D(2), D("0.30")), "plain"),
        price(Formula.of("quantity * 2"), "plain"),
        price(Percentage(D(2), minimum=D(1)), "paid"),
        price(Formula.of("a * b", ("a", "b")), "paid"),
        price(Carried(), "paid"),
        price(Matrix(("zone",), (), D(1)), "by_zone"),
        price(BLOCKS, "by_zone"),
        price(PerGroup(("zone",), Flat(D(1))), "by_zone"),
    ],
)
def test_a_price_that_fits_is_kept(catalog, one) -> None:
    define_price(one, catalog)
    assert catalog.get("price", "x") == one


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (price(Matrix(("zone",), (), D(1))), "one that needs a quantity only.*found matrix"),
        (price(Percentage(D(2))), "one that needs a quantity only.*found percentage"),
        (price(Matrix(("zone",), (), D(1)), "plain"), r"those of the meter \[\], found \['zone'\]"),
        (price(BLOCKS, "plain"), "found one, which names the unit"),
        (price(PerGroup(("a",), Flat(D(1))), "by_zone"), r"\['zone'\], found \['a'\]"),
        (
            price(Percentage(D(2), minimum=D(1)), "plain"),
            "its value as the first .*no single events",
        ),
        (
            price(Formula.of("a", ("a",)), "plain"),
            r"fields \['a'\] of each event for formula, found .* no single",
        ),
        (price(Formula.of("b", ("b",)), "paid"), r"fields \['b'\].*found .*\['a', 'b'\]"),
        (
            price(Carried(), "plain"),
            "a second field, the amount.*for carried, found one that keeps no single",
        ),
        (
            Price("x", 1, "p", "EUR", ChargeKind.USAGE, Flat(D(1))),
            "meter: expected one for usage and for nothing else, found ''",
        ),
    ],
)
def test_a_price_that_does_not_fit_is_refused(catalog, one, said) -> None:
    with pytest.raises(InvalidError, match=said):
        define_price(one, catalog)
    with pytest.raises(NotFoundError):
        catalog.get("price", "x")


def test_a_plan_has_each_component_once_and_one_currency(catalog) -> None:
    define_price(price(Flat(D(1)), name="eur"), catalog)
    define_price(price(Flat(D(1)), name="usd", currency="USD"), catalog)

    def plan(*components: tuple[str, str]) -> Plan:
        parts = tuple(Component(code, of, "") for code, of in components)
        return Plan("plan", 1, "Plan", Unit.MONTH, 1, parts)

    with pytest.raises(InvalidError, match=r"each code once, found \['a', 'a'\]"):
        define_plan(plan(("a", "eur"), ("a", "eur")), catalog)
    with pytest.raises(InvalidError, match=r"one currency, found \['EUR', 'USD'\]"):
        define_plan(plan(("a", "eur"), ("b", "usd")), catalog)
    with pytest.raises(NotFoundError):
        define_plan(plan(("a", "nothing")), catalog)
    define_plan(plan(("a", "eur")), catalog)
