"""Bank transfers over HTTP: statements come in, what fits is booked, a person assigns the rest."""

import pytest

from functions.settle_payment import settle
from solde.domain.banking.creditor_reference import creditor_reference
from tests.functions.test_settlement import bought, credit, documents
from tests.support.camt import ACCOUNT, PAYER, camt053, entry
from tests.support.deployment import queued
from tests.support.lived import Lived
from tests.support.proved import balances, proved

NUMBER = "FR-2013-000001"


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """100.00 are billed for June, by an entity with an account."""
    from tests.support.http_api import ADDRESS, ENTITY  # noqa: PLC0415

    entity = ENTITY | {"time_zone": "UTC", "tax_regime": "none", "address": ADDRESS, "version": 2}
    lived.call.made("POST", "/v1/entities", entity | {"registration": {"iban": ACCOUNT}})
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    lived.at("2013-06-04")
    return lived


def sends(shop: Lived, *entries: str, **balances: str) -> dict:
    body = {"camt053": camt053(*entries, **balances)}
    (made,) = shop.call.made("POST", "/v1/bank-statements", body)["data"]
    settles(shop)
    return shop.call("GET", f"/v1/bank-statements/{made['id']}")[1]


def settles(shop: Lived) -> None:
    """Work every delivery as the queue would; a second time does no harm."""
    names = [one["event"] for key, one in shop.call.model.items.items() if key.pk[:3] == "EV#"]
    details = [{"provider": "bank", "event": one, "as_of": shop.now.isoformat()} for one in names]
    assert settle.lambda_handler(queued(*details), None) == {"batchItemFailures": []}


def transfers(shop: Lived, statement: dict) -> list[dict]:
    return shop.call("GET", f"/v1/bank-statements/{statement['id']}/transfers")[1]["data"]


def assigns(shop: Lived, one: dict, key: str = "a", act: str = "assign", **body) -> tuple:
    body = body or {"invoice": bought(shop)}
    return shop.call("POST", f"/v1/bank-transfers/{one['id']}/{act}", body, idempotency_key=key)[:2]


def test_a_reference_of_ours_settles_its_invoice_once(shop) -> None:
    """In two files, one of which comes twice: one payment of 100.00, 512 to 411."""
    named = entry("A1", "100.00", structured=creditor_reference(NUMBER))
    first = sends(shop, named, entry("A2", "7.00", sign="DBIT"), opening="10.00", closing="103.00")
    assert (first["transfers"], first["debits"], first["done"]) == (1, 1, 1)
    assert sends(shop, named) == sends(shop, named)
    assert documents(shop)[NUMBER] == ("paid", 100_00)
    (payment,) = shop.call("GET", "/v1/payments")[1]["data"]
    assert (payment["provider"], payment["received_on"]) == ("bank", "2013-06-03")
    refused = shop.call("POST", f"/v1/payments/{payment['id']}/refunds", {}, idempotency_key="r")
    assert (refused[0], "send the money by a transfer" in refused[1]["detail"]) == (409, True)
    (shown,) = transfers(shop, first)
    assert (shown["payment"], shown["iban"]) == (payment["id"], PAYER)
    assert balances(shop) == {"512": 100_00, "706": -100_00}
    assert len(shop.call("GET", "/v1/bank-statements")[1]["data"]) == 2
    proved(shop)


@pytest.mark.parametrize(
    ("amount", "status", "over"),
    [("40.00", ("partly_paid", 40_00), []), ("130.00", ("paid", 100_00), [("payment", 30_00)])],
)
def test_a_reference_settles_a_part_and_too_much_is_credit(shop, amount, status, over) -> None:
    sends(shop, entry("A1", amount, structured=NUMBER))
    assert documents(shop)[NUMBER] == status
    assert [one[:2] for one in credit(shop)] == over
    proved(shop)


def test_a_number_in_a_text_is_enough_from_an_account_that_a_person_has_confirmed(shop) -> None:
    first = sends(shop, entry("A1", "60.00", text=f"Facture {NUMBER}"))
    (one,) = transfers(shop, first)
    assert (one["status"], documents(shop)[NUMBER]) == ("parked", ("open", 0))
    assert "expected 10000 EUR, open of FR-2013-000001, found 6000 EUR" in one["reason"]
    status, done = assigns(shop, one)
    assert (status, done["status"], documents(shop)[NUMBER]) == (
        200,
        "done",
        ("partly_paid", 60_00),
    )
    assert shop.call("GET", "/v1/payments/parked")[1]["data"] == []
    sends(shop, entry("A2", "40.00", text=f"Facture {NUMBER} solde"))
    assert documents(shop)[NUMBER] == ("paid", 100_00)
    proved(shop)


def test_what_was_assigned_is_undone_by_a_record_and_assigned_again(shop) -> None:
    shop.bills("2013-07-01")
    (one,) = transfers(shop, sends(shop, entry("A1", "100.00", text="merci")))
    assert assigns(shop, one)[0] == 200
    assert assigns(shop, one, "b")[0] == 200  # the same again
    rows = shop.call("GET", "/v1/invoices")[1]["data"]
    other = next(row["id"] for row in rows if row["number"] == "FR-2013-000002")
    assert assigns(shop, one, "c", invoice=other)[0] == 409
    status, parked = assigns(shop, one, "d", "undo", reason="Wrong invoice")
    assert (status, parked["status"], parked["reason"]) == (200, "parked", "undone: Wrong invoice")
    assert documents(shop) == {NUMBER: ("open", 0), "FR-2013-000002": ("open", 0)}
    assert balances(shop) == {"411": 200_00, "706": -200_00}
    assert assigns(shop, one, "e", "undo", reason="Twice")[0] == 409
    settles(shop)
    assert assigns(shop, one, "f", invoice=other)[0] == 200
    settles(shop)
    assert documents(shop) == {NUMBER: ("open", 0), "FR-2013-000002": ("paid", 100_00)}
    proved(shop)


def test_what_a_statement_booked_by_itself_is_undone_too(shop) -> None:
    (one,) = transfers(shop, sends(shop, entry("A1", "100.00", structured=NUMBER)))
    assert assigns(shop, one, "a", "undo", reason="Paid for another")[1]["status"] == "parked"
    assert documents(shop)[NUMBER] == ("open", 0)
    proved(shop)


def test_another_currency_is_parked_and_cannot_be_assigned(shop, capsys) -> None:
    """What is parked of a bank is work for a person, and no alarm."""
    rows = [{"reference": "B1", "amount": 130_00, "booked_on": "2013-06-03", "structured": NUMBER}]
    body = {"account": ACCOUNT, "currency": "USD", "entries": rows}
    (made,) = shop.call.made("POST", "/v1/bank-statements", body)["data"]
    settles(shop)
    (one,) = transfers(shop, made)
    assert (one["status"], one["reason"]) == ("parked", "currency: expected EUR, found USD")
    assert "ALARM" not in capsys.readouterr().out
    assert assigns(shop, one)[0] == 422
    assert balances(shop) == {"411": 100_00, "706": -100_00}


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"camt053": "<x/>"}, 422, "expected a camt.053 document"),
        ({}, 422, "expected camt053, or account and entries"),
        ({"camt053": camt053(entry("B", "1.00"), opening="1.00", closing="3.00")}, 422, "to 200"),
        ({"account": "DE89370400440532013000", "entries": []}, 422, "registration"),
        ({"camt053": camt053(entry("A1", "99.00"))}, 409, "expected 10000 EUR as it was told"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(shop, body, status, said) -> None:
    sends(shop, entry("A1", "100.00"))
    before = dict(shop.call.model.items)
    found = shop.call("POST", "/v1/bank-statements", body)
    assert (found[0], said in found[1]["detail"]) == (status, True), found[1]
    assert shop.call.model.items == before


def test_what_is_not_there_is_not_found(shop) -> None:
    nobody = {"id": "btx_" + "0" * 26}
    assert assigns(shop, nobody)[0] == 404
    assert assigns(shop, {"id": "pay_1"}, act="undo", reason="x")[0] == 404
    (one,) = transfers(shop, sends(shop, entry("A1", "100.00")))
    assert assigns(shop, one, invoice="inv_1")[0] == 404
    note = {"invoice": bought(shop), "amount": 1_00}
    made = shop.call.made("POST", "/v1/credit-notes", note, idempotency_key="n")
    assert "expected one that is paid" in assigns(shop, one, invoice=made["id"])[1]["detail"]
    assert assigns(shop, one, act="undo", reason="x")[0] == 409
    for path in ("bank-statements/stm_1", "bank-transfers/btx_1", "bank-statements/x/transfers"):
        assert shop.call("GET", f"/v1/{path}")[0] == 404
