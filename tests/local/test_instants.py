"""Dates and instants as they are typed."""

import pytest

from local.instants import InstantError, instant


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2027-01-31", "2027-01-31T23:59:59+00:00"),
        ("2027-01-31T09:00", "2027-01-31T09:00:00+00:00"),
        ("2027-01-31T09:00:00Z", "2027-01-31T09:00:00+00:00"),
        ("2027-01-31T09:00-05:00", "2027-01-31T14:00:00+00:00"),
    ],
)
def test_typed(typed: str, expected: str) -> None:
    assert instant(typed).isoformat() == expected


@pytest.mark.parametrize("typed", ["", "tomorrow", "2027-02-30", "31.01.2027", "2027-1-31"])
def test_refused(typed: str) -> None:
    with pytest.raises(InstantError, match="expected a date"):
        instant(typed)
