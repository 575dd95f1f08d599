"""Templates over the API: made in versions, proved, and taken by documents of their day."""

import json

import pytest

from solde.runtime.documents import rendered
from solde.storage.usage import UsageTable
from tests.support.api_examples import DOT
from tests.support.closed import french
from tests.support.http_api import CUSTOMER, ENTITY, NOW

TODAY = NOW.date().isoformat()
THANKS = {"place": "after_lines", "text": "Merci, {{ customer.name }} !"}
HOUSE = {"entity": "fr", "since": TODAY, "colours": {"accent": "#8a1f4d"}}


def test_a_template_is_made_read_and_listed(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    body = {**HOUSE, "language": "fr", "blocks": [THANKS], "show": {"subtotals": False}}
    made = call.made("POST", "/v1/templates", {**body, "metadata": {"by": "Léa"}})
    assert (made["object"], made["id"], made["version"]) == ("template", "fr::fr", 1)
    assert made["blocks"] == [{**THANKS, "when": ""}]
    assert made == call("GET", "/v1/templates/fr::fr")[1]
    assert made == call.made("POST", "/v1/templates", {**body, "metadata": {"by": "Léa"}})
    call.made("POST", "/v1/templates", {**HOUSE, "group": "retail"})
    listed = call("GET", "/v1/templates")[1]["data"]
    assert [one["id"] for one in listed] == ["fr::fr", "fr:retail"]
    assert call("GET", "/v1/templates/fr")[0] == 404
    assert call("GET", f"/v1/templates/{'f' * 95}")[0] == 404


@pytest.mark.parametrize(
    ("fields", "pointer", "said"),
    [
        ({"colours": {"accent": "red"}}, "/colours/accent", "six digits"),
        ({"columns": ["amount"]}, "/columns", "description first"),
        ({"version": 2}, "/version", "expected 1, found 2"),
        ({"since": "2013-01-09"}, "/since", "expected 2013-01-10 or later"),
        ({"blocks": [{"place": "footer", "text": "a\n{{ x }}"}]}, "/blocks/0/text", "line 2, col"),
        ({"blocks": [{**THANKS, "when": "x"}]}, "/blocks/0/when", "line 1, column 1"),
        ({"blocks": [{"place": "side", "text": "x"}]}, "/blocks/0/place", "'header'"),
        ({"blocks": [{"place": "footer", "text": "a\u0007"}]}, "/blocks/0/text", "U+0007"),
        ({"show": {"chorus": True}}, "/show/chorus", "subtotals"),
        ({"logo": 7}, "/logo", ""),
    ],
)
def test_what_cannot_be_set_is_refused_with_its_place(call, fields, pointer, said) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    status, answer, _ = call("POST", "/v1/templates", {**HOUSE, **fields})
    assert status == 422
    assert answer["errors"][0]["pointer"].startswith(pointer)
    assert said in json.dumps(answer, ensure_ascii=False)


def test_templates_are_of_an_entity_and_need_their_scope(call) -> None:
    assert call("POST", "/v1/templates", HOUSE)[0] == 404
    key = call.key("customers:write", "templates:read")
    assert call("POST", "/v1/templates", HOUSE, key=key)[0] == 403
    assert call("GET", "/v1/templates", key=key)[0] == 200


def test_a_document_pins_what_it_takes_and_keeps_it(call) -> None:
    call.shop()
    call.made("PATCH", "/v1/customers/ext:M1", {"group": "retail", "language": "fr-FR"})
    assert call("GET", "/v1/customers/ext:M1")[1]["group"] == "retail"
    call.made("POST", "/v1/templates", {**HOUSE, "group": "retail", "blocks": [THANKS]})
    later = {**HOUSE, "version": 2, "since": "2013-02-01", "group": "retail"}
    call.made("POST", "/v1/templates", {**later, "colours": {"accent": "#000000"}})
    bought = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", {**bought, "quantities": {"seats": "1"}})
    call.bills(NOW)
    invoice = call("GET", "/v1/invoices")[1]["data"][0]["id"]
    document = call("GET", f"/v1/invoices/{invoice}/documents/json")[1]
    assert document["templates"] == [
        {"template": "fr:retail", "version": 1, "since": "2013-01-10"},
        {"template": "fr:retail", "version": 2, "since": "2013-02-01"},
    ]
    assert document["customer"]["group"] == "retail"
    once = rendered(document)
    assert b":root{--accent:#8a1f4d}" in once["html"]
    assert "Merci, Martin !" in once["html"].decode()
    call.made("POST", "/v1/templates", {**HOUSE, "version": 3, "group": "retail"})
    assert rendered(document) == once
    issued_later = {**document, "envelope": {**document["envelope"], "issued_on": "2013-02-01"}}
    assert b":root{--accent:#000000}" in rendered(issued_later)["html"]


def test_a_customer_leaves_a_group(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    made = call.made("POST", "/v1/customers", {**CUSTOMER, "group": "retail"})
    assert made["group"] == "retail"
    assert call.made("PATCH", "/v1/customers/ext:M1", {"group": None})["group"] is None


def test_a_logo_is_uploaded_once_and_named_by_templates(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    once = call.made("POST", "/v1/logos", {"content": DOT})
    assert (once["object"], once["width"], once["height"]) == ("logo", 1, 1)
    assert once == call.made("POST", "/v1/logos", {"content": DOT})
    made = call.made("POST", "/v1/templates", {**HOUSE, "logo": once["id"]})
    assert made["logo"] == once["id"]
    assert call.made("POST", "/v1/templates", {**HOUSE, "version": 2, "logo": ""})["logo"] == ""


@pytest.mark.parametrize("content", ["not base64!", "QUJD", "a" * 700_001])
def test_what_is_no_picture_is_refused(call, content) -> None:
    status, answer, _ = call("POST", "/v1/logos", {"content": content})
    assert (status, answer["errors"][0]["pointer"]) == (422, "/content")


def test_a_template_names_a_logo_that_there_is(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    status, answer, _ = call("POST", "/v1/templates", {**HOUSE, "logo": "log_" + "0" * 26})
    assert (status, answer["errors"][0]["pointer"]) == (404, "/logo")


def test_a_documents_logo_is_read_from_its_object(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    logo = call.made("POST", "/v1/logos", {"content": DOT})["id"]
    call.made("POST", "/v1/templates", {**HOUSE, "logo": logo})
    pins = [{"template": "fr", "version": 1, "since": TODAY}]
    assert (
        b'<img class="logo" src="data:image/png;base64,'
        in rendered({**french(), "templates": pins})["html"]
    )


def test_usage_is_read_further_back_for_those_whose_template_shows_it(call, monkeypatch) -> None:
    call.shop()
    meter = {"code": "gas", "event_type": "read", "aggregation": "sum", "value": "m3"}
    call.made("POST", "/v1/meters", meter)
    price = {"code": "gas", "product": "seat", "currency": "EUR", "kind": "usage", "meter": "gas"}
    call.made("POST", "/v1/prices", {**price, "model": {"model": "per_unit", "amount": "2"}})
    part = {"code": "gas", "price": "gas", "description": "Gas"}
    call.made(
        "POST", "/v1/plans", {"code": "g", "name": "G", "unit": "month", "components": [part]}
    )
    bought = {"customer": "ext:M1", "plan": "g", "start_on": "2012-12-01", "external_id": "S1"}
    call.made("POST", "/v1/subscriptions", bought)
    read = []
    measure = UsageTable.measure

    def noted(self, customer_id, within, catalog, *, only=""):
        read.append(within.start_on.isoformat())
        return measure(self, customer_id, within, catalog, only=only)

    monkeypatch.setattr(UsageTable, "measure", noted)
    asked = {"customer": "ext:M1", "on": "2013-02-01"}
    call.made("POST", "/v1/invoices/preview", asked)
    call.made("POST", "/v1/templates", {**HOUSE, "group": "retail", "show": {"usage_chart": True}})
    call.made("POST", "/v1/invoices/preview", asked)
    plain = list(read)
    call.made("PATCH", "/v1/customers/ext:M1", {"group": "retail"})
    call.made("POST", "/v1/invoices/preview", asked)
    assert len(set(plain)) == 1
    assert (len(read), read[-1]) == (3, "2012-02-01")
