"""Issued documents by the API: lists, forms, and where each amount comes from."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from functions.invoices import forms
from solde.domain.invoicing.canonical import canonical
from solde.ports.billing import PackSlice, Rendered
from solde.storage.invoices import rendered_to_item
from tests.functions.test_previews import ORDER
from tests.support.http_api import ENTITY, NOW
from tests.support.structured import golden

LATER = datetime(2013, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
def billed(call):
    """Two seats of January, then a third from the 11th on, on a second invoice."""
    call.shop()
    call.made("POST", "/v1/subscriptions", {**ORDER, "quantities": {"seats": "2"}})
    call.bills(NOW)
    change = {"component": "seats", "quantity": "3", "effective_on": "2013-01-11"}
    call.made("POST", "/v1/subscriptions/ext:S1/quantity", change)
    call.bills(LATER)
    return call


def ids(call, **query) -> list[str]:
    return [row["id"] for row in call("GET", "/v1/invoices", query=query)[1]["data"]]


def test_lists_are_newest_first_and_can_be_narrowed(billed) -> None:
    second, first = ids(billed)
    assert ids(billed, customer="ext:M1") == [second, first]
    assert ids(billed, status="open") == [second, first]
    assert ids(billed, status=["paid", "partly_paid"]) == []
    assert ids(billed, **{"created_at[gte]": "2013-01-15T00:00:00Z"}) == [second]
    page = billed("GET", "/v1/invoices", query={"limit": "1", "customer": "ext:M1"})[1]
    assert (page["object"], page["has_more"]) == ("list", True)
    assert ids(billed, limit="1", cursor=page["next_cursor"], customer="ext:M1") == [first]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "x"},
        {"cursor": "%%%"},
        {"cursor": "A" * 900},
        {"status": "lost"},
        {"created_at[gte]": "yesterday"},
        {"created_at[gte]": "2013-01-15T00:00:00"},
    ],
)
def test_filters_that_make_no_sense(billed, query) -> None:
    status, found, _ = billed("GET", "/v1/invoices", query=query)
    assert (status, found["code"]) == (422, "invalid")


def test_the_forms_of_a_document(billed) -> None:
    _, first = ids(billed)
    forms = billed("GET", f"/v1/invoices/{first}/documents")[1]["data"]
    assert [one["form"] for one in forms] == ["json"]  # nothing is rendered yet
    status, body, headers = billed("GET", f"/v1/invoices/{first}/documents/json")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    text = canonical(body)
    assert (hashlib.sha256(text).hexdigest(), len(text)) == (forms[0]["sha256"], forms[0]["size"])


def test_a_rendered_form_is_given_as_its_bytes(billed) -> None:
    _, first = ids(billed)
    pdf = b"%PDF-1.7 \xff"
    billed.objects.bodies["documents/x.pack"] = b"<html>" + pdf
    item = next(one for key, one in billed.model.items.items() if key.sk == f"I#{first}")
    place = PackSlice("documents/x.pack", 6, len(pdf))
    item["docs"] = rendered_to_item({"pdf": Rendered(place, hashlib.sha256(pdf).hexdigest())})
    forms = billed("GET", f"/v1/invoices/{first}/documents")[1]["data"]
    assert [(one["form"], one["size"]) for one in forms[1:]] == [("pdf", 10)]
    status, body, headers = billed("GET", f"/v1/invoices/{first}/documents/pdf")
    assert (status, body, headers["Content-Type"]) == (200, pdf, "application/pdf")
    assert headers["Content-Disposition"] == 'attachment; filename="FR-2013-000001.pdf"'


@pytest.mark.parametrize("form", ["cii", "ubl"])
def test_a_structured_invoice_is_given_as_xml(billed, form) -> None:
    _, first = ids(billed)
    billed.objects.bodies["documents/x.pack"] = b"<a>\xc3\xa9</a>"
    item = next(one for key, one in billed.model.items.items() if key.sk == f"I#{first}")
    item["docs"] = rendered_to_item({form: Rendered(PackSlice("documents/x.pack", 0, 9), "0" * 64)})
    status, body, headers = billed("GET", f"/v1/invoices/{first}/documents/{form}")
    assert (status, headers["Content-Type"]) == (200, "application/xml")
    assert body == "<a>é</a>".encode()
    named = f'attachment; filename="FR-2013-000001.{form}.xml"'
    assert headers["Content-Disposition"] == named


def test_a_profile_that_is_asked_for_is_written_or_refused_by_rule(billed) -> None:
    """The seller has no VAT id: his document is refused, and so is a profile that is none."""
    _, first = ids(billed)
    asked = f"/v1/invoices/{first}/documents/ubl"
    status, found, _ = billed("GET", asked, query={"profile": "peppol"})
    assert (status, found["code"]) == (422, "invalid")
    assert "BR-S-02: entity.registration.vat_id" in found["detail"]
    status, found, _ = billed("GET", asked, query={"profile": "x"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/profile")


def test_a_profile_of_a_document_is_written_on_demand(billed, monkeypatch) -> None:
    _, first = ids(billed)
    document = golden()["closed-invoice"]
    monkeypatch.setattr(forms, "closed_document", lambda *_: document)
    asked = f"/v1/invoices/{first}/documents/cii"
    status, body, headers = billed("GET", asked, query={"profile": "en16931"})
    assert (status, headers["Content-Type"]) == (200, "application/xml")
    assert b"urn:cen.eu:en16931:2017" in body
    assert headers["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    named = 'attachment; filename="FR-2013-000001.en16931.cii.xml"'
    assert headers["Content-Disposition"] == named


@pytest.mark.parametrize("form", ["pdf", "xml", "..", "json%00"])
def test_a_form_that_is_not_there(billed, form) -> None:
    status, found, _ = billed("GET", f"/v1/invoices/{ids(billed)[0]}/documents/{form}")
    assert (status, found["code"]) == (404, "not_found")


def test_a_line_says_where_its_amount_comes_from(billed) -> None:
    second, _ = ids(billed)
    status, found, _ = billed("GET", f"/v1/invoices/{second}/lines/1/explanation")
    assert status == 200, found
    assert found["key"]["period"] == {"start_on": "2013-01-01", "end_on": "2013-02-01"}
    assert found["price"]["model"] == {"model": "per_unit", "amount": "31.00"}
    assert (found["units"], found["share"], found["exact"]) == ("1", "21/31", "21")
    assert found["net"] == 21_00
    assert found["rounding"] == {
        "lines_before": 1,
        "exact_before": "62",
        "net_before": 62_00,
        "exact_after": "83",
        "net_after": 83_00,
    }
    assert found["timeline"]["unchanged"] is True
    assert [(one["start_on"], one["quantity"]) for one in found["timeline"]["stretches"]] == [
        ("2013-01-01", "2"),
        ("2013-01-11", "3"),
    ]
    assert found["tax"]["amount"] == 4_12  # 19.6 % of 21.00


def test_a_document_is_answered_with_the_tree_of_its_amounts(billed) -> None:
    second, _ = ids(billed)
    status, found, _ = billed("GET", f"/v1/invoices/{second}/explanation")
    assert (status, found["invoice"]) == (200, second)
    (node,) = found["tree"]["lines"]
    assert (node["how"], node["before"]) == ("difference", {"exact": "62", "gross": 62_00})
    assert found["document"]["lines"][0]["net"] == 21_00
    of_line = billed("GET", f"/v1/invoices/{second}/lines/1/explanation")[1]["derivation"]
    assert of_line["tariff"] == found["tree"]["tariffs"][0]
    assert [one["share"] for one in of_line["key"]["now"]] == ["10/31", "21/31"]


def test_the_tree_of_a_long_document_is_asked_for_line_by_line(billed, monkeypatch) -> None:
    monkeypatch.setattr("functions.invoices.api.BYTES_MAX", 1_000)
    first, _ = ids(billed)
    status, found, _ = billed("GET", f"/v1/invoices/{first}/explanation")
    assert (status, found["code"]) == (413, "too_large")
    assert billed("GET", f"/v1/invoices/{first}/lines/1/explanation")[0] == 200


def test_a_line_whose_timeline_has_changed_since_says_so(billed) -> None:
    _, first = ids(billed)
    found = billed("GET", f"/v1/invoices/{first}/lines/1/explanation")[1]
    assert found["steps"] == [{"quantity": "2", "unit_amount": "31", "exact": "62", "label": ""}]
    assert (found["rounding"]["lines_before"], found["timeline"]["unchanged"]) == (0, False)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/invoices/{0}/lines/0/explanation", 404),
        ("/v1/invoices/{0}/lines/2/explanation", 404),
        ("/v1/invoices/{0}/lines/x/explanation", 422),
        ("/v1/invoices/inv_x/lines/1/explanation", 404),
        ("/v1/invoices/inv_x/explanation", 404),
        ("/v1/invoices/inv_" + "0" * 26, 404),
        ("/v1/invoices/" + "x" * 3000, 404),
    ],
)
def test_what_is_not_there(billed, path, status) -> None:
    assert billed("GET", path.format(ids(billed)[0]))[0] == status


def test_an_id_of_another_kind_is_named(billed) -> None:
    customer = billed("GET", "/v1/customers/ext:M1")[1]["id"]
    invoice, _ = ids(billed)
    said = billed("GET", f"/v1/invoices/{customer}")[1]["detail"]
    assert "this is a customer id; expected an invoice id" in said
    said = billed("GET", f"/v1/subscriptions/{customer}")[1]["detail"]
    assert "this is a customer id; expected a subscription id" in said
    said = billed("GET", f"/v1/bill-runs/{invoice}")[1]["detail"]
    assert "this is an invoice id; expected a bill run id" in said
    assert json.dumps(said)


def test_the_line_of_a_credit_note_is_told_with_its_sign(billed) -> None:
    billed.made("POST", "/v1/subscriptions/ext:S1/cancel", {"effective_on": "2013-01-22"})
    billed.bills(datetime(2013, 1, 21, 12, tzinfo=UTC))
    note, *invoices = ids(billed)
    assert note.startswith("crn_")
    lines = billed("GET", f"/v1/invoices/{note}")[1]["document"]["lines"]
    told = [
        billed("GET", f"/v1/invoices/{note}/lines/{one['line']}/explanation")[1] for one in lines
    ]
    # 3 seats for 10 of 31 days go back: 2 of the first invoice, 1 of the second
    assert sorted(one["net"] for one in told) == [-20_00, -10_00]
    assert {one["corrects"]["id"] for one in told} == set(invoices)
    # 62.00 + 21.00 stand before it: 73.00 is left, then 53.00
    assert sorted(one["rounding"]["net_after"] for one in told) == [53_00, 73_00]
    for one in told:
        rounding = one["rounding"]
        assert rounding["net_after"] - rounding["net_before"] == one["net"]


@pytest.mark.parametrize(
    ("calendar", "due_on"),
    # 90 days from the end of January 2013 are 1 May, a Wednesday
    [("", "2013-05-01"), ("FR", "2013-05-02"), ("TARGET", "2013-05-02")],
)
def test_a_seller_says_whose_holidays_count(call, calendar, due_on) -> None:
    call.shop()
    terms = {"terms_days": 90, "terms_kind": "end_of_month_plus_days", "due_roll": "following"}
    said = {**ENTITY, **terms, "due_calendar": calendar, "version": 2}
    assert call.made("POST", "/v1/entities", said)["due_calendar"] == calendar
    call.made("POST", "/v1/subscriptions", ORDER)
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    assert row["due_on"] == due_on
    terms = call("GET", f"/v1/invoices/{row['id']}")[1]["document"]["terms"]
    assert terms.get("calendar", "") == calendar
    for wrong in ({"due_calendar": "FR"}, {"due_calendar": "Mars", "due_roll": "following"}):
        status, found, _ = call("POST", "/v1/entities", {**ENTITY, **wrong, "version": 3})
        assert (status, found["errors"][0]["pointer"]) == (422, "/due_calendar")


def test_a_seller_says_from_when_terms_count_and_where_weekends_go(call) -> None:
    """45 days from the end of January 2013 are 17 March, a Sunday: Monday the 18th."""
    call.shop()
    terms = {"terms_days": 45, "terms_kind": "end_of_month_plus_days", "due_roll": "following"}
    call.made("POST", "/v1/entities", {**ENTITY, **terms, "version": 2})
    call.made("POST", "/v1/subscriptions", ORDER)
    asked = {"customer": "ext:M1", "on": "2013-01-10"}
    (shown,) = call.made("POST", "/v1/invoices/preview", asked)["documents"]
    assert shown["due_on"] == "2013-03-18"
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    assert row["due_on"] == "2013-03-18"
    for wrong in ({"terms_kind": "someday"}, {"due_roll": "sideways"}):
        status, found, _ = call("POST", "/v1/entities", {**ENTITY, **wrong, "version": 3})
        assert (status, found["errors"][0]["pointer"]) == (422, f"/{next(iter(wrong))}")
