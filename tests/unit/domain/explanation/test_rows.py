"""Rows of a price walk: a product, or what was computed."""

from decimal import Decimal
from fractions import Fraction

from solde.domain.explanation.rows import rows
from solde.domain.pricing.quantity import computed, step

D = Decimal


def test_a_row_is_a_product_or_says_its_outcome() -> None:
    found = rows([step(D("3.50"), D("9.90")), computed(D(2), Fraction(2, 3), "formula")])
    assert found == [["3.5", "9.9"], ["2", "1", "2/3"]]
