"""Prices that change: by version, at the period's end or inside it."""

from decimal import Decimal

from solde.domain.catalog import Aggregation, Applies, ChargeKind
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled
from tests.support.story import Story, day

D = Decimal


def a_year(**more: object) -> Story:
    """1,200.00 a year in advance from 1 January 2027, and 1,320.00 from 1 April."""
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("1200.00")))
    story.subscribes("s", "2027-01-01", {"fee": 1}, unit=Unit.YEAR)
    assert story.bills("2027-01-01") == ["fee 2027-01-01..2027-12-31 1200.00"]
    story.publishes("fee", Flat(D("1320.00")), "2027-04-01", Applies.EXISTING, **more)
    return story


def test_06_a_year_that_is_paid_keeps_its_price() -> None:
    story = a_year()
    assert story.bills("2027-04-01") == []
    story.changes("s", Cancelled(day("2027-07-01"), 1))
    # 184 of 365 days: 1,200.00 × 184 ÷ 365 = 604.93…
    assert story.bills("2027-07-01") == ["CN fee 2027-07-01..2027-12-31 604.93"]


def test_06_inside_the_year_the_rest_is_credited_and_charged_anew() -> None:
    story = a_year(mid_period=True)
    # 275 of 365 days: 904.109… and 994.520…
    assert story.bills("2027-04-01") == [
        "fee 2027-04-01..2027-12-31 -904.11",
        "fee 2027-04-01..2027-12-31 994.52",
    ]
    story.changes("s", Cancelled(day("2027-07-01"), 1))
    # 1,320.00 × 184 ÷ 365 = 665.42…
    assert story.bills("2027-07-01") == ["CN fee 2027-07-01..2027-12-31 665.42"]
    assert sum(line.net.minor for line in story.lines) == 624_99


def test_28_a_maximum_takes_a_new_price_with_the_next_period() -> None:
    story = Story()
    story.sells("users", ChargeKind.USAGE, PerUnit(D("5.00")), aggregation=Aggregation.MAX)
    story.subscribes("s", "2027-06-01", {"users": 1})
    story.publishes("users", PerUnit(D("6.00")), "2027-06-15", Applies.EXISTING)
    story.uses("users", "2027-06-20", 10)
    story.uses("users", "2027-07-20", 10)
    assert story.bills("2027-07-01") == ["users 2027-06-01..2027-06-30 50.00"]
    assert story.bills("2027-08-01") == ["users 2027-07-01..2027-07-31 60.00"]
