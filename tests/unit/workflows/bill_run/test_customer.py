"""What is read of a customer's usage: the periods that can be billed now, and no day more."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.catalog import Aggregation, ChargeKind, Meter
from solde.domain.periods import Period
from solde.workflows.bill_run.customer import Asked, plan_of
from tests.support.seller import Seller, Used


class Watched(Used):
    """Remembers which days were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[Period] = []

    def measure(self, customer_id, within, catalog):
        self.within.append(within)
        return super().measure(customer_id, within, catalog)


@pytest.fixture
def seller():
    seller = Seller()
    seller.catalog.put(Meter("held", "held", Aggregation.TIME_WEIGHTED, value="n"))
    seller.sells("calls", "0.10", ChargeKind.USAGE, meter="calls")
    seller.sells("held", "0.10", ChargeKind.USAGE, meter="held")
    seller.sells("fee", "10.00")
    seller.customer("acme")
    return seller


def read_of(seller: Seller, target: str, **state) -> list[Period]:
    """Plan the customer as far as he is billed, and return the days of usage that were read."""
    usage = Watched()
    billable = seller.context.billing.load("acme", "FRA")
    days = {name: date.fromisoformat(day) for name, day in state.items()}
    billable = replace(billable, state=replace(billable.state, **days))
    asked = Asked(seller.entity, date.fromisoformat(target))
    plan_of(billable, asked, replace(seller.context, usage=usage))
    return usage.within


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def test_a_customer_of_years_is_read_for_the_open_period_only(seller) -> None:
    seller.subscribes("acme", "2010-01-15", ("calls", "1"))
    assert read_of(seller, "2013-03-01", through="2013-02-01") == [days("2013-02-01", "2013-03-01")]


def test_nothing_before_the_first_day_is_read(seller) -> None:
    seller.subscribes("acme", "2013-01-15", ("calls", "1"))
    assert read_of(seller, "2013-02-01") == [days("2013-01-15", "2013-02-01")]


def test_missed_runs_read_every_period_that_is_open(seller) -> None:
    seller.subscribes("acme", "2010-01-15", ("calls", "1"))
    assert read_of(seller, "2013-03-01", through="2012-11-10") == [days("2012-11-01", "2013-03-01")]


def test_a_reopened_day_reads_from_the_period_that_holds_it(seller) -> None:
    seller.subscribes("acme", "2010-01-15", ("calls", "1"))
    within = read_of(seller, "2013-03-01", through="2013-02-01", dirty_from="2012-12-10")
    assert within == [days("2012-12-01", "2013-03-01")]


def test_a_gauge_is_looked_for_since_the_start(seller) -> None:
    """What stands was said at any time: a value once set holds until another is."""
    seller.subscribes("acme", "2010-01-15", ("held", "1"))
    assert read_of(seller, "2013-03-01", through="2013-02-01") == [days("2010-01-15", "2013-03-01")]


def test_the_earliest_of_several_subscriptions_counts(seller) -> None:
    seller.subscribes("acme", "2013-01-20", ("calls", "1"))
    seller.subscribes("acme", "2013-01-10", ("calls", "1"))
    assert read_of(seller, "2013-02-01") == [days("2013-01-10", "2013-02-01")]


def test_who_has_no_meter_is_not_read_at_all(seller) -> None:
    seller.subscribes("acme", "2013-01-15", ("fee", "1"))
    assert read_of(seller, "2013-02-01") == []
