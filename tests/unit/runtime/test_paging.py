"""Lists: every row once, whatever the page and the filter; a cursor that is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.runtime.paging import Asked, checked, indexed, merged, owned, page, slice_of
from solde.storage import index_keys
from solde.storage.table import Put
from tests.support.deployment import deployed


def reading(places: list[str]):
    """Read from a list in memory, newest first."""

    def read(below: str | None, limit: int):
        found = sorted((one for one in places if below is None or one < below), reverse=True)
        return [(one, {"place": one}) for one in found[:limit]]

    return read


def walked(read, limit: int, **more) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        rows, cursor = page(read, Asked(cursor, limit, **more))
        pages.append([row["place"] for row in rows])
        if cursor is None:
            return pages


@given(
    numbers=st.sets(st.integers(0, 999), max_size=40),
    limit=st.integers(1, 7),
    every=st.integers(1, 4),
)
def test_page_by_page_every_row_that_is_wanted_once(numbers, limit, every) -> None:
    places = [f"{number:03d}" for number in numbers]
    found = walked(reading(places), limit, keep=lambda row: int(row["place"]) % every == 0)
    assert [one for rows in found for one in rows] == [
        one for one in sorted(places, reverse=True) if int(one) % every == 0
    ]
    assert all(len(rows) <= limit for rows in found)


@given(
    first=st.sets(st.integers(0, 99), max_size=9),
    second=st.sets(st.integers(100, 199), max_size=9),
    limit=st.integers(1, 4),
)
def test_lists_that_are_read_as_one_are_in_one_order(first, second, limit) -> None:
    one, other = (
        [f"{number * 37 % 1000:03d}" for number in numbers] for numbers in (first, second)
    )
    found = walked(merged([reading(one), reading(other)]), limit)
    assert [each for rows in found for each in rows] == sorted({*one, *other}, reverse=True)


def test_what_is_added_meanwhile_moves_nothing() -> None:
    places = ["b", "d", "f"]
    rows, cursor = page(reading(places), Asked(None, 2))
    assert [row["place"] for row in rows] == ["f", "d"]
    places += ["g", "a"]
    rows, _ = page(reading(places), Asked(cursor, 2))
    assert [row["place"] for row in rows] == ["b", "a"]


def test_behind_a_certain_row_nothing_is_looked_at() -> None:
    looked = []

    def keep(row) -> bool:
        looked.append(row["place"])
        return True

    places = [f"{number}" for number in range(9)]
    found = walked(reading(places), 3, keep=keep, past=lambda row: row["place"] < "5")
    assert found == [["8", "7", "6"], ["5"]]
    assert looked == ["8", "7", "6", "5"]


def test_a_filter_that_finds_little_gives_a_short_page_and_goes_on() -> None:
    places = [f"{number:03d}" for number in range(100)]
    rows, cursor = page(reading(places), Asked(None, 5, keep=lambda row: row["place"] == "000"))
    assert rows == []
    assert cursor is not None
    found = walked(reading(places), 5, keep=lambda row: row["place"] == "000")
    assert found[-1] == ["000"]


def test_a_short_list_is_cut_in_order() -> None:
    names = ["a", "b", "c", "d", "e"]
    first, cursor = slice_of(names, cursor=None, limit=2)
    second, then = slice_of(names, cursor=cursor, limit=2)
    third, end = slice_of(names, cursor=then, limit=2)
    assert [*first, *second, *third] == names
    assert end is None


@pytest.mark.parametrize("cursor", ["x", "é", "!!!!", "A" * 1000])
def test_a_cursor_that_no_list_gave_is_refused(cursor) -> None:
    with pytest.raises(InvalidError, match="cursor: expected one that a list gave"):
        page(reading(["a"]), Asked(cursor, 2))


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_page_has_1_to_100_rows(limit) -> None:
    with pytest.raises(InvalidError, match=f"limit: expected 1 to 100, found {limit}"):
        checked(limit)


def test_the_index_is_read_over_all_its_shards(monkeypatch) -> None:
    with deployed(monkeypatch) as made:
        for number in range(40):
            name = f"cus_{number:02d}"
            listed = {"list_pk": index_keys.listing("cus", name), "list_sk": name}
            made.table.write(Put({"pk": f"A#{name}", "sk": "B#1", **listed}))
        rows, cursor = page(indexed("cus"), Asked(None, 30))
        rest, end = page(indexed("cus"), Asked(cursor, 30))
        found = [row["list_sk"] for row in [*rows, *rest]]
        assert found == [f"cus_{number:02d}" for number in range(39, -1, -1)]
        assert end is None


def test_things_of_one_customer_are_read_by_their_ids_together(monkeypatch) -> None:
    with deployed(monkeypatch) as made:
        for sk in ("P#a1", "P#a3", "I#a2", "I#a4", "P#a2#inner", "B#1"):
            made.table.write(Put({"pk": "A#cus_1", "sk": sk}))
        rows, _ = page(owned("cus_1", "P#", "I#", without="#inner"), Asked(None, 10))
        assert [row["sk"] for row in rows] == ["I#a4", "P#a3", "I#a2", "P#a1"]
