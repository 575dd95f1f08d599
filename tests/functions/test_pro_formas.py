"""Pro formas over HTTP: of lines, of a milestone, of the next bill; nothing is owed by any."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from solde.runtime import bill_run, wiring
from solde.storage.audit import AuditTable
from solde.storage.find import find_invoice
from solde.workflows.verify.verify import verify
from tests.functions.test_invoice_plans import PLAN
from tests.support.http_api import NOW

PATH = "/v1/pro-formas"
LINE = {"product": "seat", "description": "Set-up", "quantity": "2", "unit_amount": "50.00"}
LINES = {"customer": "ext:M1", "lines": [LINE]}


@pytest.fixture
def shop(call):
    call.shop()
    return call


def made(shop, body: dict, key: str = "p1") -> dict:
    (found,) = shop.made("POST", PATH, body, Idempotency_Key=key)["data"]
    return found


def subscribed(shop) -> None:
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    shop.made("POST", "/v1/subscriptions", order)


def violations(shop) -> list[str]:
    """Return what is wrong, but that here nobody mails invoices (I22)."""
    found = verify(NOW, AuditTable(shop.model), bill_run.context())
    return [text for one in found if one.code != "I22" for text in one.violations]


def test_lines_are_told_as_an_invoice_would_in_a_series_of_their_own(shop) -> None:
    """2 x 50.00 and 19.6 % of it."""
    found = made(shop, LINES)
    assert (found["object"], found["number"]) == ("pro_forma", "FR-PF-2013-000001")
    assert (found["total"], found["document"]["kind"]) == (119_60, "pro_forma")
    assert shop("GET", f"{PATH}/{found['id']}")[1] == found
    assert made(shop, LINES, "p2")["number"] == "FR-PF-2013-000002"
    invoice = shop.made("POST", "/v1/invoices", LINES, Idempotency_Key="i1")["data"][0]
    assert invoice["number"] == "FR-2013-000001"


def test_nothing_is_owed_booked_or_billed_by_it(shop) -> None:
    found = made(shop, LINES)
    assert [item for item in shop.model.items.values() if "jrn" in item] == []
    query = {"from": "2013-01-01"}
    statement = shop("GET", "/v1/customers/ext:M1/statement", query=query)[1]
    assert (statement["rows"], statement["closing"]) == ([], 0)
    assert shop("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"] == []
    assert shop("GET", "/v1/adjustments", query={"customer": "ext:M1"})[1]["data"] == []
    assert find_invoice(shop.model, found["id"]) is None
    for act in ("apply-credit", "write-off"):
        body = {"stage": "lost"} if act == "write-off" else {}
        path = f"/v1/invoices/{found['id']}/{act}"
        assert shop("POST", path, body, Idempotency_Key=act)[0] == 404
    shop.bills(NOW)
    assert shop("GET", "/v1/invoices")[1]["data"] == []


def test_the_register_and_all_invariants_know_it(shop) -> None:
    for key in ("p1", "p2"):
        made(shop, LINES, key)
    shop.made("POST", "/v1/invoices", LINES, Idempotency_Key="i1")
    assert violations(shop) == []
    stored = AuditTable(shop.model).stored()
    assert sorted(one.series for one in stored.records) == ["FR-2013", "FR-PF-2013", "FR-PF-2013"]
    lost = next(key for key in shop.model.items if key.sk.startswith("F#"))
    number = shop.model.items.pop(lost)["number"]
    assert violations(shop) == [f"{number}: documents: expected 1, found 0"]


def test_bytes_that_were_changed_are_told(shop) -> None:
    made(shop, LINES)
    (name,) = [one for one in shop.objects.bodies if one.startswith("documents/")]
    shop.objects.bodies[name] = shop.objects.bodies[name].replace(b"Set-up", b"Setup.")
    (told,) = violations(shop)
    assert told.startswith("FR-PF-2013-000001: bytes do not fit their digest")


def test_a_milestone_is_shown_on_its_day_and_stays_to_be_billed(shop) -> None:
    """30 % of 1,000.00 and 19.6 %; what waits for its event is shown as of today."""
    plan = shop.made("POST", "/v1/invoice-plans", PLAN, Idempotency_Key="o1")
    body = {"customer": "ext:M1", "milestone": {"plan": plan["id"], "milestone": 2}}
    (line,) = made(shop, body)["document"]["lines"]
    assert (line["net"], line["service"]["start_on"]) == (300_00, "2013-02-01")
    body["milestone"]["milestone"] = 3
    (line,) = made(shop, body, "p2")["document"]["lines"]
    assert (line["net"], line["service"]["start_on"]) == (400_00, "2013-01-10")
    after = shop("GET", "/v1/invoice-plans", query={"customer": "ext:M1"})[1]["data"]
    assert after == [plan]
    body["milestone"]["milestone"] = 4
    status, found, _ = shop("POST", PATH, body, Idempotency_Key="p3")
    assert (status, found["detail"]) == (404, "milestone: expected 1 to 3, found 4")
    body["milestone"]["plan"] = "pln_1"
    assert shop("POST", PATH, body, Idempotency_Key="p4")[0] == 404


def test_the_next_bill_is_shown_and_billed_as_ever(shop) -> None:
    """22 of 31 days of 31.00: 22.00, and 19.6 % of it: 26.31."""
    subscribed(shop)
    assert made(shop, {"customer": "ext:M1", "bill": {}})["total"] == 26_31
    shop.bills(NOW)
    (invoice,) = shop("GET", "/v1/invoices")[1]["data"]
    assert (invoice["total"], invoice["number"]) == (26_31, "FR-2013-000001")
    body = {"customer": "ext:M1", "bill": {"on": "2013-01-10"}}
    status, found, _ = shop("POST", PATH, body, Idempotency_Key="p2")
    assert (status, found["code"]) == (409, "state_conflict")
    assert violations(shop) == []


def test_it_is_read_and_downloaded_as_documents_are(shop) -> None:
    shop.made("PATCH", "/v1/customers/ext:M1", {"language": "fr"})
    found = made(shop, LINES)
    path = f"{PATH}/{found['id']}/documents"
    forms = shop("GET", path)[1]["data"]
    assert [one["form"] for one in forms] == ["json", "html", "pdf"]
    assert shop("GET", f"{path}/json")[1] == found["document"]
    status, body, headers = shop("GET", f"{path}/html")
    assert (status, headers["ETag"]) == (200, f'"{forms[1]["sha256"]}"')
    assert "<h1>Facture pro forma</h1>" in body.decode()
    assert "n’est pas une facture" in body.decode()
    status, body, headers = shop("GET", f"{path}/pdf")
    assert headers["Content-Disposition"] == 'attachment; filename="FR-PF-2013-000001.pdf"'
    (leaf,) = PdfReader(BytesIO(body)).pages
    assert "Montant prévu 119,60\u00a0€" in leaf.extract_text()
    assert shop("GET", f"{path}/docx")[0] == 404


def test_they_are_listed_apart(shop) -> None:
    first, second = made(shop, LINES), made(shop, LINES, "p2")
    shown = {one["id"]: one["number"] for one in (first, second)}
    for query in ({}, {"customer": "ext:M1"}):
        rows = shop("GET", PATH, query=query)[1]["data"]
        assert {one["id"]: one["number"] for one in rows} == shown
    assert {one["object"] for one in rows} == {"pro_forma"}


def test_asked_again_it_is_the_same_also_when_the_answer_was_lost(shop) -> None:
    found = made(shop, LINES)
    for key in [one for one in shop.model.items if one.pk.startswith("ID#")]:
        del shop.model.items[key]
    assert made(shop, LINES) == found
    other = {"entity": "fr", "name": "N", "address": found["document"]["entity"]["address"]}
    shop.made("POST", "/v1/customers", other | {"email": "n@b.test", "external_id": "N1"})
    for key in [one for one in shop.model.items if one.pk.startswith("ID#")]:
        del shop.model.items[key]
    body = LINES | {"customer": "ext:N1"}
    assert shop("POST", PATH, body, Idempotency_Key="p1")[0] == 409


def test_who_is_overtaken_takes_the_next_number(shop, monkeypatch) -> None:
    store, beaten = wiring.pro_formas(), []
    make = store.make

    def overtaken(numbered, *, at):
        if not beaten:
            beaten.append(numbered.record.first)
            made(shop, LINES, "p2")
        return make(numbered, at=at)

    monkeypatch.setattr(store, "make", overtaken)
    assert (made(shop, LINES)["number"], beaten) == ("FR-PF-2013-000002", [1])
    assert violations(shop) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"customer": "ext:M1"}, 422),
        (LINES | {"bill": {}}, 422),
        (LINES | {"customer": "ext:X"}, 404),
        ({"customer": "ext:M1", "bill": {"on": "2020-01-01"}}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(shop, body, status) -> None:
    assert shop("POST", PATH, body, Idempotency_Key="p1")[0] == status
    assert shop("GET", PATH)[1]["data"] == []


def test_it_needs_a_key_and_the_right(shop) -> None:
    assert shop("POST", PATH, LINES)[1]["code"] == "idempotency_key_missing"
    reader = shop.key("pro-formas:read")
    assert shop("POST", PATH, LINES, key=reader, Idempotency_Key="p1")[0] == 403
    assert shop("GET", PATH, key=reader)[0] == 200
    assert shop("GET", f"{PATH}/pfi_1")[0] == 404


def test_what_is_too_large_for_an_answer_is_refused(shop, monkeypatch) -> None:
    found = made(shop, LINES)
    monkeypatch.setattr("solde.runtime.downloads.BYTES_MAX", 10)
    status, told, _ = shop("GET", f"{PATH}/{found['id']}/documents/pdf")
    assert (status, told["code"]) == (413, "too_large")
