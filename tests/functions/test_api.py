"""The API over the model table: a refusal says what was expected and found; nothing is 5xx."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from solde.runtime import access, clock, http, idempotency, paging, wiring
from solde.storage.api_keys import put_api_key
from tests.support.model_table import ModelTable

KEY = access.make_key("test", 123456789)
READER = access.make_key("test", 987654321)
CACHED = ("entities", "catalogs", "customers", "subscriptions", "billing", "runs")
ENTITY = {
    "code": "fr",
    "name": "Solde SAS",
    "address": {"lines": ["1 rue X"], "postcode": "75001", "city": "Paris", "country": "FR"},
    "currency": "EUR",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "tax_regime": "FR",
    "number_prefix": "FR",
    "terms_days": 30,
}
CUSTOMER = {
    "entity": "fr",
    "name": "Martin",
    "address": ENTITY["address"],
    "email": "a@b.test",
    "external_id": "M1",
}


@pytest.fixture
def call(monkeypatch):
    model = ModelTable()
    monkeypatch.setenv("STAGE", "test")
    for module in (wiring, access, clock, idempotency, paging):
        monkeypatch.setattr(module, "table", lambda: model)
    monkeypatch.setattr(clock, "_seen", None)
    monkeypatch.setattr(access, "_seen", {})
    for name in CACHED:
        getattr(wiring, name).cache_clear()
    at = datetime(2013, 1, 1, tzinfo=UTC)
    put_api_key(model, access.hash_of(KEY), name="all", scopes=["*"], at=at)
    put_api_key(model, access.hash_of(READER), name="r", scopes=["customers:read"], at=at)
    from functions.catalog import api as catalog  # noqa: PLC0415 - after the stage is set
    from functions.customers import api as customers  # noqa: PLC0415

    handlers = {"customers": customers, "entities": catalog, "prices": catalog}

    def ask(method, path, body=None, *, key=KEY, idempotency_key=None, raw=None):
        headers = {"content-type": "application/json", "authorization": f"Bearer {key}"}
        if idempotency_key:
            headers["idempotency-key"] = idempotency_key
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": "",
            "headers": headers,
            "body": raw if raw is not None else (json.dumps(body) if body is not None else None),
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "r1",
                "http": {"method": method, "path": path},
                "stage": "$default",
            },
        }
        handler = handlers[path.split("/")[2]].lambda_handler
        answer = handler(event, SimpleNamespace(aws_request_id="r1"))
        return answer["statusCode"], json.loads(answer["body"]), answer["headers"]

    yield ask, model
    for name in CACHED:
        getattr(wiring, name).cache_clear()


def test_a_customer_is_created_read_and_listed(call) -> None:
    ask, _ = call
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
    ask, model = call
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
    ask, model = call
    before = dict(model.items)
    answer = ask("POST", "/v1/customers", CUSTOMER, key=key)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert model.items == before


PRICE = {"code": "p", "product": "x", "currency": "EUR", "kind": "advance"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**PRICE, "model": {"model": "per_unit", "amount": 3.2}}, "/model/per_unit/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "NaN"}}, "/model/per_unit/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "1e5"}}, "/model/per_unit/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": "-1"}}, "/model/per_unit/amount"),
        ({**PRICE, "model": {"model": "per_unit", "amount": True}}, "/model/per_unit/amount"),
        ({**PRICE, "model": {"model": "barter"}}, "/model"),
        ({**PRICE, "model": {"model": "flat", "amount": "1"}, "extra": 1}, "/extra"),
        ({**PRICE, "model": {"model": "graduated", "tiers": []}}, "/model/graduated/tiers"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused_where_it_is_entered(call, body, pointer) -> None:
    ask, model = call
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
    ask, model = call
    before = dict(model.items)
    status, said, _ = ask("POST", "/v1/customers", raw=raw)
    assert 400 <= status < 500
    assert said["code"]
    assert model.items == before


def test_a_body_that_is_too_large(call) -> None:
    ask, _ = call
    raw = json.dumps({"name": "x" * http.BYTES_MAX})
    assert ask("POST", "/v1/customers", raw=raw)[0] == 413
