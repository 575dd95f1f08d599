"""Filters of lists: by the instant in an id, by the day of issue, by a value that there is."""

from datetime import UTC, datetime

import pytest

from solde.domain.errors import InvalidError
from solde.domain.identity import new_id
from solde.runtime.filters import identity, issued_before, made_since, older_than, one_of

MADE = new_id("cus", at=datetime(2013, 1, 31, tzinfo=UTC), tail=0)
ROW = {"pk": f"A#{MADE}", "sk": "B#1"}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"pk": "A#cus_1", "sk": "B#1"}, "cus_1"),
        ({"pk": "RUN#run_1", "sk": "0"}, "run_1"),
        ({"pk": "A#cus_1", "sk": "B#2#sub_1"}, "sub_1"),
        ({"pk": "A#cus_1", "sk": "I#inv_1"}, "inv_1"),
    ],
)
def test_what_a_row_is_about(row, found) -> None:
    assert identity(row) == found


@pytest.mark.parametrize(
    ("since", "older"),
    [
        (None, False),
        ("2013-01-31T00:00:00Z", False),
        ("2013-01-31T00:00:00.001Z", True),
        ("2013-01-31T01:00:00+01:00", False),
        ("2013-02-01T00:00:00Z", True),
    ],
)
def test_older_than_an_instant(since, older) -> None:
    assert older_than(since)(ROW) is older
    assert made_since(since)(ROW) is not older


def test_a_row_whose_id_tells_nothing_is_never_older() -> None:
    assert not older_than("2013-02-01T00:00:00Z")({"pk": "V#product#seat", "sk": "0"})


def test_documents_are_compared_by_day_and_a_zone_may_be_a_day_behind() -> None:
    test = issued_before("2013-02-02T00:00:00Z")
    found = [test({"issued_on": f"2013-{day}"}) for day in ("01-31", "02-01", "02-02")]
    assert found == [True, False, False]
    assert not issued_before(None)({"issued_on": "1970-01-01"})


@pytest.mark.parametrize("text", ["2013-01-31", "2013-01-31T00:00:00", "yesterday", ""])
def test_an_instant_has_its_zone(text) -> None:
    with pytest.raises(InvalidError, match=r"created_at\[gte\]: expected an instant") as refused:
        older_than(text)
    assert refused.value.pointer == "/created_at[gte]"


def test_none_given_lets_all_through_and_a_stranger_is_refused() -> None:
    known = ("open", "paid")
    assert one_of("status", None, known) == one_of("status", [], known) == {"open", "paid"}
    assert one_of("status", ["paid"], known) == {"paid"}
    with pytest.raises(
        InvalidError, match=r"status: expected one of \['open', 'paid'\], found 'x'"
    ):
        one_of("status", ["paid", "x"], known)
