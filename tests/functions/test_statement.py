"""The statement of a customer over HTTP: an invoice, a payment of more than it, a credit note."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from solde.domain.money import Money
from solde.domain.payments import Received, allocate
from solde.storage.payments import PaymentTable
from tests.support.http_api import NOW

PATH = "/v1/customers/ext:M1/statement"


@pytest.fixture
def shop(call):
    """22 of 31 days of 31.00 and 19.6 %: 26.31, of which nothing is paid yet."""
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    return call


def invoice(shop) -> dict:
    (found,) = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    return found


def pays(shop, minor: int) -> None:
    store, one = PaymentTable(shop.model), invoice(shop)
    received = Received("stripe", "pi_1", Money(minor, "EUR"), one["id"], NOW)
    open_ = store.open_invoice(one["id"])
    assert store.book(received, open_, allocate(received, open_.due), at=NOW)


def asked(shop, **query: str) -> dict:
    status, found, _ = shop("GET", PATH, query={"from": "2013-01-01", **query})
    assert status == 200, found
    return found


def test_what_was_billed_is_owed(shop) -> None:
    found, number = asked(shop), invoice(shop)["number"]
    (row,) = found["rows"]
    assert (row["on"], row["kind"], row["name"]) == ("2013-01-10", "invoice", number)
    assert (found["opening"], row["amount"], found["closing"]) == (0, 26_31, 26_31)
    assert (found["currency"], found["to"], found["as_of"]) == ("EUR", "2013-01-10", "2013-01-10")
    assert (found["unapplied"], found["ageing"]["not_due"]) == (0, 26_31)


def test_what_is_paid_too_much_is_credit_and_shown_apart(shop) -> None:
    pays(shop, 30_00)
    found = asked(shop)
    assert [(one["kind"], one["amount"], one["balance"]) for one in found["rows"]] == [
        ("invoice", 26_31, 26_31),
        ("payment", -30_00, -3_69),
    ]
    assert (found["closing"], found["unapplied"]) == (-3_69, 3_69)
    assert sum(found["ageing"].values()) == 0


def test_a_credit_note_settles_its_invoice(shop) -> None:
    note = {"invoice": invoice(shop)["id"]}
    shop.made("POST", "/v1/credit-notes", note, Idempotency_Key="n1")
    found = asked(shop)
    assert [one["kind"] for one in found["rows"]] == ["invoice", "credit_note"]
    assert (found["closing"], found["unapplied"], sum(found["ageing"].values())) == (0, 0, 0)


def test_opening_documents_and_settlements_are_the_closing(shop) -> None:
    pays(shop, 20_00)
    found = asked(shop)
    assert (found["opening"], found["documents"], found["settlements"]) == (0, 26_31, 20_00)
    assert found["closing"] == 6_31


def test_what_is_doubtful_is_owed_and_what_is_lost_is_not(shop) -> None:
    path = f"/v1/invoices/{invoice(shop)['id']}/write-off"
    for stage, owed in (("doubtful", 26_31), ("lost", 0)):
        shop.made("POST", path, {"stage": stage}, Idempotency_Key=stage)
        found = asked(shop)
        assert (found["closing"], sum(found["ageing"].values())) == (owed, owed)


def test_a_later_statement_opens_with_what_was_owed(shop) -> None:
    found = asked(shop, **{"from": "2013-01-11", "to": "2013-01-31"})
    assert (found["opening"], found["rows"], found["closing"]) == (26_31, [], 26_31)


def test_each_currency_has_its_own(shop) -> None:
    found = asked(shop, currency="USD")
    assert (found["rows"], found["closing"], found["unapplied"]) == ([], 0, 0)


@pytest.mark.parametrize(
    ("query", "pointer", "said"),
    [
        ({"from": "2013-02-30"}, "/from", "expected a day"),
        ({"from": "2013-02-01", "to": "2013-01-31"}, "/to", "expected 2013-02-01 or later"),
        ({"from": "2013-01-01", "currency": "EUX"}, "/currency", "EUX"),
    ],
)
def test_days_and_currencies_that_make_no_sense_are_refused(shop, query, pointer, said) -> None:
    status, found, _ = shop("GET", PATH, query=query)
    assert (status, [one["pointer"] for one in found["errors"]]) == (422, [pointer])
    assert said in found["detail"]


def test_it_is_read_on_paper_in_the_customers_language(shop) -> None:
    pays(shop, 30_00)
    shop.made("PATCH", "/v1/customers/ext:M1", {"language": "fr"})
    query = {"from": "2013-01-01"}
    status, body, headers = shop("GET", f"{PATH}/documents/html", query=query)
    page = body.decode()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Relevé de compte" in page
    assert f"Facture {invoice(shop)['number']}" in page
    assert ["26,31\u00a0€" in page, "−30,00\u00a0€" in page] == [True, True]
    assert '<td>Crédit non imputé</td><td class="n">3,69\u00a0€</td>' in page
    status, body, headers = shop("GET", f"{PATH}/documents/pdf", query=query)
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert headers["Content-Disposition"].endswith('-2013-01-01-2013-01-10.pdf"')
    (leaf,) = PdfReader(BytesIO(body)).pages
    assert "Solde final −3,69\u00a0€" in leaf.extract_text()
    document = shop("GET", f"{PATH}/documents/json", query=query)[1]
    owner = document["customer"]
    assert document | asked(shop) | {"customer": owner} == document
    assert (document["language"], document["entity"]["code"]) == ("fr", "fr")
    assert (owner["id"], owner["name"]) == (asked(shop)["customer"], "Martin")


def test_paper_is_refused_as_the_statement_is(shop, monkeypatch) -> None:
    query = {"from": "2013-01-01"}
    status, found, _ = shop("GET", f"{PATH}/documents/docx", query=query)
    assert (status, found["code"]) == (404, "not_found")
    assert "expected one of ['html', 'json', 'pdf'], found 'docx'" in found["detail"]
    assert shop("GET", f"{PATH}/documents/pdf", query={"from": "2013-02-30"})[0] == 422
    assert (
        shop("GET", f"{PATH}/documents/pdf", query=query, key=shop.key("invoices:read"))[0] == 403
    )
    monkeypatch.setattr("functions.customers.statement.ROWS_MAX", 0)
    status, found, _ = shop("GET", f"{PATH}/documents/pdf", query=query)
    assert (status, found["code"]) == (413, "too_large")
