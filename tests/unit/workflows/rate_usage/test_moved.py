"""What is counted and taken back is as if it had never been, by the meters that had counted it."""

from datetime import date

from solde.domain.catalog import Aggregation, Meter
from solde.domain.usage.event import Event
from solde.ports.usage import Payer
from solde.workflows.rate_usage.moved import Moved

PAYER = Payer("cus_1", "sub_1", "fra", "Europe/Paris")
DAY = date(2026, 5, 2)
CALLS = Meter("calls", "call", Aggregation.COUNT)
SIZES = Meter("sizes", "call", Aggregation.SUM, value="n", filters=(("kind", "big"),))
EVENT = Event("0" * 32, "d" * 16, 7, 9, "s", "b", "call", "a", {"n": "2.5", "kind": "big"})


def shown(moved: Moved) -> dict[str, list[object]]:
    return {code: cells[()].to_json() for (_, code), cells in moved.used[PAYER].items()}


def test_an_event_is_counted_by_all_meters_that_take_it() -> None:
    moved = Moved([CALLS, SIZES])
    assert moved.count(EVENT, PAYER, DAY) == ("calls", "sizes")
    assert shown(moved) == {"calls": ["count", 1], "sizes": ["sum", 1, "2.5"]}
    assert moved.metered == {"calls": 1, "sizes": 1}
    assert moved.count(EVENT._replace(data={"n": 1}), PAYER, DAY) == ("calls",)


def test_an_event_is_taken_back_from_those_meters_only_that_had_counted_it() -> None:
    """SIZES was defined after the event had been rated."""
    moved = Moved([CALLS, SIZES])
    moved.take_back(EVENT, PAYER, DAY, ["calls"])
    assert shown(moved) == {"calls": ["count", -1]}
    moved.count(EVENT, PAYER, DAY)
    assert shown(moved) == {"calls": ["count", 0], "sizes": ["sum", 1, "2.5"]}


def test_a_meter_that_could_not_have_read_the_event_does_not_stand_in_the_way() -> None:
    newer = Meter("other", "call", Aggregation.SUM, value="missing")
    moved = Moved([CALLS, newer])
    moved.take_back(EVENT, PAYER, DAY, ["calls"])
    assert shown(moved) == {"calls": ["count", -1]}
