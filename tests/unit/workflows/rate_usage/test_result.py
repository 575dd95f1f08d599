import pytest

from solde.workflows.rate_usage import result
from solde.workflows.rate_usage.result import read_outcome, result_key, used_days, used_rows
from solde.workflows.rate_usage.tally import Tally
from tests.support.usage_world import UsageWorld, flight
from tests.unit.workflows.rate_usage.test_tally import MANIFEST, METERS, PAYERS, row


def stored(world: UsageWorld):
    return read_outcome(result_key(1, 0), world.objects)


def test_a_result_tells_what_it_counted_and_where_its_days_lie():
    world = UsageWorld()
    world.send(
        flight(1, "2013-01-06T12:00:00"),
        flight(2, "2013-01-05T12:00:00", subject="DL-LGA"),
        flight(3, "2013-01-05T12:00:00", subject="nobody"),
        flight(4, "2011-01-05T12:00:00"),
    )
    world.rate()
    outcome = stored(world)
    assert outcome.counts == {"final.beyond_horizon": 1, "rated": 2}
    assert outcome.metered["departures"] == 2
    assert list(outcome.result.days) == ["2013-01-05", "2013-01-06"]
    assert (outcome.result.entries, outcome.result.open_count, outcome.result.final_count) == (
        2,
        1,
        1,
    )
    day = outcome.result.days["2013-01-05"]
    rows = list(used_rows(outcome.result.key, "2013-01-05", day, world.objects))
    assert [one.meter for one in rows] == sorted(one.meter for one in rows)
    assert {one.customer_id for one in rows} == {"cus_dl"}


def test_a_header_longer_than_the_first_look_is_read_whole(monkeypatch):
    world = UsageWorld()
    world.send(flight(1, "2013-01-06T12:00:00"))
    world.rate()
    expected = stored(world)
    monkeypatch.setattr(result, "HEADER_BYTES", 10)
    assert stored(world) == expected


def test_the_same_events_in_another_order_differ_only_in_the_order_of_the_index():
    bodies = []
    for rows in ([row("01"), row("02")], [row("02"), row("01")]):
        tally = Tally(MANIFEST, METERS, {})
        tally.take(rows, PAYERS, 0)
        bodies.append(result.encode(tally))
    assert len(bodies[0]) == len(bodies[1])
    assert bodies[0][-60:] == bodies[1][-60:]  # the rows of the day


def test_lines_are_unpacked_in_pieces(monkeypatch):
    world = UsageWorld()
    world.send(*(flight(n, f"2013-01-05T{n:02d}:00:00", tail=f"N{n}") for n in range(6, 20)))
    world.rate()
    outcome = stored(world)
    span = outcome.result.days["2013-01-05"]
    whole = list(used_rows(outcome.result.key, "2013-01-05", span, world.objects))
    monkeypatch.setattr(result, "CHUNK", 7)
    assert list(used_rows(outcome.result.key, "2013-01-05", span, world.objects)) == whole
    assert len(whole) == 6


@pytest.mark.parametrize(("at_once", "reads"), [(1_000_000, 1), (1, 3)])
def test_days_that_lie_side_by_side_are_read_together(monkeypatch, at_once, reads):
    world = UsageWorld()
    world.send(*(flight(n, f"2013-01-{n:02d}T12:00:00", tail=f"N{n}") for n in (5, 6, 9)))
    world.rate()
    outcome = stored(world)
    apart = [
        one
        for day, span in outcome.result.days.items()
        for one in used_rows(outcome.result.key, day, span, world.objects)
    ]
    seen = []
    get_range = world.objects.get_range

    def counted(key, **where):
        seen.append(key)
        return get_range(key, **where)

    monkeypatch.setattr(result, "AT_ONCE_BYTES", at_once)
    monkeypatch.setattr(world.objects, "get_range", counted)
    assert list(used_days(outcome.result, world.objects)) == apart
    assert len(seen) == reads
    assert {one.day.day for one in apart} == {5, 6, 9}
