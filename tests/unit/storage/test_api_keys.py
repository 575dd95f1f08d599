"""API keys as stored: found by their hash, listed by an id that tells nothing, revoked for good."""

from datetime import UTC, datetime

import pytest

from solde.domain.errors import NotFoundError
from solde.storage import keys
from solde.storage.api_keys import api_keys, put_api_key, revoke_api_key
from tests.support.model_table import ModelTable

FIRST, SECOND = "a" * 64, "b" * 64


def table_with_two() -> ModelTable:
    table = ModelTable()
    for day, digest in ((1, FIRST), (2, SECOND)):
        at = datetime(2013, 1, day, tzinfo=UTC)
        put_api_key(table, digest, name=f"key {day}", scopes=["customers:read"], at=at)
    return table


def test_keys_are_listed_newest_first_by_the_start_of_their_hash() -> None:
    found = api_keys(table_with_two())
    assert [(one.id, one.name, one.revoked) for one in found] == [
        ("bbbbbbbbbbbbbbbb", "key 2", False),
        ("aaaaaaaaaaaaaaaa", "key 1", False),
    ]


def test_a_revoked_key_is_marked_and_the_others_are_not() -> None:
    table = table_with_two()
    revoke_api_key(table, "aaaaaaaaaaaaaaaa")
    assert [one.revoked for one in api_keys(table)] == [False, True]
    assert table.items[keys.api_key(FIRST)]["revoked"] is True


@pytest.mark.parametrize("key_id", ["", "aaaa", FIRST])
def test_what_is_not_listed_cannot_be_revoked(key_id: str) -> None:
    with pytest.raises(NotFoundError, match="expected the id of one that is listed"):
        revoke_api_key(table_with_two(), key_id)


def test_more_keys_than_a_page_are_all_listed() -> None:
    table = ModelTable()
    for number in range(150):
        at = datetime(2013, 1, 1, 0, number // 60, number % 60, tzinfo=UTC)
        put_api_key(table, f"{number:064x}"[::-1], name="k", scopes=["*"], at=at)
    assert len(api_keys(table)) == 150
