"""Devices that are switched on and off in a month, by the policies that go by a beginning."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.proration import Proration
from solde.domain.rating import Stretch
from solde.domain.rating.layered import layers
from solde.domain.subscriptions import Cancelled, ItemsAdded, QuantityChanged
from tests.support.story import Story, day, item

D = Decimal
JUNE = Period(day("2027-06-01"), day("2027-07-01"))


def begun(policy: Proration, *, kind=ChargeKind.ADVANCE, on="2027-06-01", model=None) -> Story:
    story = Story()
    story.sells("device", kind, model or PerUnit(D("12.00")), proration=policy)
    story.subscribes("s", on, {"device": 1}, anchor="2027-06-01")
    return story


ACTIVATED = [
    # 12.00 a month; June has 30 days, so its first half ends with the 15th
    (Proration.HALF_MONTH, "2027-06-15", "12.00"),
    (Proration.HALF_MONTH, "2027-06-16", "6.00"),
    (Proration.HALF_MONTH, "2027-06-30", "6.00"),
    (Proration.FULL_PERIOD, "2027-06-30", "12.00"),
    (Proration.NONE, "2027-06-02", None),  # free until the next period
    (Proration.ACTUAL_30, "2027-06-16", "6.00"),
    (Proration.DAY, "2027-06-30", "0.40"),
    (Proration.THIRTY_360, "2027-06-30", "0.40"),  # 12.00 × 1 ÷ 30
]


@pytest.mark.parametrize(("policy", "on", "net"), ACTIVATED)
def test_a_device_that_is_switched_on_in_a_month(policy, on, net) -> None:
    story = begun(policy)
    story.bills("2027-06-01")
    story.changes("s", ItemsAdded(day(on), 1, (item("device", name="second"),)))
    expected = [f"second {on}..2027-06-30 {net}"] if net else []
    assert story.bills(on) == expected
    assert story.bills("2027-07-01") == [
        "device 2027-07-01..2027-07-31 12.00",
        "second 2027-07-01..2027-07-31 12.00",
    ]


OFF = [
    (Proration.HALF_MONTH, []),
    (Proration.FULL_PERIOD, []),
    (Proration.NONE, []),
    (Proration.ACTUAL_30, ["CN device 2027-06-01..2027-06-09 8.40"]),  # 9 of 30 days: 3.60
]


@pytest.mark.parametrize(("policy", "given_back"), OFF)
def test_switching_off_gives_back_only_by_days(policy, given_back) -> None:
    story = begun(policy)
    assert story.bills("2027-06-01") == ["device 2027-06-01..2027-06-30 12.00"]
    story.changes("s", Cancelled(day("2027-06-10"), 1))
    assert story.bills("2027-06-10") == given_back
    assert story.bills("2027-07-01") == []


def test_more_units_begin_on_their_own_day_and_the_last_go_first() -> None:
    """1 from the 1st, 3 from the 20th: 2 × 12.00 ÷ 2; then 2 from the 25th gives nothing back."""
    story = begun(Proration.HALF_MONTH)
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-06-20"), 1, "sit_device", D(3)))
    assert story.bills("2027-06-20") == ["device 2027-06-01..2027-06-30 12.00"]
    story.changes("s", QuantityChanged(day("2027-06-25"), 2, "sit_device", D(2)))
    story.changes("s", QuantityChanged(day("2027-06-28"), 3, "sit_device", D(3)))
    assert story.bills("2027-06-28") == []  # they were paid for June
    assert story.bills("2027-07-01") == ["device 2027-07-01..2027-07-31 36.00"]


def test_a_month_of_31_days_costs_no_more_than_the_price_by_actual_days_of_thirty() -> None:
    story = begun(Proration.ACTUAL_30, on="2027-07-01", kind=ChargeKind.ARREARS)
    story.changes("s", Cancelled(day("2027-07-31"), 1))
    assert story.bills("2027-08-01") == ["device 2027-07-01..2027-07-30 12.00"]  # 30 of 30


def test_a_backdated_beginning_is_charged_in_full() -> None:
    """Half on the 20th; it was the 10th: the other half."""
    story = begun(Proration.HALF_MONTH, kind=ChargeKind.ARREARS)
    story.changes("s", ItemsAdded(day("2027-06-20"), 1, (item("device", name="second"),)))
    assert story.bills("2027-07-01")[1] == "second 2027-06-20..2027-06-30 6.00"
    story.changes("s", ItemsAdded(day("2027-06-10"), 2, (item("device", name="third"),)))
    assert story.bills("2027-07-02") == ["third 2027-06-10..2027-06-30 12.00"]


def stretches(*found: tuple[int, int, int]) -> list[Stretch]:
    return [
        Stretch(Period(day(f"2027-06-{first:02d}"), day(f"2027-06-{end:02d}")), Quantity(D(units)))
        for first, end, units in found
    ]


def test_layers_stand_on_one_another() -> None:
    found = layers(stretches((1, 10, 2), (10, 20, 5), (20, 30, 1)), JUNE, by_days=True)
    assert [(one.days.start_on.day, one.days.end_on.day, one.low, one.high) for one in found] == [
        (10, 20, 2, 5),
        (1, 20, 1, 2),
        (1, 30, 0, 1),
    ]


quantities = st.lists(st.integers(0, 6), min_size=1, max_size=6).filter(any)


@given(quantities)
def test_the_layers_of_a_day_hold_its_quantity(units) -> None:
    days = [(4 * number + 1, 4 * number + 5, one) for number, one in enumerate(units)]
    found = list(layers(stretches(*(one for one in days if one[2])), JUNE, by_days=True))
    for first, end, expected in days:
        for number in range(first, end):
            on = day(f"2027-06-{number:02d}")
            assert sum(one.high - one.low for one in found if on in one.days) == expected


def test_more_units_go_up_the_bands() -> None:
    """2 at 10.00 from the 1st; a third, at 8.00, in the second half: 4.00."""
    bands = Graduated((Tier(D(2), D(10)), Tier(None, D(8))))
    story = begun(Proration.HALF_MONTH, model=bands)
    story.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_device", D(2)))
    assert story.bills("2027-06-01") == ["device 2027-06-01..2027-06-30 20.00"]
    story.changes("s", QuantityChanged(day("2027-06-16"), 2, "sit_device", D(3)))
    assert story.bills("2027-06-16") == ["device 2027-06-01..2027-06-30 4.00"]
    assert story.lines[-1].exact == Fraction(4)
