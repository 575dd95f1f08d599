"""What every table is told: keys of writes, and refusals that name their place."""

from solde.storage.table import (
    LISTED,
    ConditionFailedError,
    Delete,
    Key,
    Put,
    Refused,
    Update,
)


def test_a_put_lies_under_the_keys_of_its_item() -> None:
    key = Key("A#1", "B#1")
    assert Put({"pk": "A#1", "sk": "B#1", "n": 1}).key == Update(key).key == Delete(key).key


def test_a_refusal_is_found_by_its_place() -> None:
    stored = {"pk": "A#1", "sk": "B#1"}
    failed = ConditionFailedError([Refused(2, stored), Refused(5, None)])
    assert str(failed) == "conditions failed for writes [2, 5]"
    assert failed.at(2) == Refused(2, stored)
    assert failed.at(0) is None


def test_a_list_shows_no_body_and_no_secret() -> None:
    """The index keeps a copy of these: what is added here is stored and paid for twice."""
    shown = "kind status name number total currency issued_on due_on email"
    assert shown.split() == list(LISTED)
