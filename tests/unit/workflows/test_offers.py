"""An offer names what is there, in its currency, or is refused with what there is."""

from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.workflows.offers import must_fit

COMPONENTS, PRODUCTS = ["seats", "calls"], ["seat", "call"]


def offer(**fields) -> Offer:
    kept = {"name": "Ten", "discount": Discount(Decimal(10), None, 0), "level": Level.LINE}
    return Offer(**(kept | fields))


@pytest.mark.parametrize(
    "one",
    [
        offer(),
        offer(components=frozenset({"calls"}), products=frozenset({"seat", "call"})),
        offer(discount=Discount(None, Money(5_00, "EUR"), 0)),
    ],
)
def test_what_is_there_is_taken(one: Offer) -> None:
    must_fit(one, "EUR", COMPONENTS, PRODUCTS)


@pytest.mark.parametrize(
    ("one", "pointer", "said"),
    [
        (
            offer(discount=Discount(None, Money(5_00, "USD"), 0)),
            "/offer/currency",
            "currency: expected EUR, found USD",
        ),
        (
            offer(components=frozenset({"gas", "calls"})),
            "/offer/components",
            r"components: expected some of \['calls', 'seats'\], found \['gas'\]",
        ),
        (
            offer(products=frozenset({"gas"})),
            "/offer/products",
            r"products: expected some of \['call', 'seat'\], found \['gas'\]",
        ),
    ],
)
def test_what_is_not_there_is_refused(one: Offer, pointer: str, said: str) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        must_fit(one, "EUR", COMPONENTS, PRODUCTS)
    assert refused.value.pointer == pointer
