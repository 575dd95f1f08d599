"""How the cost of a plan grows with the changes of a subscription: in line with them."""

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.plan import Billed, plan_customer
from solde.domain.periods import Cycle, Period, Unit, month_after
from solde.domain.pricing import Quantity
from solde.domain.rating import BilledLine, Terms, Window
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    CycleChanged,
    Item,
    ItemsAdded,
    Paused,
    QuantityChanged,
    Resumed,
    Subscription,
)
from tests.unit.domain.invoicing.test_plan import CATALOG, CUSTOMER, SELLER, START, D, subscription

MONTHS = Window(date.min, START + timedelta(days=330))
TERMS = Terms(CATALOG, SELLER.regime, lambda *_: (Quantity(D(0)), 0, ""))


def planned(life: Subscription, window: Window, lines=()) -> Sequence[Mapping[str, Any]]:
    return plan_customer(Billed(CUSTOMER, SELLER, lines), [life], window, TERMS).documents


def closed_lines(documents: Sequence[Mapping[str, Any]]) -> list[BilledLine]:
    said = {"id": "inv_1", "number": "F-1", "issued_on": "2013-08-01", "due_on": "2013-08-31"}
    return [line for one in documents for line in billed_lines(close(one, said))]


def without_usage(changes: Sequence[Change]) -> Subscription:
    life = subscription(*changes)
    return replace(life, items=life.items[:2])


def seats(number: int) -> list[Change]:
    """So many changes of the seats, over and over in the same 300 days."""
    return [
        QuantityChanged(START + timedelta(days=one % 300), one, "sit_seat", D(one % 7))
        for one in range(number)
    ]


def devices(number: int) -> list[Change]:
    items = (Item(f"sit_d{one}", "device", "device", D(1), "Device") for one in range(number))
    return [ItemsAdded(START, sequence, (item,)) for sequence, item in enumerate(items)]


def pauses(number: int) -> list[Change]:
    """Every other day."""
    return [
        (Resumed if one % 2 else Paused)(START + timedelta(days=one + 1), one)
        for one in range(number)
    ]


def changed_seats(number: int) -> Callable[[], object]:
    life = without_usage(seats(number))
    return lambda: planned(life, MONTHS)


def seats_of_every_day(number: int) -> Callable[[], object]:
    changes = [
        QuantityChanged(START + timedelta(days=one), one, "sit_seat", D(1 + one % 7))
        for one in range(number)
    ]
    life, window = without_usage(changes), Window(date.min, START + timedelta(days=number))
    return lambda: planned(life, window)


def pauses_and_returns(number: int) -> Callable[[], object]:
    life = without_usage(pauses(number))
    window = Window(START, START + timedelta(days=number))
    return lambda: planned(life, window)


def many_devices(number: int) -> Callable[[], object]:
    life = without_usage(devices(number))
    return lambda: planned(life, Window(date.min, START))


def devices_given_back(number: int) -> Callable[[], object]:
    life = without_usage(devices(number))
    lines = closed_lines(planned(life, Window(date.min, START)))
    gone = life.with_change(Cancelled(START, number))
    return lambda: planned(gone, Window(START, START, START), lines)


def anchors_in_turn(number: int) -> Callable[[], object]:
    """Periods begin on another day every three weeks; each cycle is cut by the next."""
    turns = [
        CycleChanged(
            START + timedelta(days=21 * one),
            one + 1,
            Cycle(Unit.MONTH, 1, START + timedelta(days=21 * one + one % 5)),
        )
        for one in range(number)
    ]
    life = without_usage(turns)
    window = Window(date.min, START + timedelta(days=21 * number))
    return lambda: planned(life, window)


def a_period_billed_over_and_over(number: int) -> Callable[[], object]:
    """One month whose seats were billed and given back in turn, and are looked at again."""
    life, reopened = without_usage([]), Window(MONTHS.target_on, MONTHS.target_on, START)
    first = next(
        line for line in closed_lines(planned(life, MONTHS)) if line.key.item_id == "sit_seat"
    )
    lines = [
        replace(
            first,
            units=D(-1 if one % 2 else 1),
            inputs="other",
            service=Period(START + timedelta(days=one % 28), first.service.end_on),
        )
        for one in range(number)
    ]
    return lambda: planned(life, reopened, lines)


def steps(act: Callable[[], object]) -> int:
    """
    Return how many lines of code an act takes, those of comprehensions once for each element.

    What is remembered between plans (rates, days) is forgotten before: it is bounded, and would
    hold what few changes need, but not what many do.
    """
    act()
    for one in gc.get_objects():
        if isinstance(one, type(month_after)):
            one.cache_clear()
    counted = 0

    def trace(_frame: object, event: str, _said: object) -> Callable[..., Any]:
        nonlocal counted
        counted += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert act()
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize(
    "story",
    [
        changed_seats,
        seats_of_every_day,
        pauses_and_returns,
        many_devices,
        devices_given_back,
        anchors_in_turn,
        a_period_billed_over_and_over,
    ],
)
def test_ten_times_the_changes_take_ten_times_the_steps(story) -> None:
    few, many = steps(story(300)), steps(story(3_000))
    assert many < 11 * few


def test_ten_thousand_changes_cost_ten_times_a_thousand() -> None:
    def cost(number: int) -> int:
        act = changed_seats(number)
        began = time.process_time_ns()
        act()
        return time.process_time_ns() - began

    few, many = min(cost(1_000) for _ in range(3)), min(cost(10_000) for _ in range(3))
    assert many < 15 * few
