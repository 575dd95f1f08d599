"""Each group priced from zero."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.pricing import Quantity, price_quantity
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_group import PerGroup

D = Decimal


def test_packages_are_begun_in_each_group() -> None:
    price = PerGroup(("project",), Package(D(10), D(3)))
    quantity = Quantity(D(23), ((("a",), D(11)), (("b",), D(12))))
    found = price_quantity(price, quantity)
    assert found.exact == Fraction(12)  # 2 × 3 and 2 × 3; together 23 would be 3 × 3
    assert [one.label for one in found.steps] == ["a", "b"]
