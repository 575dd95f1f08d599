"""A document explained to a person, in words and sums."""

import pytest

from local.explain import UnexplainedError, told
from solde.workflows.explain_invoice import Derivation, derivation
from tests.support.seller import Seller


@pytest.fixture
def found() -> Derivation:
    """Three seats at 9.99 from 15 June: 16 of 30 days, 15.98; 19.6 % tax."""
    seller = Seller()
    seller.sells("seat", "9.99")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-15", ("seat", "3"))
    seller.runs_billing("2013-06-15")
    (header,) = seller.documents("acme")
    return derivation(header, seller.objects)


def test_a_line_is_told_as_arithmetic(found: Derivation) -> None:
    text = "\n".join(told(found))
    for part in (
        "3 × 9.99 ",
        " 29.97",
        "× 8/15 of the period (by day)",
        "exact ",
        " 15.984",
        "rounded half away from zero (R1)",
        " 15.98",
        "tax S 19.6 % of 15.98 (R12)",
        " 3.13",
        " 19.11",
    ):
        assert part in text, text


def test_one_line_is_told_without_the_totals(found: Derivation) -> None:
    text = "\n".join(told(found, 1))
    assert "total" not in text
    with pytest.raises(UnexplainedError, match="expected 1 to 1, found 2"):
        list(told(found, 2))
