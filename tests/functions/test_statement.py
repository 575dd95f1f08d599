"""The statement of a customer over HTTP: an invoice, a payment of more than it, a credit note."""

import pytest

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
