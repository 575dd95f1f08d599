"""The record of a thing that is made."""

from datetime import UTC, datetime

from solde.ports.records import Record, first


def test_what_is_made_is_in_its_first_version() -> None:
    at = datetime(2027, 1, 31, 5, tzinfo=UTC)
    assert first(at, {"crm": "A-42"}) == Record(at, at, 1, {"crm": "A-42"})
