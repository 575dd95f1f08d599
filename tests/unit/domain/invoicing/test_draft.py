"""Invoice, credit note, or both: corrections are netted while every base stays at zero (R15)."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.story import Story, day

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("fee", ChargeKind.ADVANCE, Flat(D("100.00")))
    told.sells("gas", ChargeKind.USAGE, PerUnit(D("3.00")))
    told.sells("book", ChargeKind.ADVANCE, PerUnit(D("10.00")), tax_class="intermediate")
    return told


def test_a_correction_above_the_charges_goes_to_a_credit_note(story: Story) -> None:
    """−100.00 correction and +30.00 usage at 20 %: invoice 36.00, credit note 120.00."""
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.subscribes("g", "2027-05-02", {"gas": 1})
    story.bills("2027-06-01")
    story.uses("gas", "2027-06-01", 10)
    story.changes("s", Cancelled(day("2027-06-01"), 1))
    story.bills("2027-06-02")
    assert story.last_totals() == [
        ("invoice", 30_00, 6_00, 36_00),
        ("credit_note", 100_00, 20_00, 120_00),
    ]
    note = story.documents[-1]
    assert [one["number"] for one in note["corrects"]] == ["E-1"]


def test_one_negative_base_is_enough(story: Story) -> None:
    """+100.00 at 20 % beside −10.00 at 10 %: invoice 120.00, credit note 11.00."""
    story.subscribes("b", "2027-06-01", {"book": 1})
    story.bills("2027-06-01")
    story.changes("b", QuantityChanged(day("2027-06-01"), 1, "sit_book", D(0)))
    story.subscribes("s", "2027-06-02", {"fee": 1})
    story.bills("2027-06-02")
    assert story.last_totals() == [
        ("invoice", 100_00, 20_00, 120_00),
        ("credit_note", 10_00, 1_00, 11_00),
    ]


def test_a_small_correction_is_netted(story: Story) -> None:
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))  # 15 of 30 days: −50.00
    story.subscribes("t", "2027-06-16", {"fee": 1}, anchor="2027-06-16")
    story.bills("2027-06-16")
    assert story.last_totals() == [("invoice", 50_00, 10_00, 60_00)]


def test_a_credit_keeps_the_rate_that_it_was_billed_at() -> None:
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("31.00")))
    story.subscribes("s", "2013-12-15", {"fee": 1})
    assert story.bills("2013-12-15") == [
        "fee 2013-12-15..2013-12-31 17.00",  # 17 days at 19.6 %: 3.33
        "fee 2014-01-01..2014-01-14 14.00",  # 14 days at 20 %: 2.80
    ]
    assert story.last_totals() == [("invoice", 31_00, 6_13, 37_13)]
    story.changes("s", Cancelled(day("2013-12-25"), 1))
    story.bills("2013-12-20")
    (note,) = story.documents[1:]
    assert [(line["net"], line["tax"]["rate"]) for line in note["lines"]] == [
        (7_00, "19.6"),
        (14_00, "20"),
    ]
