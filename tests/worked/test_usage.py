"""Usage: tiers of a month that is corrected, fine prices, and a day of 25 hours."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, ChargeKind
from solde.domain.periods import day_of, starts_at, zone_after
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.subscriptions import PlanChanged
from tests.support.story import Story, day, item

D = Decimal
BANDS = (Tier(D(100), D("1.00")), Tier(None, D("0.80")))


def used(model: object, *amounts: int) -> Story:
    """June's calls, one amount a day; the last of several comes after the bill of 1 July."""
    story = Story()
    story.sells("call", ChargeKind.USAGE, model)
    story.subscribes("s", "2027-06-01", {"call": 1})
    story.uses("call", "2027-06-03", amounts[0])
    story.bills("2027-07-01")
    for amount in amounts[1:]:
        story.uses("call", "2027-06-30", amount)
    return story


def test_04_late_usage_at_graduated_prices() -> None:
    story = used(Graduated(BANDS), 95, 10)
    # 105: 100 × 1.00 + 5 × 0.80 = 104.00, of which 95.00 are billed
    assert story.bills("2027-08-01") == ["call 2027-06-01..2027-06-30 9.00"]


def test_04_late_usage_at_volume_prices_gives_back() -> None:
    story = used(Volume(BANDS), 95, 10)
    # 105 × 0.80 = 84.00, of which 95.00 are billed
    assert story.bills("2027-08-01") == ["CN call 2027-06-01..2027-06-30 11.00"]


def test_17_a_day_of_25_hours_is_one_day() -> None:
    zone, on = "Europe/Paris", day("2026-10-25")
    begins = datetime(2026, 10, 24, 22, tzinfo=UTC)
    ends = datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert starts_at(on, zone) == begins
    assert starts_at(on + timedelta(days=1), zone) == ends
    assert ends - begins == timedelta(hours=25)
    hours = [begins + timedelta(hours=hour) for hour in range(25)]
    assert {day_of(at, zone) for at in hours} == {on}
    assert day_of(begins - timedelta(microseconds=1), zone) == day("2026-10-24")
    assert day_of(ends, zone) == day("2026-10-26")


def test_23_a_fine_price_is_told_per_million() -> None:
    story = used(PerUnit(D("0.0000123456")), 1_234_567)
    (line,) = story.documents[-1]["lines"]
    assert line["net"] == 15_24  # 1,234,567 × 0.0000123456 = 15.2414…
    assert line["expression"] == {
        "quantity": "1234567",
        "unit": "C62",
        "price": "12.3456",
        "base_quantity": 1_000_000,
    }


def test_24_three_tiers_are_one_line_and_one_rounding() -> None:
    tiers = (Tier(D(3), D("0.335")), Tier(D(6), D("0.115")), Tier(None, D("0.005")))
    story = used(Graduated(tiers), 7)
    (line,) = story.documents[-1]["lines"]
    # 3 × 0.335 + 3 × 0.115 + 1 × 0.005 = 1.005 + 0.345 + 0.005 = 1.355; each alone: 1.37
    assert line["net"] == 1_36
    steps = [step[:3] for step in line["steps"]]
    assert steps == [["3", "0.335", "1.005"], ["3", "0.115", "0.345"], ["1", "0.005", "0.005"]]


@pytest.mark.parametrize(
    ("model", "total"),
    [
        (Graduated((*BANDS[:1], Tier(D(200), D("0.80")), Tier(None, D("0.50")))), "140.00"),
        (Volume((*BANDS[:1], Tier(D(200), D("0.80")), Tier(None, D("0.50")))), "120.00"),
    ],
)
def test_04_bands_as_the_rules_have_them(model: object, total: str) -> None:
    """100 at 1.00, the next 100 at 0.80, then 0.50; 150 used."""
    story = Story()
    story.sells("call", ChargeKind.USAGE, model)
    story.subscribes("s", "2027-06-01", {"call": 1})
    story.uses("call", "2027-06-03", 150)
    assert story.bills("2027-07-01") == [f"call 2027-06-01..2027-06-30 {total}"]


def test_28_a_maximum_pays_the_price_that_its_month_began_with() -> None:
    """Ten users at 5.00; 6.00 from the 15th of June, which counts from July on."""
    story = Story()
    most = Aggregation.MAX
    story.sells("user", ChargeKind.USAGE, PerUnit(D("5.00")), aggregation=most)
    story.sells("dear", ChargeKind.USAGE, PerUnit(D("6.00")), meter="user", aggregation=most)
    story.subscribes("s", "2027-06-01", {"user": 1})
    change = PlanChanged(day("2027-06-15"), 1, "p", ("sit_user",), (item("dear"),))
    story.changes("s", change)
    for month in ("06", "07"):
        story.uses("user", f"2027-{month}-03", 10)
    assert story.bills("2027-07-01") == ["user 2027-06-01..2027-06-30 50.00"]
    assert story.bills("2027-08-01") == ["dear 2027-07-01..2027-07-31 60.00"]


def test_16_paris_until_august_and_new_york_from_september() -> None:
    """The boundary is the old zone's: September has 30 days and 6 hours."""
    zone = zone_after("Europe/Paris", day("2026-09-01"), "America/New_York")
    assert day_of(datetime(2026, 9, 1, 2, tzinfo=UTC), zone) == day("2026-09-01")
    begins, ends = starts_at(day("2026-09-01"), zone), starts_at(day("2026-10-01"), zone)
    assert begins == datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert ends == datetime(2026, 10, 1, 4, tzinfo=UTC)
    assert ends - begins == timedelta(days=30, hours=6)
    second = timedelta(seconds=1)
    assert [day_of(at, zone) for at in (begins - second, begins, ends - second, ends)] == [
        day("2026-08-31"),
        day("2026-09-01"),
        day("2026-09-30"),
        day("2026-10-01"),
    ]
