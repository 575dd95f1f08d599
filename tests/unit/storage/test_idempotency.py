"""A key of a request: taken once, ended with its answer, let go when nothing came of it."""

from solde.storage.idempotency import Attempt, begin, finish, withdraw
from tests.support.model_table import ModelTable

NOW = 1_370_000_000


def test_the_first_goes_on_and_the_second_finds_him_at_work() -> None:
    table = ModelTable()
    assert begin(table, "d", "asked", now=NOW) is None
    assert begin(table, "d", "asked", now=NOW + 120) == Attempt("asked", None, "")
    assert begin(table, "other", "asked", now=NOW) is None


def test_an_answer_is_kept_for_whoever_asks_again() -> None:
    table = ModelTable()
    begin(table, "d", "asked", now=NOW)
    finish(table, "d", status=201, body='{"id":"cus_1"}')
    assert begin(table, "d", "asked", now=NOW + 300) == Attempt("asked", 201, '{"id":"cus_1"}')
    (item,) = table.items.values()
    assert item["expires_at"] == NOW + 604_800  # a week


def test_one_that_never_ended_lets_go_after_two_minutes() -> None:
    table = ModelTable()
    begin(table, "d", "asked", now=NOW)
    assert begin(table, "d", "asked again", now=NOW + 121) is None
    assert begin(table, "d", "asked again", now=NOW + 122) == Attempt("asked again", None, "")


def test_one_without_effect_lets_go_at_once() -> None:
    table = ModelTable()
    begin(table, "d", "asked", now=NOW)
    withdraw(table, "d")
    assert begin(table, "d", "other", now=NOW) is None
