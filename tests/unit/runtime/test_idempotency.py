"""The same request twice has one effect, and the same answer."""

import pytest

from solde.runtime.access import Caller
from solde.runtime.idempotency import (
    Asked,
    InProgressError,
    KeyMissingError,
    MismatchError,
    once,
)
from tests.support.deployment import deployed

CALLER = Caller("key_1", "shop", frozenset("*"))


def asked(key: str = "k1", body: str = "{}", path: str = "/v1/customers") -> Asked:
    return Asked("POST", path, body, {"idempotency-key": key} if key else {})


class Work:
    """Counts how often it is done."""

    def __init__(self, status: int = 201) -> None:
        self.status, self.done = status, 0

    def __call__(self) -> dict:
        self.done += 1
        return {"statusCode": self.status, "headers": {}, "body": f'{{"n":{self.done}}}'}


@pytest.fixture(autouse=True)
def table(monkeypatch):
    with deployed(monkeypatch) as made:
        yield made.table


def test_the_second_gets_the_answer_of_the_first() -> None:
    work = Work()
    first = once(asked(), CALLER, work, required=True)
    again = once(asked(), CALLER, work, required=True)
    assert work.done == 1
    assert (again["statusCode"], again["body"]) == (201, first["body"])
    assert again["headers"]["Idempotency-Replayed"] == "true"


def test_keys_are_of_a_caller_and_a_path() -> None:
    work = Work()
    once(asked(), CALLER, work, required=True)
    once(asked(path="/v1/plans"), CALLER, work, required=True)
    once(asked(), Caller("key_2", "other", frozenset("*")), work, required=True)
    assert work.done == 3


def test_a_key_is_for_one_request() -> None:
    once(asked(), CALLER, Work(), required=True)
    with pytest.raises(MismatchError, match="expected the request that it was first used for"):
        once(asked(body='{"a":1}'), CALLER, Work(), required=True)
    with pytest.raises(MismatchError, match="at most 255 characters"):
        once(asked("x" * 256), CALLER, Work(), required=True)


def test_while_the_first_is_at_work_the_second_is_told_so() -> None:
    def work() -> dict:
        with pytest.raises(InProgressError):
            once(asked(), CALLER, Work(), required=True)
        return Work()()

    assert once(asked(), CALLER, work, required=True)["statusCode"] == 201


def test_what_had_no_effect_may_be_tried_again(table) -> None:
    refused = Work(422)
    for _ in range(2):
        assert once(asked(), CALLER, refused, required=True)["statusCode"] == 422
    assert refused.done == 2

    def dies() -> dict:
        raise LookupError("a crash")

    with pytest.raises(LookupError):
        once(asked(), CALLER, dies, required=True)
    assert table.items == {}


def test_without_a_key_it_is_done_each_time_unless_it_must_have_one() -> None:
    work = Work()
    for _ in range(2):
        once(asked(""), CALLER, work, required=False)
    assert work.done == 2
    with pytest.raises(KeyMissingError, match="expected the header on this request"):
        once(asked(""), CALLER, work, required=True)
