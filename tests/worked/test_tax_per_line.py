"""Tax per line, a policy (R12): rounded on each line, and what it comes to is the sum."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.errors import InvalidError
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.story import Story, day

D = Decimal


def sold(**says: str) -> Story:
    """Three lines of 1.13 at 20 % for June."""
    story = Story(regime="FR", says=says)
    for name in "abc":
        story.sells(name, ChargeKind.ADVANCE, Flat(D("1.13")))
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1, "c": 1})
    story.bills("2027-06-01")
    return story


@pytest.mark.parametrize(
    ("level", "whole", "lines"),
    [
        ("rate", 68, [23, 23, 22]),  # 3.39 × 0.2 = 0.678, shown by largest remainder
        ("line", 69, [23, 23, 23]),  # 1.13 × 0.2 = 0.226
    ],
)
def test_three_lines_of_1_13(level: str, whole: int, lines: list[int]) -> None:
    story = sold(tax_level=level)
    (document,) = story.documents
    assert document.get("tax_level", "rate") == level
    assert document["taxes"] == [{"category": "S", "rate": "20", "base": 3_39, "tax": whole}]
    assert [line["tax"]["amount"] for line in document["lines"]] == lines
    assert story.last_totals() == [("invoice", 3_39, whole, 3_39 + whole)]


def test_notes_give_back_the_tax_that_was_charged() -> None:
    """0.69 over 3.39: 1.00 has 0.20 (0.2035…), 1.13 more 0.23 (to 0.4335…), the rest 0.26."""
    story = sold(tax_level="line")
    story.credits(0, 1_00)
    story.bills("2027-06-02")
    assert story.last_totals() == [("credit_note", 1_00, 20, 1_20)]
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_b", D(0)))
    story.bills("2027-06-03")
    assert story.last_totals() == [("credit_note", 1_13, 23, 1_36)]
    story.changes("s", Cancelled(day("2027-06-01"), 2))
    story.bills("2027-06-04")
    assert story.last_totals() == [("credit_note", 1_26, 26, 1_52)]


def test_a_correction_is_never_netted() -> None:
    """1.13 and 0.23 go back beside 1.13 and 0.23 for another subscription."""
    story = sold(tax_level="line")
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_b", D(0)))
    story.subscribes("t", "2027-06-02", {"c": 1}, anchor="2027-06-02")
    story.bills("2027-06-02")
    assert story.last_totals() == [("invoice", 1_13, 23, 1_36), ("credit_note", 1_13, 23, 1_36)]


def test_what_was_billed_per_rate_goes_back_per_rate() -> None:
    story = sold(tax_level="rate")
    story.says["tax_level"] = "line"
    story.changes("s", Cancelled(day("2027-06-01"), 1))
    story.bills("2027-06-02")
    assert story.last_totals() == [("credit_note", 3_39, 68, 4_07)]


def test_prices_with_tax_keep_their_own_rule() -> None:
    story = Story(regime="FR", says={"tax_level": "line"})
    for name in "ab":
        story.sells(name, ChargeKind.ADVANCE, Flat(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    story.bills("2027-06-01")
    # 19.98 ÷ 1.2 = 16.65, 16.65 × 0.2 = 3.33
    assert story.last_totals() == [("invoice", 16_65, 3_33, 19_98)]
    assert "tax_level" not in story.documents[0]


def test_an_e_invoice_in_dinars_is_refused_where_it_is_planned() -> None:
    story = Story(currency="KWD", booked_in="EUR", says={"e_invoice": "fr-ctc"})
    story.sells("a", ChargeKind.ADVANCE, Flat(D("1.130")))
    story.subscribes("s", "2027-06-01", {"a": 1})
    with pytest.raises(InvalidError, match="found KWD with 3"):
        story.bills("2027-06-01")
