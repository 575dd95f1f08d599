"""Tiers as lines: each a charge of its own, rounded by itself, moved by late usage alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, ChargeKind
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.unit import PricingUnit, Value
from solde.domain.subscriptions import PriceChosen, QuantityChanged
from tests.support.story import Story, day

D = Decimal
USAGE = ChargeKind.USAGE
BANDS = (Tier(D(100), D("1.00")), Tier(D(200), D("0.80")), Tier(None, D("0.50")))
DEARER = (Tier(D(100), D("1.10")), Tier(D(200), D("0.90")), Tier(None, D("0.60")))


def sold(model=None, kind=USAGE, quantity: int = 1, **more) -> Story:
    story = Story()
    story.sells("fee", kind, model or Graduated(BANDS), by_tier=True, **more)
    story.subscribes("s", "2027-06-01", {"fee": quantity})
    return story


def lines(story: Story, on: str) -> list[tuple[str, str, str]]:
    """Bill, and return part, units and net of each line."""
    before, rows = len(story.lines), story.bills(on)
    new = story.lines[before:]
    return [
        (line.key.part, f"{line.units}", row.split()[-1])
        for line, row in zip(new, rows, strict=True)
    ]


REACHED = [
    (50, [("tier-1", "50", "50.00")]),
    (150, [("tier-1", "100", "100.00"), ("tier-2", "50", "40.00")]),
    (
        250,
        [("tier-1", "100", "100.00"), ("tier-2", "100", "80.00"), ("tier-3", "50", "25.00")],
    ),
]


@pytest.mark.parametrize(("used", "expected"), REACHED)
def test_each_tier_that_is_reached_is_a_line(used, expected) -> None:
    story = sold()
    story.uses("fee", "2027-06-10", used)
    assert lines(story, "2027-07-01") == expected
    assert lines(story, "2027-07-02") == []


def test_each_is_rounded_by_itself() -> None:
    """1 × 0.335 and 1 × 0.335: 0.34 twice; together they would be 0.67."""
    thirds = (Tier(D(1), D("0.335")), Tier(None, D("0.335")))
    story = sold(Graduated(thirds))
    story.uses("fee", "2027-06-10", 2)
    assert [net for _, _, net in lines(story, "2027-07-01")] == ["0.34", "0.34"]


def test_late_usage_goes_to_the_tier_that_it_falls_into() -> None:
    story = sold()
    story.uses("fee", "2027-06-10", 95)
    lines(story, "2027-07-01")
    story.uses("fee", "2027-06-11", 10)
    # 5 more at 1.00, and 5 at 0.80
    assert lines(story, "2027-07-02") == [("tier-1", "5", "5.00"), ("tier-2", "5", "4.00")]
    story.uses("fee", "2027-06-12", 10)
    assert lines(story, "2027-07-03") == [("tier-2", "10", "8.00")]
    story.uses("fee", "2027-06-12", -20)
    # 15 less of the second, from the two lines that billed it, and 5 less of the first
    assert lines(story, "2027-07-04") == [
        ("tier-1", "-5", "5.00"),
        ("tier-2", "-15", "8.00"),
        ("tier-2", "0", "4.00"),
    ]
    assert story.documents[-1]["kind"] == "credit_note"


def test_events_are_told_once_and_flat_amounts_with_their_tier() -> None:
    tiers = (Tier(D(100), D("1.00"), D(10)), Tier(None, D("0.80"), D(5)))
    story = sold(Graduated(tiers))
    story.uses("fee", "2027-06-10", 100)
    story.uses("fee", "2027-06-11", 50)
    # 10.00 and 100 × 1.00; 5.00 and 50 × 0.80
    assert [net for _, _, net in lines(story, "2027-07-01")] == ["110.00", "45.00"]
    assert [line.count for line in story.lines] == [2, 0]


def test_a_flat_amount_at_zero_is_that_of_the_first_tier_alone() -> None:
    tiers = (Tier(D(100), D("1.00"), D(10)), Tier(None, D("0.80"), D(5)))
    story = sold(Graduated(tiers, flat_at_zero=True))
    assert [(part, net) for part, _, net in lines(story, "2027-07-01")] == [("tier-1", "10.00")]


def test_free_units_are_told_with_the_first_tier() -> None:
    """20 free, 100 at 1.00, 30 at 0.80."""
    story = sold(free_units=D(20))
    story.uses("fee", "2027-06-10", 150)
    assert lines(story, "2027-07-01") == [("tier-1", "120", "100.00"), ("tier-2", "30", "24.00")]


def test_a_version_that_comes_inside_counts_on_in_its_own_tiers() -> None:
    """80 at 1.00; then 60: 20 × 1.10 and 40 × 0.90."""
    story = sold()
    story.publishes("fee", Graduated(DEARER), "2027-06-15", Applies.EXISTING)
    story.uses("fee", "2027-06-10", 80)
    story.uses("fee", "2027-06-20", 60)
    assert lines(story, "2027-07-01") == [
        ("tier-1", "80", "80.00"),
        ("tier-1", "20", "22.00"),
        ("tier-2", "40", "36.00"),
    ]


def test_a_version_that_comes_back_has_its_tiers_again() -> None:
    """80 by version 1, 40 by version 2, 30 by version 1: from 120 on, × 0.80."""
    story = sold()
    story.publishes("fee", Graduated(DEARER), "2030-01-01", Applies.NEW)
    story.changes("s", PriceChosen(day("2027-06-10"), 1, "fee", 2))
    story.changes("s", PriceChosen(day("2027-06-20"), 2, "fee", 1))
    for on, units in (("2027-06-05", 80), ("2027-06-15", 40), ("2027-06-25", 30)):
        story.uses("fee", on, units)
    assert lines(story, "2027-07-01") == [
        ("tier-1", "80", "80.00"),
        ("tier-2", "30", "24.00"),
        ("tier-1", "20", "22.00"),
        ("tier-2", "20", "18.00"),
    ]


def test_seats_in_tiers_change_by_days() -> None:
    """12 seats: 10 at 10.00 and 2 at 8.00; 4 more for 15 of 30 days are 16.00; to 8: both."""
    seats = Graduated((Tier(D(10), D("10.00")), Tier(None, D("8.00"))))
    story = sold(seats, ChargeKind.ADVANCE, 12)
    assert lines(story, "2027-06-01") == [("tier-1", "10", "100.00"), ("tier-2", "2", "16.00")]
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_fee", D(16)))
    assert lines(story, "2027-06-16") == [("tier-2", "4", "16.00")]
    story.changes("s", QuantityChanged(day("2027-06-22"), 2, "sit_fee", D(8)))
    # nine of 30 days: 2 × 10.00, and 6 × 8.00 of which 4 came later
    assert {(part, net) for part, _, net in lines(story, "2027-06-22")} == {
        ("tier-1", "6.00"),
        ("tier-2", "9.60"),
        ("tier-2", "4.80"),
    }


def test_tiers_in_units_are_converted_each() -> None:
    story = sold(priced_in="credit")
    values = (Value("EUR", day("2027-01-01"), D("0.02")),)
    story.units["credit"] = PricingUnit("credit", 1, "Credits", values)
    story.uses("fee", "2027-06-10", 150)
    assert lines(story, "2027-07-01") == [("tier-1", "100", "2.00"), ("tier-2", "50", "0.80")]


def test_a_least_of_a_period_counts_every_tier() -> None:
    """300.00 at least, 100.00 and 40.00 are used: 160.00."""
    story = sold()
    story.sells("least", ChargeKind.COMMITMENT, Flat(D(300)))
    story.subscribes("s", "2027-06-01", {"fee": 1, "least": 1})
    story.uses("fee", "2027-06-10", 150)
    assert sorted(net for _, _, net in lines(story, "2027-07-01")) == ["100.00", "160.00", "40.00"]


def test_a_volume_is_that_of_all_tiers() -> None:
    """10 % from 120 units on: of 150, each tier has it; then what is late corrects one of them."""
    story = sold()
    tenth = Offer("Ten", Discount(percent=D(10)), from_quantity=D(120))
    story.grants.append(Grant("g", tenth, day("2027-06-01")))
    story.uses("fee", "2027-06-10", 150)
    assert lines(story, "2027-07-01") == [("tier-1", "100", "90.00"), ("tier-2", "50", "36.00")]
    story.uses("fee", "2027-06-11", 10)
    assert lines(story, "2027-07-02") == [("tier-2", "10", "7.20")]


def test_less_than_a_unit_and_less_than_nothing_have_their_tiers() -> None:
    """A signed meter: −150 are the mirror image of 150."""
    story = sold()
    story.meters["fee"] = replace(story.meters["fee"], signed=True)
    story.uses("fee", "2027-06-10", "0.5")
    assert lines(story, "2027-07-01") == [("tier-1", "0.5", "0.50")]
    story.uses("fee", "2027-07-10", -150)
    assert lines(story, "2027-08-01") == [("tier-1", "-100", "100.00"), ("tier-2", "-50", "40.00")]
    assert story.documents[-1]["kind"] == "credit_note"


def test_a_tier_of_a_step_is_named_by_both() -> None:
    story = sold(ramp=(RampStep(Graduated(DEARER), 1),))
    story.uses("fee", "2027-07-10", 150)
    assert lines(story, "2027-08-01") == [
        ("step-2/tier-1", "100", "110.00"),
        ("step-2/tier-2", "50", "45.00"),
    ]
