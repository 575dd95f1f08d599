"""Hostile requests on every route that takes a body: 4xx with a reason, and nothing is stored."""

import json

import pytest

from tests.functions.test_previews import ORDER
from tests.support.http_api import CUSTOMER, ENTITY

DEEP = '{"a":' * 200 + "1" + "}" * 200
QUANTITY = {"component": "seats", "quantity": "3", "effective_on": "2013-01-20"}
ROUTES = {
    "POST /v1/entities": ENTITY,
    "POST /v1/products": {"code": "p", "name": "P"},
    "POST /v1/meters": {"code": "m", "event_type": "t", "aggregation": "count"},
    "POST /v1/prices": {
        "code": "p2",
        "product": "seat",
        "currency": "EUR",
        "kind": "advance",
        "model": {"model": "per_unit", "amount": "3.20"},
    },
    "POST /v1/plans": {
        "code": "p3",
        "name": "P",
        "unit": "month",
        "components": [{"code": "c", "price": "seat", "description": "C"}],
    },
    "POST /v1/customers": {**CUSTOMER, "external_id": "M2"},
    "PATCH /v1/customers/ext:M1": {"name": "N"},
    "POST /v1/subscriptions": {**ORDER, "external_id": "S2", "quantities": {"seats": "2"}},
    "POST /v1/subscriptions/preview": {**ORDER, "quantities": {"seats": "2"}},
    "POST /v1/subscriptions/ext:S1/quantity": QUANTITY,
    "POST /v1/subscriptions/ext:S1/change-preview": {"change": "quantity", **QUANTITY},
    "POST /v1/subscriptions/ext:S1/items": {
        "component": "seats",
        "description": "D",
        "quantity": "1",
        "effective_on": "2013-01-20",
    },
    "POST /v1/subscriptions/ext:S1/plan": {"plan": "team", "effective_on": "2013-01-20"},
    "POST /v1/subscriptions/ext:S1/cancel": {"effective_on": "2013-01-20"},
    "POST /v1/invoices/preview": {"customer": "ext:M1", "on": "2013-02-01"},
    "POST /v1/bill-runs": {"entity": "fr", "target_on": "2013-02-01"},
}
RAW = {
    "no JSON": "{",
    "nothing": "",
    "a number": "7",
    "null": "null",
    "an array": "[]",
    "NaN": '{"a": NaN}',
    "infinite": '{"a": -Infinity}',
    "a huge exponent": '{"a": 1e999999999}',
    "many digits": '{"a": ' + "9" * 5000 + "}",
    "deep": DEEP,
    "a lone surrogate": '{"a": "\\ud800"}',
}
VALUES = [
    0.1,
    1e300,
    True,
    -1,
    10**30,
    "1e5",
    "NaN",
    "-0.0.1",
    "9999-12-31",
    "\ud800",
    "\x00",
    "x" * 5000,
    [],
    [[]],
    {"a": {"b": []}},
]


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", {**ORDER, "quantities": {"seats": "2"}})
    return call


def refused(shop, name: str, raw: str) -> bool:
    """Send a body; say whether it was refused, and see that a refusal leaves nothing."""
    before, objects = dict(shop.model.items), dict(shop.objects.bodies)
    method, _, path = name.partition(" ")
    status, found, _ = shop(method, path, raw=raw, idempotency_key="k")
    assert status < 500, (name, raw[:200], found)
    if status < 300:
        return False
    assert found["code"]
    assert found["detail"]
    assert (shop.model.items, shop.objects.bodies) == (before, objects)
    return True


@pytest.mark.parametrize("name", ROUTES)
def test_what_is_no_request_is_refused(shop, name: str) -> None:
    for what, raw in RAW.items():
        assert refused(shop, name, raw), what


@pytest.mark.parametrize("name", ROUTES)
def test_no_value_of_any_field_is_a_fault_of_ours(shop, name: str) -> None:
    for field in ROUTES[name]:
        for value in VALUES:
            refused(shop, name, json.dumps({**ROUTES[name], field: value}))


@pytest.mark.parametrize("name", ROUTES)
def test_fields_that_are_not_known_are_refused(shop, name: str) -> None:
    assert refused(shop, name, json.dumps({**ROUTES[name], "surprise": 1}))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("POST /v1/subscriptions/ext:S1/quantity", "quantity"),
        ("POST /v1/subscriptions/ext:S1/items", "quantity"),
        ("POST /v1/subscriptions/ext:S1/change-preview", "quantity"),
    ],
)
@pytest.mark.parametrize("value", [3, 3.5, "3,5", "+3", " 3", "1e2", "NaN", "Infinity", "-1", None])
def test_a_quantity_is_a_decimal_as_text(shop, name: str, field: str, value) -> None:
    assert refused(shop, name, json.dumps({**ROUTES[name], field: value}))


@pytest.mark.parametrize("name", ROUTES)
def test_what_is_asked_here_is_else_accepted(shop, name: str) -> None:
    body = {**ROUTES[name], "version": 2} if name.endswith("entities") else ROUTES[name]
    assert not refused(shop, name, json.dumps(body))
