"""When a change counts: by what is said, by the catalog, else by what a year costs."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.catalog import Catalog, ChargeKind, Component, Plan, Price
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import CycleChanged
from solde.domain.subscriptions.effect import (
    Moment,
    by_amount,
    by_plan,
    effective_day,
    yearly,
)
from solde.domain.trials import Trial
from tests.support.story import day, item
from tests.unit.domain.subscriptions.test_timeline import subscription

ONCE, END = Moment.AT_ONCE, Moment.AT_PERIOD_END
JUNE = subscription()  # from 1 June 2027, by month


@pytest.mark.parametrize(
    ("when", "today", "on"),
    [
        (day("2027-06-07"), "2027-06-15", "2027-06-07"),
        (ONCE, "2027-06-15", "2027-06-15"),
        (END, "2027-06-15", "2027-07-01"),
        (END, "2027-07-01", "2027-08-01"),  # the first day belongs to its period
        # not started yet
        (ONCE, "2027-05-15", "2027-06-01"),
        (END, "2027-05-15", "2027-07-01"),
    ],
)
def test_the_day_of_a_change(when, today, on) -> None:
    assert effective_day(when, JUNE, day(today)) == day(on)


def test_a_trial_is_a_period_of_its_own() -> None:
    tried = replace(JUNE, trial=Trial(day("2027-06-18")))
    assert effective_day(END, tried, day("2027-06-17")) == day("2027-06-18")
    assert effective_day(END, tried, day("2027-06-18")) == day("2027-07-01")


def test_the_period_is_that_of_the_cycle() -> None:
    quarterly = replace(JUNE, cycle=Cycle(Unit.MONTH, 3, day("2027-02-28")))
    assert effective_day(END, quarterly, day("2027-06-15")) == day("2027-08-28")


def test_a_cycle_that_is_cut_ends_its_period() -> None:
    turn = CycleChanged(day("2027-06-20"), 1, Cycle(Unit.MONTH, 1, day("2027-06-25")))
    assert effective_day(END, subscription(turn), day("2027-06-15")) == day("2027-06-20")
    assert effective_day(END, subscription(turn), day("2027-06-20")) == day("2027-06-25")


def plan(name: str, **more) -> Plan:
    part = Component("seats", name, "Seats")
    return Plan(name, 1, name, Unit.MONTH, 1, (part,), **more)


@pytest.mark.parametrize(
    ("before", "after", "moment"), [(10, 11, ONCE), (10, 10, ONCE), (10, 9, END)]
)
def test_equal_counts_as_more(before, after, moment) -> None:
    assert by_amount(Fraction(before), Fraction(after)) is moment
    cost = (Fraction(before), Fraction(after))
    assert by_plan(plan("a"), plan("b"), yearly=cost) is moment


@pytest.mark.parametrize(
    ("before", "after", "moment"),
    [
        (plan("a"), plan("b", above=("a",)), ONCE),
        (plan("a"), plan("b", below=("a",)), END),
        (plan("a", above=("b",)), plan("b"), END),
        (plan("a", below=("b",)), plan("b"), ONCE),
    ],
)
def test_what_plans_say_of_each_other_goes_before_what_they_cost(before, after, moment) -> None:
    for cost in ((Fraction(1), Fraction(2)), (Fraction(2), Fraction(1))):
        assert by_plan(before, after, yearly=cost) is moment


@pytest.mark.parametrize(
    ("unit", "count", "cost"),
    [
        # 2 × 10.00 + 5.00 = 25.00 a period; usage and what is paid once are left out
        (Unit.WEEK, 1, "1300"),
        (Unit.MONTH, 1, "300"),
        (Unit.MONTH, 3, "100"),  # quarter × 4
        (Unit.MONTH_LAST_DAY, 1, "300"),
        (Unit.YEAR, 1, "25"),
        (Unit.YEAR, 2, "12.5"),
        (Unit.DAY, 1, "9125"),
    ],
)
def test_what_a_year_costs_by_list_price(unit, count, cost) -> None:
    kinds = {
        "seat": ("10.00", ChargeKind.ADVANCE),
        "fee": ("5.00", ChargeKind.ARREARS),
        "setup": ("99.00", ChargeKind.ONE_TIME),
        "calls": ("1.00", ChargeKind.USAGE),
    }
    prices = {
        name: Price(name, 1, "s", "EUR", kind, PerUnit(Decimal(amount)))
        for name, (amount, kind) in kinds.items()
    }
    items = [item("seat", 2), item("fee"), item("setup"), item("calls", 7)]
    assert yearly(items, Catalog({}, {}, prices, {}), (unit, count), "EUR") == Fraction(cost)
