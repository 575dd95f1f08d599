"""Each group priced from zero."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.pricing import Quantity, price_quantity
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.tiers import Tier

D = Decimal


def test_packages_are_begun_in_each_group() -> None:
    price = PerGroup(("project",), Package(D(10), D(3)))
    quantity = Quantity(D(23), ((("a",), D(11)), (("b",), D(12))))
    found = price_quantity(price, quantity)
    assert found.exact == Fraction(12)  # 2 × 3 and 2 × 3; together 23 would be 3 × 3
    assert [one.label for one in found.steps] == ["a", "b"]


def test_a_row_names_its_group_and_what_it_is() -> None:
    tiers = (Tier(D(10), D(1), D(5)), Tier(None, D(1)))
    price = PerGroup(("project", "zone"), Graduated(tiers))
    quantity = Quantity(D(3), ((("a", "eu"), D(1)), (("", "us"), D(2))))
    found = price_quantity(price, quantity)
    assert [(one.label, one.exact) for one in found.steps] == [
        ("a/eu/flat", 5),
        ("a/eu", 1),
        ("us/flat", 5),
        ("us", 2),
    ]
