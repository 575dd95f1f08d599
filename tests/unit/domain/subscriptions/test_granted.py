"""Which billing periods a grant covers: counted on the timeline, never on invoices."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.subscriptions import (
    Covering,
    CycleChanged,
    DiscountEnded,
    DiscountGranted,
    Subscription,
    granted,
)
from solde.domain.trials import AfterTrial, Trial
from tests.support.story import day

TEN = Discount(percent=Decimal(10))


def subscription(start="2027-01-15", anchor="2027-01-01", trial=None, changes=()) -> Subscription:
    cycle = Cycle(Unit.MONTH, 1, day(anchor))
    return Subscription(
        "s", "", "c", "c", "e", "p", "EUR", day(start), cycle, (), changes, trial=trial
    )


def grant(on: str, name: str = "g", until: str | None = None, **offer) -> DiscountGranted:
    given = Grant(name, Offer(name, TEN, **offer), day(on), day(until) if until else date.max)
    return DiscountGranted(day(on), 1, given)


def months(one: Subscription, *, once: bool = False) -> list[int]:
    """Return the months of 2027 whose period is covered."""
    covering = Covering(one)
    found = []
    for month in range(1, 13):
        start_on = date(2027, month, 1)
        period = Period(start_on, (start_on + timedelta(days=31)).replace(day=1))
        if once:
            period = Period(date(2027, month, 20), date(2027, month, 21))
        if covering.of("seat", "prd", period, once=once):
            found.append(month)
    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((grant("2027-01-15", periods=2),), [1, 2]),  # the first period begins with the start
        ((grant("2027-02-10", periods=2),), [3, 4]),  # February has begun already
        ((grant("2027-02-01", until="2027-04-01"),), [2, 3]),
        ((grant("2027-02-01", until="2027-04-02"),), [2, 3, 4]),
        ((grant("2027-02-01", periods=1, until="2027-04-01"),), [2]),
        ((grant("2027-02-01"), DiscountEnded(day("2027-03-15"), 2, "g")), [2, 3]),
        ((grant("2027-02-01"), DiscountEnded(day("2027-02-01"), 2, "g")), []),
        ((grant("2027-02-01", components=frozenset({"calls"})),), []),
        ((DiscountEnded(day("2027-02-01"), 2, "g"),), []),
    ],
)
def test_months_that_are_covered(changes, expected) -> None:
    assert months(subscription(changes=changes)) == expected


def test_a_trial_uses_up_nothing() -> None:
    trial = Trial(day("2027-03-10"), AfterTrial.CONTINUE)
    changes = (grant("2027-01-15", periods=2),)
    assert months(subscription(trial=trial, changes=changes)) == [3, 4]


def test_what_comes_once_is_covered_by_its_day() -> None:
    changes = (grant("2027-02-10", periods=2, until="2027-12-21"),)
    assert months(subscription(changes=changes), once=True) == [2, 3, 4]


ANCHORED = CycleChanged(day("2027-02-10"), 9, Cycle(Unit.MONTH, 1, day("2027-02-20")))
"""From 10 February on periods begin on the 20th: to 19 February there is a stub."""
YEARLY = CycleChanged(day("2027-01-20"), 9, Cycle(Unit.YEAR, 1, day("2027-01-20")))
STUB = Period(day("2027-01-20"), day("2027-02-20"))


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        ({}, [0, 1, 2, 3]),
        ({"periods": 1}, [0]),
        ({"periods": 2}, [0, 1]),  # February, though it is cut
        ({"periods": 3}, [0, 1, 2]),  # and the stub
    ],
)
def test_periods_are_counted_in_turn_over_another_anchor(offer, expected) -> None:
    covering = Covering(subscription(changes=(ANCHORED, grant("2027-01-15", **offer))))
    months = [
        Period(day("2027-01-01"), day("2027-02-01")),
        Period(day("2027-02-01"), day("2027-03-01")),
    ]
    after = Period(day("2027-02-20"), day("2027-03-20"))
    found = [covering.of("seat", "prd", one, once=False) for one in (*months, STUB, after)]
    assert [number for number, one in enumerate(found) if one] == expected
    assert [each.number for one in found for each in one] == expected


def test_a_stub_begins_with_its_own_first_day() -> None:
    for on, good in (("2027-02-10", True), ("2027-02-11", False)):
        covering = Covering(subscription(changes=(ANCHORED, grant(on))))
        assert bool(covering.of("seat", "prd", STUB, once=False)) is good


def test_a_month_for_nothing_is_not_a_year_for_nothing() -> None:
    covering = Covering(subscription(changes=(YEARLY, grant("2027-01-15", periods=1))))
    year = Period(day("2027-01-20"), day("2028-01-20"))
    assert covering.of("seat", "prd", Period(day("2027-01-01"), day("2027-02-01")), once=False)
    assert not covering.of("seat", "prd", year, once=False)


def test_a_trial_that_ends_in_a_stub_begins_with_it() -> None:
    trial = Trial(day("2027-02-15"), AfterTrial.CONTINUE)
    one = subscription(trial=trial, changes=(ANCHORED, grant("2027-01-15", periods=1)))
    (found,) = Covering(one).of("seat", "prd", STUB, once=False)
    assert found.number == 0


def test_grants_are_told_in_order_and_those_of_the_customer_come_first() -> None:
    later = (grant("2027-03-01", "b"), grant("2027-02-01", "a"))
    assert [one.id for one in granted(subscription(changes=later))] == ["a", "b"]
    assert granted(subscription()) == ()
    general = Grant("all", Offer("all", TEN), day("2027-01-01"))
    covering = Covering(subscription(changes=later), [general])
    period = Period(day("2027-03-01"), day("2027-04-01"))
    found = covering.of("seat", "prd", period, once=False)
    assert [(one.grant.id, one.number) for one in found] == [("all", 2), ("a", 1), ("b", 0)]
    assert not Covering(subscription())
