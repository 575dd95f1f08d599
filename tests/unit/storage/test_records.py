"""When a thing was made, in which version, with which notes: attributes of its item."""

from datetime import UTC, datetime

import pytest

from solde.ports.records import Record, first
from solde.storage.reading import CorruptItemError
from solde.storage.records import record_from_item, record_to_item

MADE = datetime(2027, 1, 31, 5, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("record", [first(MADE, {"crm": "A-42"}), Record(MADE, LATER, 7, {})])
def test_a_record_comes_back(record) -> None:
    assert record_from_item(record_to_item(record)) == record


def test_an_item_of_before_records_has_a_first_version_and_no_date() -> None:
    assert record_from_item({"pk": "A", "sk": "B"}) == Record(None, None, 1, {})
    assert record_from_item({"created_at": MADE.isoformat()}).updated_at == MADE


def test_a_date_that_is_none_names_the_item() -> None:
    with pytest.raises(CorruptItemError, match="item A B"):
        record_from_item({"pk": "A", "sk": "B", "created_at": "yesterday"})
