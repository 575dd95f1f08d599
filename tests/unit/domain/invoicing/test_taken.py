"""Tax goes back as it came: counted over all that was taken back of a document so far (R14)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.taken import (
    Issued,
    bases_of,
    charged_of,
    given_back,
    gross_taken_back,
    key_of,
    line_tax_taken_back,
    taken_from,
    tax_taken_back,
)
from solde.domain.money import Money
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from solde.domain.tax import Inclusive, Treatment
from tests.support.story import Story, day

D = Decimal
S20, S55 = Treatment("S", D(20)), Treatment("S", D("5.5"))

CASES = [
    # 3 × 0.03 @20: 0.09 has 0.018; 0.006, 0.012, 0.018 so far
    (S20, (3, 3, 3), (1, 0, 1)),
    # 3 × 33.33 @5.5: 99.99 has 5.49945; 1.83315, 3.66630, 5.49945 so far
    (S55, (33_33, 33_33, 33_33), (1_83, 1_84, 1_83)),
    # 66.67 less its 6.67 of a coupon, 30.00 of it first: 36.00, then 36.00 with the rest
    (S20, (30_00, 60_00), (6_00, 12_00)),
    (S55, (44_99,), (2_47,)),  # 49.99 less 5.00 of the coupon: note of 47.46
    (S20, (5,), (1,)),
]


@pytest.mark.parametrize(("treatment", "bases", "taxes"), CASES)
def test_notes_one_after_the_other_give_back_the_tax_of_the_whole(treatment, bases, taxes) -> None:
    before, found = 0, []
    for base in bases:
        money = Money(base, "EUR")
        found.append(tax_taken_back(money, treatment, before=before, supplied=sum(bases)).minor)
        before += base
    assert tuple(found) == taxes


def test_what_goes_beyond_the_supply_has_no_tax_to_give_back() -> None:
    """1.12 has 0.224, so 0.22; of 1.13, a cent too much, it would be 0.23."""
    assert tax_taken_back(Money(113, "EUR"), S20, before=0, supplied=112) == Money(22, "EUR")
    assert tax_taken_back(Money(113, "EUR"), S20, before=0, supplied=None) == Money(23, "EUR")


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.sampled_from((S20, S55)))
def test_all_of_it_taken_back_is_all_of_the_tax_and_no_part_is_negative(bases, treatment) -> None:
    before, taxes = 0, []
    for base in bases:
        money = Money(base, "EUR")
        taxes.append(tax_taken_back(money, treatment, before=before, supplied=sum(bases)).minor)
        before += base
    whole = tax_taken_back(Money(before, "EUR"), treatment, before=0, supplied=None)
    assert (sum(taxes), min(taxes) >= 0) == (whole.minor, True)


def test_a_netted_invoice_supplies_what_it_charges_and_takes_what_it_nets() -> None:
    """Invoice 2 charges 85.33 and nets 53.33 of invoice 1: its base is 32.00."""
    first = Issued("inv_1", {"S/20": 100_00}, {})
    second = Issued("inv_2", {"S/20": 32_00}, {"inv_1": {"S/20": 53_33}})
    third = Issued("crn_1", {"S/20": 10_00}, {"inv_1": {"S/20": 10_00}})
    taken = taken_from((first, second, third))
    assert taken.supplied["inv_2"] == {"S/20": 85_33}
    assert taken.back == {"inv_1": {"S/20": 63_33}}


def test_the_rate_is_written_as_documents_write_it() -> None:
    assert [key_of(one) for one in (S20, S55, Treatment("O", D(0)))] == ["S/20", "S/5.5", "O/0"]


THREE = {"a": 1, "b": 1, "c": 1}


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    for name in THREE:
        told.sells(name, ChargeKind.ADVANCE, PerUnit(D("33.33")), tax_class="reduced")
    told.subscribes("s", "2027-06-01", THREE)
    told.bills("2027-06-01")
    return told


def test_three_notes_close_the_tax_of_their_invoice_to_zero(story: Story) -> None:
    """5.50 of tax: 1.83, 1.84, 1.83, however many documents lie between."""
    assert story.last_totals() == [("invoice", 99_99, 5_50, 105_49)]
    for number, name in enumerate(THREE, 1):
        removed = QuantityChanged(day("2027-06-01"), number, f"sit_{name}", D(0))
        story.changes("s", removed)
        story.bills(f"2027-06-{number + 1:02d}")
    notes = story.documents[1:]
    assert [one["totals"]["tax"] for one in notes] == [1_83, 1_84, 1_83]
    assert [one["corrects"][0]["taxes"] for one in notes] == [
        [{"category": "S", "rate": "5.5", "before": before, "base": 33_33, "tax": tax}]
        for before, tax in ((0, 1_83), (33_33, 1_84), (66_66, 1_83))
    ]
    assert [bases_of(one) for one in notes] == [{"S/5.5": 33_33}] * 3
    assert given_back(notes[2]) == {"inv_1": {"S/5.5": 33_33}}


def test_what_an_invoice_has_netted_counts_as_taken_back(story: Story) -> None:
    """The first third is netted against a new 33.33; the notes go on with 1.84 and 1.83."""
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_a", D(0)))
    story.subscribes("t", "2027-06-02", {"a": 1})
    story.bills("2027-06-02")
    assert story.last_totals() == [("invoice", 0, 0, 0)]
    assert given_back(story.documents[-1]) == {"inv_1": {"S/5.5": 33_33}}
    for number, name in enumerate(("b", "c"), 3):
        story.changes("s", QuantityChanged(day("2027-06-01"), number, f"sit_{name}", D(0)))
        story.bills(f"2027-06-{number:02d}")
    assert [one["totals"]["tax"] for one in story.documents[2:]] == [1_84, 1_83]


def test_a_note_of_two_invoices_counts_each_alone() -> None:
    """0.03 of each: 0.006 and 0.006 are 0.01 each; together 0.012 would be one cent."""
    story = Story(regime="FR")
    story.sells("fee", ChargeKind.ADVANCE, PerUnit(D("0.03")))
    for name, on in (("s", "2027-06-01"), ("t", "2027-06-02")):
        story.subscribes(name, on, {"fee": 1})
        story.bills(on)
    for name, on in (("s", "2027-06-01"), ("t", "2027-06-02")):
        story.changes(name, QuantityChanged(day(on), 1, "sit_fee", D(0)))
    story.bills("2027-06-03")
    assert story.last_totals() == [("credit_note", 6, 2, 8)]
    corrects = story.documents[-1]["corrects"]
    assert [(one["number"], one["taxes"][0]["tax"]) for one in corrects] == [("E-1", 1), ("E-2", 1)]


def test_notes_of_prices_with_tax_give_back_what_was_taken_out() -> None:
    """3 × 9.99 is 24.98 + 5.00 − 0.01; two are 16.65 + 3.33, and one is 8.33 + 1.67 − 0.01."""
    story = Story(regime="FR")
    for name in THREE:
        story.sells(name, ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", THREE)
    story.bills("2027-06-01")
    assert story.last_totals() == [("invoice", 24_98, 5_00, 29_97)]
    for number, name in enumerate(THREE, 1):
        story.changes("s", QuantityChanged(day("2027-06-01"), number, f"sit_{name}", D(0)))
        story.bills(f"2027-06-{number + 1:02d}")
    parts = [
        tuple(one["totals"][name] for name in ("net", "tax", "rounding", "gross"))
        for one in story.documents
    ]
    assert parts == [
        (24_98, 5_00, -1, 29_97),
        (8_33, 1_67, -1, 9_99),
        (8_32, 1_66, 1, 9_99),  # 19.98: 16.65 + 3.33, less the first
        (8_33, 1_67, -1, 9_99),
    ]
    assert story.documents[2]["corrects"][0]["taxes"] == [
        {
            "category": "S",
            "rate": "20",
            "before": 9_99,
            "base": 8_32,
            "tax": 1_66,
            "with_tax": 9_99,
        }
    ]
    assert given_back(story.documents[2]) == {"inv_1": {"S/20": 9_99}}


def test_with_tax_too_nothing_goes_back_beyond_the_supply() -> None:
    """9.99 were supplied; of 10.00 given back a cent has no tax."""
    policy = Inclusive.BASE
    found = gross_taken_back(Money(10_00, "EUR"), S20, policy, before=0, supplied=9_99)
    assert [one.minor for one in found] == [8_34, 1_67]


@pytest.mark.parametrize(
    ("before", "base", "tax"),
    [
        (0, 1_00, 20),  # 0.69 × 1.00 ÷ 3.39 = 0.2035…
        (1_00, 1_13, 23),  # 0.69 × 2.13 ÷ 3.39 = 0.4335…
        (2_13, 1_26, 26),
        (2_13, 2_00, 26),  # what goes beyond the supply has none
        (3_39, 1, 0),
    ],
)
def test_tax_per_line_goes_back_in_proportion(before: int, base: int, tax: int) -> None:
    """Three lines of 1.13 have 0.69."""
    money, whole = Money(base, "EUR"), Money(69, "EUR")
    assert line_tax_taken_back(money, whole, before=before, supplied=3_39) == Money(tax, "EUR")


def test_a_document_says_its_tax_where_it_is_that_of_its_lines() -> None:
    taxes = [{"category": "S", "rate": "20", "base": 3_39, "tax": 69}]
    assert charged_of({"taxes": taxes}) is None
    assert charged_of({"taxes": taxes, "tax_level": "line"}) == {"S/20": 69}


def test_what_was_charged_per_line_is_kept_by_document() -> None:
    first = Issued("inv_1", {"S/20": 3_39}, {}, {"S/20": 69})
    second = Issued("inv_2", {"S/20": 3_39}, {})
    taken = taken_from((first, second))
    assert taken.charged == {"inv_1": {"S/20": 69}}
