"""What is read of a customer's usage: the periods that can be billed now, and no day more."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, ChargeKind, Meter
from solde.domain.periods import Period
from solde.domain.subscriptions import QuantityChanged
from solde.workflows.bill_run.customer import Asked, plan_of
from tests.support.seller import Seller, Used


class Watched(Used):
    """Remembers which days were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[Period] = []

    def measure(self, customer_id, within, catalog, *, only=""):
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


def test_credit_notes_of_many_runs_give_back_the_tax_of_the_invoice(seller: Seller) -> None:
    """3 × 0.03 at 19.6 %: 0.09 has 0.02; 0.006, 0.012, 0.018 so far are 0.01, 0.00, 0.01."""
    for name in "xyz":
        seller.sells(name, "0.03")
    items = [(name, "1") for name in "xyz"]
    subscription = seller.subscribes("acme", "2013-06-01", *items)
    seller.runs_billing("2013-06-01")
    for number in range(3):
        gone = QuantityChanged(date(2013, 6, 1), number + 1, f"sit_0_{number}", Decimal(0))
        seller.changes(subscription, gone)
        seller.runs_billing(f"2013-06-{number + 2:02d}")
    invoice, *notes = seller.documents("acme")
    assert [one.gross_minor - one.net_minor for one in (invoice, *notes)] == [2, 1, 0, 1]
    assert [one.back for one in notes] == [{invoice.id: {"S/19.6": 3}}] * 3
