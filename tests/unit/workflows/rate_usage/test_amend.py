"""Corrections and cancellations as stories: what counts follows from the events alone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solde.workflows.rate_usage.rejects import rejects_in
from solde.workflows.rate_usage.state import read_state
from tests.support.usage_world import UsageWorld, flight

NOON = "2013-01-05T12:00:00"
METERS = ("departures", "seats", "largest", "last", "tails", "runway")


def corrected(number: int, original: int, when: str = NOON, **data: Any) -> dict[str, Any]:
    return {**flight(number, when, **data), "corrects": f"f-{original}"}


def cancelled(number: int, original: int, when: str = NOON) -> dict[str, Any]:
    return {**flight(number, when), "cancels": f"f-{original}"}


def texts(world: UsageWorld) -> dict[tuple[str, str, str], str]:
    """Return what is stored of each day; a day of which all was taken back is as none."""
    return {
        (subscription, meter, day): text
        for subscription in ("UA-EWR", "UA-JFK")
        for meter in (*METERS, "parked")
        for day, text in world.texts("cus_ua", subscription, meter).items()
        if text != "[]"
    }


def rejected(world: UsageWorld, number: int) -> list[tuple[str, str, bool]]:
    result = read_state(number, world.objects).executions[-1].amended
    assert result is not None
    return [
        (one.event.id, one.code, span is result.open)
        for span in (result.open, result.final)
        for one in rejects_in(world.objects.get_range(result.key, offset=span[0], length=span[1]))
    ]


def test_a_correction_counts_in_the_place_of_what_it_corrects_by_every_meter() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON, seats=180, tail="N1"), flight(2, NOON, seats=10, tail="N2"))
    world.rate()
    world.send(corrected(3, 1, seats=7, tail="N3", band="07-09"), now="2013-02-01T07:00:00")
    rated = world.rate("2013-02-02T06:00:00")
    fresh = UsageWorld()
    fresh.send(
        flight(3, NOON, seats=7, tail="N3", band="07-09"), flight(2, NOON, seats=10, tail="N2")
    )
    fresh.rate()
    assert texts(world) == texts(fresh)
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",2,"17"]]]'}
    assert rated.totals == {"read": 3, "rated": 3, "open": 0, "amended": 1}


def test_a_cancelled_event_leaves_nothing_and_its_day_is_due_again() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON), flight(2, NOON, type="gate.held", planes=3))
    world.rate()
    world.send(cancelled(3, 1), cancelled(4, 2), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert texts(world) == {}
    days = world.days("cus_ua", "UA-EWR", "seats")
    assert {day: (state.generation, state.events) for day, state in days.items()} == {
        date(2013, 1, 5): (2, 0)
    }


def test_a_correction_moves_usage_to_another_day_and_subscription() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON), corrected(2, 1, "2013-01-06T12:00:00", subject="UA-JFK"))
    world.rate()
    assert {key[::2] for key in texts(world)} == {("UA-JFK", "2013-01-06")}


def test_what_corrects_an_event_that_is_not_there_waits_for_it() -> None:
    world = UsageWorld()
    world.send(corrected(2, 1, seats=7))
    assert world.rate().totals == {"read": 1, "rated": 1, "open": 1, "amended": 0}
    assert rejected(world, 1) == [("f-2", "unknown_event", True)]
    assert texts(world) == {}
    world.send(flight(1, NOON, seats=180), now="2013-02-01T07:00:00")
    rated = world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",1,"7"]]]'}
    assert rated.totals == {"read": 2, "rated": 2, "open": 0, "amended": 1}


def test_what_waits_longer_than_35_days_is_listed_for_good() -> None:
    world = UsageWorld()
    world.send(cancelled(2, 1))
    world.rate()
    world.send(flight(9, "2013-03-08T12:00:00"), now="2013-03-09T06:00:00")
    rated = world.rate("2013-03-09T06:00:00")
    assert rejected(world, 2) == [("f-2", "unknown_event", False)]
    assert (rated.totals["open"], rated.totals["final.unknown_event"]) == (0, 1)


def test_a_correction_may_itself_be_corrected_and_cancelled() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON, seats=180), corrected(2, 1, seats=7))
    world.rate()
    world.send(corrected(3, 2, seats=9), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",1,"9"]]]'}
    world.send(cancelled(4, 3), now="2013-02-02T07:00:00")
    world.rate("2013-02-03T06:00:00")
    assert texts(world) == {}  # what is cancelled does not bring back what it had corrected


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_of_two_that_correct_one_event_the_later_by_its_time_counts_and_the_other_is_listed(
    order,
) -> None:
    world = UsageWorld()
    world.send(flight(1, NOON))
    world.rate()
    events = {
        2: corrected(2, 1, "2013-01-05T12:00:00", seats=7),
        3: corrected(3, 1, "2013-01-05T12:00:01", seats=9),
    }
    for place, number in enumerate(order, start=1):
        world.send(events[number], now=f"2013-02-0{place}T07:00:00")
        world.rate(f"2013-02-0{place + 1}T06:00:00")
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",1,"9"]]]'}
    assert rejected(world, 3) == [("f-2", "amended_twice", False)]


def test_the_same_identity_with_other_content_stays_refused() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON), corrected(2, 1, seats=7))
    world.rate()
    again = [corrected(2, 1, seats=7), corrected(2, 1, seats=8), cancelled(2, 1)]
    world.send(*again, now="2013-02-01T07:00:00")
    rated = world.rate("2013-02-02T06:00:00")
    assert (rated.totals["duplicates"], rated.totals["final.conflict"]) == (1, 2)
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": '[[[],["sum",1,"7"]]]'}


def test_what_counted_is_taken_back_from_whom_it_was_counted_for() -> None:
    """The customer had one subscription when his event came, and none that it names now."""
    world = UsageWorld()
    world.customer("cus_aa", "AA", "AA-JFK")
    world.send(flight(1, NOON, subject="AA"))
    world.rate()
    world.subscribe("cus_aa", "AA-LGA")  # AA names two subscriptions now
    world.send(cancelled(2, 1), now="2013-02-01T07:00:00")
    world.rate("2013-02-02T06:00:00")
    assert world.texts("cus_aa", "AA-JFK", "seats") == {"2013-01-05": "[]"}


def test_events_that_amend_each_other_wait_and_count_for_nothing() -> None:
    world = UsageWorld()
    world.send(corrected(1, 2), corrected(2, 1))
    assert world.rate().totals == {"read": 2, "rated": 2, "open": 2, "amended": 0}
    assert texts(world) == {}


def test_what_corrects_an_event_beyond_the_horizon_is_listed() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON), flight(8, "2013-06-01T12:00:00"), now="2013-06-02T06:00:00")
    world.rate("2013-06-02T06:00:00")
    world.send(corrected(2, 1, "2014-03-01T12:00:00", seats=7), now="2014-03-06T06:00:00")
    rated = world.rate("2014-03-06T06:00:00")
    assert rated.totals["final.beyond_horizon"] == 1
    assert rejected(world, 2) == [("f-2", "beyond_horizon", False)]
    one = '[[[],["sum",1,"150"]]]'
    assert world.texts("cus_ua", "UA-EWR", "seats") == {"2013-01-05": one, "2013-06-01": one}


SECONDS = st.integers(0, 3)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events, of which some correct or cancel others, perhaps themselves amended or missing."""
    events = []
    for number in range(draw(st.integers(2, 7))):
        when = f"2013-01-{draw(st.integers(5, 6)):02d}T12:00:0{draw(SECONDS)}"
        data = {"seats": draw(st.integers(1, 9)), "tail": f"N{draw(st.integers(1, 2))}"}
        event = flight(number, when, **data)
        kind = draw(st.sampled_from(["", "", "corrects", "cancels"]))
        other = draw(st.integers(0, 7))
        if kind and other != number:
            event[kind] = f"f-{other}"
        if draw(st.booleans()):
            event |= {"type": "gate.held", "data": {"planes": number}}
        events.append(event)
    return events


def _rated(batches: list[list[dict[str, Any]]], buckets: int) -> UsageWorld:
    world = UsageWorld()
    world.buckets = buckets
    for day, batch in enumerate(batches, start=1):
        if batch:
            world.send(*batch, now=f"2013-02-{day:02d}T07:00:00")
        world.rate(f"2013-02-{day + 1:02d}T06:00:00")
    return world


@settings(max_examples=40)
@given(events=histories(), data=st.data())
def test_any_order_any_split_and_any_repetition_leave_the_same_usage(events, data) -> None:
    expected = texts(_rated([events], 1))
    told = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events)))]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(told)), max_size=3)))
    batches = [told[a:b] for a, b in zip([0, *cuts], [*cuts, len(told)], strict=True)]
    world = _rated(batches, data.draw(st.sampled_from([1, 4])))
    assert texts(world) == expected


def test_decimals_taken_back_leave_no_rest() -> None:
    world = UsageWorld()
    world.send(flight(1, NOON, seats="0.1"), flight(2, NOON, seats="0.2"), cancelled(3, 1))
    world.rate()
    (day,) = world.days("cus_ua", "UA-EWR", "seats").values()
    assert day.cells[()].to_json() == ["sum", 1, str(Decimal("0.2"))]
