"""The timeline: changes folded by effective day, then by sequence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Cycle, Unit
from solde.domain.subscriptions import (
    Cancelled,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
    Subscription,
    TrialConverted,
    Withdrawn,
    charged,
    timeline,
)
from solde.domain.trials import AfterTrial, Trial
from tests.support.story import day, item

D = Decimal


def subscription(*changes) -> Subscription:
    return Subscription(
        id="sub_1",
        external_id="",
        customer_id="c",
        subscriber_id="c",
        entity="e",
        plan_id="p",
        currency="EUR",
        start_on=day("2027-06-01"),
        cycle=Cycle(Unit.MONTH, 1, day("2027-06-01")),
        items=(item("seat", 3), item("fee")),
        changes=changes,
    )


def told(one: Subscription) -> list[str]:
    return [
        f"{segment.item.id[4:]} {segment.period.start_on:%m-%d}.."
        f"{'' if segment.period.end_on == NEVER else format(segment.period.end_on, '%m-%d')}"
        f" {segment.quantity}"
        for segment in timeline(one)
    ]


def seats(on: str, sequence: int, quantity: int) -> QuantityChanged:
    return QuantityChanged(day(f"2027-{on}"), sequence, "sit_seat", D(quantity))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), ["seat 06-01.. 3", "fee 06-01.. 1"]),
        ((seats("06-15", 1, 5),), ["seat 06-01..06-15 3", "seat 06-15.. 5", "fee 06-01.. 1"]),
        # the last state of a day counts
        ((seats("06-15", 1, 5), seats("06-15", 2, 3)), ["seat 06-01.. 3", "fee 06-01.. 1"]),
        # to zero and back: nothing in between
        (
            (seats("06-15", 1, 0), seats("06-20", 2, 4)),
            ["seat 06-01..06-15 3", "seat 06-20.. 4", "fee 06-01.. 1"],
        ),
        (
            (Cancelled(day("2027-06-21"), 1),),
            ["seat 06-01..06-21 3", "fee 06-01..06-21 1"],
        ),
        # nothing outlives a cancellation, whatever was planned for later
        (
            (Cancelled(day("2027-06-21"), 1), seats("06-25", 2, 9)),
            ["seat 06-01..06-21 3", "fee 06-01..06-21 1"],
        ),
        # the earlier of two cancellations
        (
            (Cancelled(day("2027-06-21"), 1), Cancelled(day("2027-06-11"), 2)),
            ["seat 06-01..06-11 3", "fee 06-01..06-11 1"],
        ),
        ((Cancelled(day("2027-06-01"), 1),), []),
        (
            (PlanChanged(day("2027-06-15"), 1, "q", ("sit_fee",), (item("big"),)),),
            ["seat 06-01.. 3", "fee 06-01..06-15 1", "big 06-15.. 1"],
        ),
        # a change that is withdrawn was never made
        (
            (seats("06-15", 1, 5), seats("06-20", 2, 7), Withdrawn(day("2027-06-15"), 3, 1)),
            ["seat 06-01..06-20 3", "seat 06-20.. 7", "fee 06-01.. 1"],
        ),
        # a device switched on and counted up
        (
            (
                ItemsAdded(day("2027-06-10"), 1, (item("device"),)),
                QuantityChanged(day("2027-06-12"), 2, "sit_device", D(2)),
            ),
            ["seat 06-01.. 3", "fee 06-01.. 1", "device 06-10..06-12 1", "device 06-12.. 2"],
        ),
    ],
)
def test_what_is_served_when(changes, expected) -> None:
    assert told(subscription(*changes)) == expected


def test_the_order_of_arrival_of_distinct_days_is_irrelevant() -> None:
    changes = (
        seats("06-10", 1, 5),
        PlanChanged(day("2027-06-15"), 2, "q", ("sit_fee",), (item("big"),)),
        seats("06-20", 3, 1),
        Cancelled(day("2027-07-01"), 4),
    )
    assert len({tuple(told(subscription(*order))) for order in permutations(changes)}) == 1


def test_an_item_that_starts_again_has_two_lives() -> None:
    back = PlanChanged(day("2027-06-20"), 2, "p", ("sit_big",), (item("fee"),))
    gone = PlanChanged(day("2027-06-10"), 1, "q", ("sit_fee",), (item("big"),))
    assert told(subscription(gone, back))[1:] == [
        "fee 06-01..06-10 1",
        "fee 06-20.. 1",
        "big 06-10..06-20 1",
    ]
    ever = [one.id for one in subscription(gone, back).items_ever()]
    assert ever == ["sit_seat", "sit_fee", "sit_big", "sit_fee"]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidError, match="expected a day from 2027-06-01 on, found 2027-05-31"):
        timeline(subscription(seats("05-31", 1, 5)))
    stranger = QuantityChanged(day("2027-06-02"), 1, "sit_x", D(1))
    with pytest.raises(InvalidError, match="expected an item of the subscription, found 'sit_x'"):
        timeline(subscription(stranger))
    for quantity in (D(-1), D("NaN"), D("Infinity")):
        with pytest.raises(InvalidError, match="quantity: expected 0 or more"):
            Item("sit_1", "c", "p", quantity)
        with pytest.raises(InvalidError, match="quantity: expected 0 or more"):
            QuantityChanged(date(2027, 6, 1), 1, "sit_1", quantity)


def pause(on: str, sequence: int) -> Paused:
    return Paused(day(f"2027-{on}"), sequence)


def resume(on: str, sequence: int) -> Resumed:
    return Resumed(day(f"2027-{on}"), sequence)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((pause("06-10", 1),), ["seat 06-01..06-10 3", "fee 06-01..06-10 1"]),
        (
            (pause("06-10", 1), resume("06-20", 2)),
            ["seat 06-01..06-10 3", "seat 06-20.. 3", "fee 06-01..06-10 1", "fee 06-20.. 1"],
        ),
        # paused twice is paused once, and resumed on the same day is not paused at all
        (
            (pause("06-10", 1), pause("06-15", 2), resume("06-20", 3)),
            ["seat 06-01..06-10 3", "seat 06-20.. 3", "fee 06-01..06-10 1", "fee 06-20.. 1"],
        ),
        ((pause("06-10", 1), resume("06-10", 2)), ["seat 06-01.. 3", "fee 06-01.. 1"]),
        # what changes during a pause holds when it ends
        (
            (pause("06-10", 1), seats("06-12", 2, 5), resume("06-20", 3)),
            ["seat 06-01..06-10 3", "seat 06-20.. 5", "fee 06-01..06-10 1", "fee 06-20.. 1"],
        ),
        # a cancellation during a pause
        (
            (pause("06-10", 1), Cancelled(day("2027-06-15"), 2), resume("06-20", 3)),
            ["seat 06-01..06-10 3", "fee 06-01..06-10 1"],
        ),
    ],
)
def test_a_pause_is_days_without_service(changes, expected) -> None:
    assert told(subscription(*changes)) == expected


def test_a_trial_is_served_and_not_charged() -> None:
    trial = Trial(day("2027-06-15"))
    one = replace(subscription(seats("06-20", 1, 5)), trial=trial)
    assert told(one) == ["seat 06-01..06-20 3", "seat 06-20.. 5", "fee 06-01.. 1"]
    starts = [segment.period.start_on.day for segment in charged(one)]
    assert starts == [15, 20, 15]
    assert charged(replace(one, trial=None)) == timeline(one)


def test_a_trial_may_end_by_itself_unless_somebody_goes_on() -> None:
    ending = replace(subscription(), trial=Trial(day("2027-06-15"), AfterTrial.END))
    assert told(ending) == ["seat 06-01..06-15 3", "fee 06-01..06-15 1"]
    assert charged(ending) == ()
    kept = ending.with_change(TrialConverted(day("2027-06-10"), 1))
    assert told(kept) == ["seat 06-01.. 3", "fee 06-01.. 1"]
    assert [segment.period.start_on.day for segment in charged(kept)] == [15, 15]
