"""The API over the model table: a refusal says what was expected and found; nothing is 5xx."""

import json

import pytest

from solde.runtime import access, http
from tests.support.http_api import CUSTOMER, ENTITY, READER


def test_a_customer_is_created_read_and_listed(call) -> None:
    ask = call
    assert ask("POST", "/v1/entities", ENTITY)[0] == 201
    status, made, headers = ask("POST", "/v1/customers", CUSTOMER)
    assert status == 201
    assert made["id"].startswith("cus_")
    assert headers["Request-Id"] == "r1"
    assert ask("GET", "/v1/customers/ext:M1")[1]["id"] == made["id"]
    listed = ask("GET", "/v1/customers")[1]
    assert [one["id"] for one in listed["data"]] == [made["id"]]
    assert listed["has_more"] is False


def test_the_same_request_twice_has_one_effect(call) -> None:
    ask, model = call, call.model
    ask("POST", "/v1/entities", ENTITY)
    first = ask("POST", "/v1/customers", CUSTOMER, idempotency_key="k1")
    again = ask("POST", "/v1/customers", CUSTOMER, idempotency_key="k1")
    assert again[1] == first[1]
    assert again[2]["Idempotency-Replayed"] == "true"
    other = ask("POST", "/v1/customers", {**CUSTOMER, "name": "X"}, idempotency_key="k1")
    assert (other[0], other[1]["code"]) == (422, "idempotency_mismatch")
    assert sum(key.sk == "B#1" for key in model.items) == 1


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [
        ("", 401, "unauthenticated"),
        ("solde_test_nonsense", 401, "unauthenticated"),
        (access.make_key("live", 123456789), 401, "unauthenticated"),
        (access.make_key("test", 5), 401, "unauthenticated"),
        (READER, 403, "missing_scope"),
    ],
)
def test_who_may_not(call, key: str, status: int, code: str) -> None:
    ask, model = call, call.model
    before = dict(model.items)
    answer = ask("POST", "/v1/customers", CUSTOMER, key=key)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert model.items == before


PRICE = {"code": "p", "product": "x", "currency": "EUR", "kind": "advance"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**PRICE, "model": {"model": "per_unit", "amount": 3.2}}, "/model/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "NaN"}}, "/model/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "1e5"}}, "/model/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "-1"}}, "/model/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": True}}, "/model/amount"),
        ({**PRICE, "model": {"model": "barter"}}, "/model"),
        ({**PRICE, "model": {"model": "flat", "amount": "1"}, "extra": 1}, "/extra"),
        ({**PRICE, "model": {"model": "graduated", "tiers": []}}, "/model/tiers"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused_where_it_is_entered(call, body, pointer) -> None:
    ask, model = call, call.model
    before = dict(model.items)
    status, said, _ = ask("POST", "/v1/prices", body)
    assert (status, said["code"]) == (422, "invalid")
    assert pointer in [one["pointer"] for one in said["errors"]]
    assert model.items == before


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "[1,",
        '{"a": NaN}',
        '{"a": 1e999999999}',
        "[" * 100 + "]" * 100,
        "1" * 5000,
        "null",
        "7",
    ],
)
def test_hostile_bodies_are_4xx_and_leave_nothing(call, raw: str) -> None:
    ask, model = call, call.model
    before = dict(model.items)
    status, said, _ = ask("POST", "/v1/customers", raw=raw)
    assert 400 <= status < 500
    assert said["code"]
    assert model.items == before


def test_a_body_that_is_too_large(call) -> None:
    ask = call
    raw = json.dumps({"name": "x" * http.BYTES_MAX})
    assert ask("POST", "/v1/customers", raw=raw)[0] == 413
