"""Rejected events in pages: those that are tried again first, each once, in a fixed order."""

import pytest

from solde.domain.errors import InvalidError
from solde.workflows.read_usage.list_rejects import list_rejects
from tests.support.reading import reading
from tests.support.usage_world import UsageWorld, flight


def world_with_rejects() -> UsageWorld:
    """Four events of nobody, and one that was sent again with other content."""
    world = UsageWorld()
    day = "2013-01-15T12:00:00"
    world.send(*(flight(number, day, subject="nobody") for number in range(4)), flight("a", day))
    world.rate()
    world.send(flight("a", day, seats=151), now="2013-02-02T05:00:00")
    world.rate("2013-02-02T06:00:00")
    return world


def listed(world: UsageWorld, **asked) -> tuple[list[tuple[str, bool]], str | None]:
    page = list_rejects(reading(world, "2013-02-02T12:00:00"), **asked)
    return [(row.reject.event.id, row.open) for row in page.rows], page.next_cursor


def test_open_ones_come_first() -> None:
    rows, cursor = listed(world_with_rejects(), limit=100)
    assert {one for one, is_open in rows[:4] if is_open} == {"f-0", "f-1", "f-2", "f-3"}
    assert rows[4:] == [("f-a", False)]
    assert cursor is None


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_pages_join_to_the_whole_list(limit: int) -> None:
    world = world_with_rejects()
    whole, _ = listed(world, limit=100)
    found: list[tuple[str, bool]] = []
    cursor = None
    while True:
        rows, cursor = listed(world, limit=limit, cursor=cursor)
        assert len(rows) <= limit
        found += rows
        if cursor is None:
            break
    assert found == whole


def test_a_code_narrows_the_list() -> None:
    world = world_with_rejects()
    assert len(listed(world, limit=100, code="unknown_subject")[0]) == 4
    assert listed(world, limit=100, code="none")[0] == []


def test_after_35_days_a_reject_is_listed_no_more() -> None:
    world = world_with_rejects()
    page = list_rejects(reading(world, "2013-03-10T12:00:00"), limit=100)
    assert [row.reject.event.id for row in page.rows if not row.open] == []


@pytest.mark.parametrize("cursor", ["", "x", "o-1-1", "o-1-1-x", "z-1-1-1", "o--1-1-1", "o-½-1-1"])
def test_a_cursor_that_no_page_gave(cursor: str) -> None:
    with pytest.raises(InvalidError, match="cursor"):
        listed(world_with_rejects(), limit=1, cursor=cursor)
