"""Rows of rates: category, rate and reason fit each other."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.tax.rates import Mode, Rate, Treatment

D = Decimal


def rate(since: str, percent: str, **more) -> Rate:
    return Rate(date.fromisoformat(since), D(percent), "law", **more)


@pytest.mark.parametrize(
    ("percent", "more", "said"),
    [
        ("100.1", {}, "percent: expected 0 to 100, found 100.1"),
        ("-1", {}, "percent: expected 0 to 100, found -1"),
        ("0", {}, "expected one above 0 for category S and for no other, found 0 for S"),
        ("5", {"category": "Z"}, "expected one above 0 for category S"),
        ("0", {"category": "E"}, "reason: expected a VATEX code for category E, found ''"),
        ("0", {"category": "O", "reason": "art. 261"}, "reason: expected a VATEX code"),
        ("0", {"category": "Z", "reason": "VATEX-EU-O"}, "reason: expected none for category Z"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused(percent: str, more, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        rate("2027-01-01", percent, **more)


def test_exempt_and_zero_are_told_apart() -> None:
    exempt = rate("2027-01-01", "0", category="E", reason="VATEX-EU-132-1I")
    assert (exempt.category, rate("2027-01-01", "0", category="Z").reason) == ("E", "")


def test_ways_to_begin_are_stored_by_these_words() -> None:
    assert [one.value for one in Mode] == ["by_days", "at_period_end", "at_payment"]


def test_what_is_just_inside_is_no_mistake() -> None:
    assert rate("2027-01-01", "100").percent == 100
    assert rate("2027-01-01", "0.01").percent == D("0.01")
    outside = rate("2027-01-01", "0", category="O", reason="VATEX-EU-O")
    assert (outside.mode, outside.reason) == (Mode.BY_DAYS, "VATEX-EU-O")
    with pytest.raises(InvalidError, match="expected none for category S"):
        rate("2027-01-01", "20", reason="VATEX-EU-O")


def test_a_rate_is_of_category_s_and_of_the_standard_class_unless_it_says_otherwise() -> None:
    one = rate("2027-01-01", "20")
    assert (one.category, one.reason) == ("S", "")
    treatment = Treatment("S", D(20))
    assert (treatment.tax_class, treatment.reason) == ("standard", "")
