"""Invoice, credit note, or both: corrections are netted while every base stays at zero (R15)."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.draft import CORRECTIVE, KINDS, NOTES, QUOTE, SELF_BILLED
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
    assert taxes(story) == [3_33, 2_80]
    story.changes("s", Cancelled(day("2013-12-25"), 1))
    story.bills("2013-12-20")
    (note,) = story.documents[1:]
    assert [(line["net"], line["tax"]["rate"]) for line in note["lines"]] == [
        (7_00, "19.6"),
        (14_00, "20"),
    ]
    assert taxes(story) == [1_37, 2_80]
    assert [one["tax"] for one in note["taxes"]] == [1_37, 2_80]


def taxes(story: Story) -> list[int]:
    """Return the tax of each line of the last document."""
    return [line["tax"]["amount"] for line in story.documents[-1]["lines"]]


def test_kinds_are_called_so() -> None:
    assert (KINDS, NOTES) == (
        ("invoice", "deposit", "credit_note", "late_charge", "late_credit", "pro_forma"),
        ("credit_note", "late_credit"),
    )
    assert (CORRECTIVE, SELF_BILLED, QUOTE) == ("corrective", "self_billed", "quote")


def test_what_comes_to_nothing_at_a_rate_is_netted_still(story: Story) -> None:
    """−50.00 of a fee that ends, and 50.00 of another."""
    story.sells("half", ChargeKind.ADVANCE, Flat(D("50.00")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.subscribes("t", "2027-06-16", {"half": 1})
    story.bills("2027-06-16")
    assert story.last_totals() == [("invoice", 0, 0, 0)]


@pytest.mark.parametrize("price", ["0", "0.001"])
def test_usage_that_comes_to_nothing_is_invoiced(price) -> None:
    """4 calls, of which nobody pays a cent."""
    story = Story(regime="FR")
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(price)))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-02", 4)
    story.bills("2027-07-01")
    assert story.last_totals() == [("invoice", 0, 0, 0)]


def test_what_gives_back_less_than_a_cent_gives_back() -> None:
    """4 calls at 0.001 were 3 too many."""
    story = Story(regime="FR")
    story.sells("calls", ChargeKind.USAGE, PerUnit(D("0.001")))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-02", 4)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-03", -3)
    story.bills("2027-07-02")
    assert story.last_totals() == [("credit_note", 0, 0, 0)]


@pytest.mark.parametrize(
    ("level", "totals", "each"),
    [
        # 0.09 have 0.018 of tax; each 0.03 has 0.006
        ("rate", ("invoice", 9, 2, 11), [1, 1, 0]),
        ("line", ("invoice", 9, 3, 12), [1, 1, 1]),
    ],
)
def test_tax_is_rounded_once_or_on_each_line(level, totals, each) -> None:
    story = Story(regime="FR", says={"tax_level": level})
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("0.03")))
    for name in "abc":
        story.subscribes(name, "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    assert (story.last_totals(), taxes(story)) == ([totals], each)


def test_what_is_taxed_line_by_line_is_never_netted() -> None:
    """−50.00 of a fee that ends beside 100.00 of another."""
    story = Story(regime="FR", says={"tax_level": "line"})
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("100.00")))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.subscribes("t", "2027-06-16", {"fee": 1})
    story.bills("2027-06-16")
    assert story.last_totals() == [
        ("invoice", 100_00, 20_00, 120_00),
        ("credit_note", 50_00, 10_00, 60_00),
    ]


def test_prices_with_tax_come_to_what_is_charged_and_go_back_so() -> None:
    """9.99 at 20 %: 8.33 and 1.67, a cent above it. 5.00 of it stay: 4.99 go back, with 0.83."""
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 8_33, 1_67, 9_99)]
    assert story.documents[-1]["totals"]["rounding"] == -1
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    assert story.last_totals() == [("credit_note", 4_16, 83, 4_99)]
    (taken,) = story.documents[-1]["taxes"]
    assert (taken["base"], taken["tax"], taken["with_tax"]) == (4_16, 83, 4_99)


def test_a_line_of_its_own_tax_takes_none_of_the_others() -> None:
    """0.13 has 0.026, 0.03 on each of ten; 1.02 has 0.204, and would share 0.22 of 0.50."""
    story = Story(regime="FR", says={"tax_level": "line"})
    story.sells("small", ChargeKind.ADVANCE, Flat(D("0.13")))
    story.sells("large", ChargeKind.ADVANCE, Flat(D("1.02")))
    for number in range(10):
        story.subscribes(f"s{number}", "2027-06-01", {"small": 1})
    story.subscribes("t", "2027-06-01", {"large": 1})
    story.bills("2027-06-01")
    assert sorted(taxes(story)) == [*[3] * 10, 20]
