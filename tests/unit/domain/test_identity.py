"""Ids that sort by time and come out the same for the same thing."""

from datetime import UTC, datetime, timedelta

import pytest

from solde.domain.identity import derived_id, instant_of, is_id, new_id

AT = datetime(2027, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)


def test_what_is_derived_has_one_id() -> None:
    one = derived_id("inv", "F-2027-000001", at=AT)
    assert one == derived_id("inv", "F-2027-000001", at=AT)
    assert one != derived_id("inv", "F-2027-000002", at=AT)
    assert derived_id("x", "ab", "c", at=AT) != derived_id("x", "a", "bc", at=AT)
    assert len(one) == len("inv_") + 26


def test_ids_sort_by_time() -> None:
    later = AT + timedelta(milliseconds=1)
    assert new_id("cus", at=AT, tail=2**80 - 1) < new_id("cus", at=later, tail=0)


def test_an_id_tells_its_instant() -> None:
    assert instant_of(new_id("cus", at=AT, tail=7)) == AT
    assert instant_of("cus_short") is None


@pytest.mark.parametrize(
    ("prefix", "text", "held"),
    [
        ("cus", "cus_" + "0" * 26, True),
        ("cus", "sub_" + "0" * 26, False),
        ("cus", "cus_" + "0" * 25, False),
        ("cus", "cus_" + "0" * 25 + "u", False),  # Crockford's alphabet has no u
        ("cus", "cus_" + "0" * 25 + "A", False),
    ],
)
def test_what_is_an_id(prefix, text, held) -> None:
    assert is_id(prefix, text) is held
