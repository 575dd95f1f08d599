"""The catalog finds what it has, and says what it has not."""

from decimal import Decimal

import pytest

from solde.domain.catalog import Catalog, ChargeKind, Plan, Price, Product, in_common
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.in_currency import InCurrency

CATALOG = Catalog({"p": Product("p", "P", "standard", "706")}, {}, {}, {})


def test_what_is_there_is_found() -> None:
    assert CATALOG.product("p").unit == "C62"


@pytest.mark.parametrize(
    ("find", "kind"),
    [
        (CATALOG.product, "product"),
        (CATALOG.price, "price"),
        (CATALOG.meter, "meter"),
        (CATALOG.plan, "plan"),
    ],
)
def test_what_is_not_there_is_named(find, kind) -> None:
    with pytest.raises(NotFoundError, match=f"{kind}: expected one of the catalog, found 'x'"):
        find("x")


@pytest.mark.parametrize(
    ("above", "below", "found"), [("ab", "bc", "b"), ("p", "", "p"), ("a", "p", "p")]
)
def test_a_plan_is_above_others_or_below_them(above, below, found) -> None:
    with pytest.raises(InvalidError, match=rf"above: expected other plans.* found \['{found}'\]"):
        Plan("p", 1, "P", Unit.MONTH, 1, (), tuple(above), tuple(below))


def priced(currency: str, *others: str) -> Price:
    model = Flat(Decimal(1))
    found = tuple(InCurrency(one, Flat(Decimal(2))) for one in others)
    return Price("fee", 1, "p", currency, ChargeKind.ADVANCE, model, others=found)


def test_a_price_is_read_in_a_currency_that_it_has() -> None:
    price = priced("EUR", "USD")
    assert price.of("EUR") is price
    dollars = price.of("USD")
    assert (dollars.currency, dollars.model, dollars.others) == ("USD", Flat(Decimal(2)), ())
    with pytest.raises(InvalidError, match=r"expected one of \['EUR', 'USD'\], found GBP"):
        price.of("GBP")
    assert priced("EUR").of("USD") == priced("EUR")  # who has one only was asked for it


COMMON = [
    ([priced("EUR")], ["EUR"]),
    ([priced("EUR", "USD", "GBP"), priced("GBP", "EUR")], ["EUR", "GBP"]),
    ([priced("EUR"), priced("USD")], []),
]


@pytest.mark.parametrize(("prices", "expected"), COMMON)
def test_what_currencies_prices_have_in_common(prices, expected) -> None:
    assert in_common(prices) == expected
