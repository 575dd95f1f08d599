"""Credits by hand and tax: on prices that include it, and under a discount of the document."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled, DiscountGranted
from tests.support.story import Story, day

D = Decimal
Totals = tuple[int, int, int, int]


def totals(story: Story) -> tuple[int, ...]:
    """Return net, tax, rounding and gross of the last document; of a note below zero."""
    document = story.documents[-1]
    sign = -1 if document["kind"] == "credit_note" else 1
    said = document["totals"]
    return tuple(sign * said.get(name, 0) for name in ("net", "tax", "rounding", "gross"))


def inclusive() -> Story:
    """9.99 with 20 % in it for June: 8.33 + 1.67 - 0.01."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    assert totals(story) == (8_33, 1_67, -1, 9_99)
    return story


def discounted(**discount: D) -> Story:
    """60.00 at 20 % and 40.00 at 5.5 % for June, under a discount of the document."""
    story = Story(regime="FR")
    story.sells("a", ChargeKind.ADVANCE, Flat(D(60)))
    story.sells("b", ChargeKind.ADVANCE, Flat(D(40)), tax_class="reduced")
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1})
    offer = Offer("Ten", Discount(percent=D(10)), level=Level.DOCUMENT)
    grant = Grant("g", offer, day("2027-06-01"))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, grant))
    story.bills("2027-06-01")
    # 54.00 and 36.00; 10.80 and 1.98
    assert totals(story) == (90_00, 12_78, 0, 102_78)
    return story


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        # 5.00 ÷ 1.2 = 4.1666…, 4.17 × 0.2 = 0.834; 9.99 is 8.33 + 1.67 - 0.01, as it was charged
        (
            (2_00, 3_00, 4_99),
            [(-1_67, -33, 0, -2_00), (-2_50, -50, 0, -3_00), (-4_16, -84, 1, -4_99)],
        ),
        # 3.33 ÷ 1.2 = 2.775, so 2.78 and 0.56 less 0.01; 6.66 comes to 5.55 and 1.11
        (
            (3_33, 3_33, 3_33),
            [(-2_78, -56, 1, -3_33), (-2_77, -55, -1, -3_33), (-2_78, -56, 1, -3_33)],
        ),
        ((9_99,), [(-8_33, -1_67, 1, -9_99)]),
    ],
)
def test_a_credit_on_a_price_with_tax_is_with_tax_and_closes_to_zero(
    given: tuple[int, ...], notes: list[Totals]
) -> None:
    story = inclusive()
    for number, minor in enumerate(given, 2):
        story.credits(0, minor)
        story.bills(f"2027-06-{number:02d}")
        assert totals(story) == notes[number - 2]
    assert [sum(parts) for parts in zip(*notes, strict=True)] == [-8_33, -1_67, 1, -9_99]


def test_then_half_of_the_month_gives_back_half_of_what_is_left() -> None:
    """9.99 less 2.00 is 7.99; 15 of 30 days keep 4.00 (3.995), so that 3.99 go back."""
    story = inclusive()
    story.credits(0, 2_00)
    story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    # 5.99 ÷ 1.2 = 4.9916…, 4.99 × 0.2 = 0.998, less 1.67 and 0.33
    assert totals(story) == (-3_32, -67, 0, -3_99)


def test_a_credit_under_a_discount_of_the_document_is_what_it_says() -> None:
    """20.00 of 54.00 are given back at 20 %, no share of the discount goes with them."""
    story = discounted()
    story.credits(0, 20_00)
    assert story.bills("2027-06-02") == ["CN a 2027-06-01..2027-06-30 20.00"]
    assert totals(story) == (-20_00, -4_00, 0, -24_00)
    (line,) = story.documents[-1]["lines"]
    assert "allowances" not in line


def test_what_was_charged_after_the_discount_is_all_that_can_go_back() -> None:
    """54.00 at 20 %, then 36.00 at 5.5 %: nothing is left to give back when it is cancelled."""
    story = discounted()
    for line, minor, note in ((0, 54_00, (-54_00, -10_80)), (1, 36_00, (-36_00, -1_98))):
        story.credits(line, minor)
        story.bills(f"2027-06-{line + 2:02d}")
        assert totals(story)[:2] == note
    story.changes("s", Cancelled(day("2027-06-16"), 2))
    story.bills("2027-06-16")
    assert totals(story) == (0, 0, 0, 0)


@pytest.mark.parametrize("at_once", [False, True])
def test_half_of_the_month_after_a_credit_and_a_discount(at_once: bool) -> None:
    """(54.00 - 20.00) × 15/30 = 17.00 and 36.00 × 15/30 = 18.00 go back, in one note or in two."""
    story = discounted()
    story.credits(0, 20_00)
    if not at_once:
        story.bills("2027-06-02")
    story.changes("s", Cancelled(day("2027-06-16"), 2))
    story.bills("2027-06-16")
    # 37.00 × 0.2 = 7.40; 18.00 × 0.055 = 0.99; 4.00 of it in the first note
    more = (20_00, 4_00, 24_00) if at_once else (0, 0, 0)
    assert totals(story) == (-35_00 - more[0], -4_39 - more[1], 0, -39_39 - more[2])
