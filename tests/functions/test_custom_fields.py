"""Custom fields over the API: declared, given, carried into documents, shown where asked."""

import json

import pytest

from solde.runtime.documents import rendered
from tests.support.http_api import CUSTOMER, ENTITY, NOW

DECLARED = [
    {"on": "customer", "name": "site", "type": "string", "label": "Site"},
    {"on": "subscription", "name": "vip", "type": "boolean", "label": "VIP"},
    {"on": "line", "name": "weight", "type": "number", "label": "Weight"},
    {
        "on": "document",
        "name": "part",
        "type": "choice",
        "label": "Part",
        "labels": {"fr": "Lot"},
        "choices": ["A", "B"],
    },
]
FULL = [{"labels": {}, "choices": [], **one} for one in DECLARED]
ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
HOUSE = {"entity": "fr", "since": NOW.date().isoformat()}


@pytest.fixture
def shop(call):
    call.shop()
    seller = {**ENTITY, "version": 2, "custom_fields": DECLARED}
    assert call.made("POST", "/v1/entities", seller)["custom_fields"] == FULL
    return call


def refused(call, path: str, body: dict, method: str = "POST") -> tuple[int, str, str]:
    status, answer, _ = call(method, path, body)
    (error,) = answer["errors"]
    return status, error["pointer"], error["detail"]


def test_a_customer_is_given_values_and_loses_those_that_are_null(shop) -> None:
    path = "/v1/customers/ext:M1"
    changed = shop.made("PATCH", path, {"custom_fields": {"site": "N-7"}})
    assert changed["custom_fields"] == {"site": "N-7"}
    assert shop.made("PATCH", path, {"name": "Martin"})["custom_fields"] == {"site": "N-7"}
    made = {**CUSTOMER, "external_id": "M2", "custom_fields": {"site": "S"}}
    assert shop.made("POST", "/v1/customers", made)["custom_fields"] == {"site": "S"}
    gone = shop.made("PATCH", path, {"custom_fields": {"site": None}})
    assert gone["custom_fields"] == {}


@pytest.mark.parametrize(
    ("path", "more", "pointer", "said"),
    [
        ("/v1/customers", {**CUSTOMER, "custom_fields": {"x": "1"}}, "/x", "expected one of site"),
        (
            "/v1/subscriptions",
            {**ORDER, "references": {"custom_fields": {"vip": "yes"}}},
            "/references/custom_fields/vip",
            "expected true or false as vip",
        ),
        (
            "/v1/subscriptions",
            {**ORDER, "item_fields": {"seats": {"weight": "heavy"}}},
            "/item_fields/seats/custom_fields/weight",
            "a decimal as text",
        ),
        (
            "/v1/subscriptions",
            {**ORDER, "item_fields": {"beds": {}}},
            "/item_fields/beds",
            "expected components ['seats']",
        ),
        (
            "/v1/entities",
            {**ENTITY, "version": 3, "custom_fields": [{**DECLARED[0], "type": "date"}]},
            "/custom_fields/0/type",
            "to stay a string",
        ),
        (
            "/v1/entities",
            {**ENTITY, "version": 3, "custom_fields": [{**DECLARED[0], "choices": ["x"]}]},
            "/custom_fields/0/choices",
            "expected none of a string",
        ),
        ("/v1/templates", {**HOUSE, "fields": ["line.height"]}, "/fields/0", "found line.height"),
        (
            "/v1/templates",
            {**HOUSE, "blocks": [{"place": "footer", "text": "\n{{ customer.fields.sight }}"}]},
            "/blocks/0/text",
            "line 2, column 20: expected one of site, found customer.fields.sight",
        ),
    ],
)
def test_what_is_not_declared_or_does_not_fit_is_refused(shop, path, more, pointer, said) -> None:
    status, where, detail = refused(shop, path, more)
    assert status == 422
    assert where.endswith(pointer)
    assert said in detail


def test_a_document_carries_what_was_given_and_shows_what_its_template_says(shop) -> None:
    shop.made("PATCH", "/v1/customers/ext:M1", {"custom_fields": {"site": "N-7"}})
    text = "{% for one in subscriptions %}{{ one.fields.vip }}{% endfor %}"
    block = {"place": "header", "text": f"Site {{{{ customer.fields.site }}}}, {text}"}
    shop.made("POST", "/v1/templates", {**HOUSE, "fields": ["line.weight"], "blocks": [block]})
    asked = {**ORDER, "references": {"custom_fields": {"vip": True}}}
    asked |= {"item_fields": {"seats": {"weight": "12.50"}}, "quantities": {"seats": "1"}}
    sold = shop.made("POST", "/v1/subscriptions", asked)
    assert sold["custom_fields"] == {"vip": True}
    assert sold["timeline"][0]["custom_fields"] == {"weight": "12.50"}
    device = {"component": "seats", "description": "Crane", "effective_on": "2013-01-10"}
    added = shop.made(
        "POST",
        f"/v1/subscriptions/{sold['id']}/items",
        {**device, "custom_fields": {"weight": "7"}},
    )
    assert added["timeline"][1]["custom_fields"] == {"weight": "7"}
    shop.bills(NOW)
    (invoice,) = shop("GET", "/v1/invoices")[1]["data"]
    document = shop("GET", f"/v1/invoices/{invoice['id']}/documents/json")[1]
    assert document["customer"]["fields"][0]["value"] == "N-7"
    values = [line["fields"][0]["value"] for line in document["lines"]]
    assert values == ["12.50", "7"]
    page = rendered(document)["html"].decode()
    assert "Site N-7, oui" in page
    assert "Weight 12,50" in page


def test_a_subscription_says_other_values_from_a_day_on(shop) -> None:
    sold = shop.made("POST", "/v1/subscriptions", ORDER)
    path = f"/v1/subscriptions/{sold['id']}"
    shop.made("POST", f"{path}/references", {"custom_fields": {"vip": False}})
    assert shop("GET", path)[1]["custom_fields"] == {"vip": False}
    change = shop("GET", f"{path}/changes")[1]["data"][0]
    assert change["custom_fields"] == {"vip": False}


def test_a_document_by_hand_has_fields_of_its_own_and_of_its_lines(shop) -> None:
    line = {"product": "seat", "description": "Crane", "unit_amount": "10"}
    asked = {"customer": "ext:M1", "lines": [{**line, "custom_fields": {"weight": "3"}}]}
    asked |= {"custom_fields": {"part": "B"}}
    bad = {**asked, "lines": [line, {**line, "custom_fields": {"weight": 3}}]}
    status, pointer, _ = refused_by_hand(shop, bad)
    assert (status, pointer) == (422, "/lines/1/custom_fields/weight")
    made = shop.made("POST", "/v1/invoices", asked, Idempotency_Key="k1")["data"][0]
    document = shop("GET", f"/v1/invoices/{made['id']}/documents/json")[1]
    assert document["fields"] == [{"name": "part", "label": "Lot", "type": "choice", "value": "B"}]
    assert document["lines"][0]["fields"][0]["value"] == "3"
    assert document["totals"]["net"] == 10_00
    deposit = {**asked, "purchase_order": "B1", "deposit": {"percent": "10"}}
    status, answer, _ = shop("POST", "/v1/invoices", deposit, Idempotency_Key="k2")
    assert status == 422
    assert "not on its deposit" in json.dumps(answer)


def refused_by_hand(call, body: dict) -> tuple[int, str, str]:
    status, answer, _ = call("POST", "/v1/invoices", body, Idempotency_Key="k0")
    return status, answer["errors"][0]["pointer"], answer["errors"][0]["detail"]
