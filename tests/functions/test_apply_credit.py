"""Credit applied to an open invoice over HTTP: once, in one transaction, proved by verify."""

import pytest

from tests.functions.test_settlement import Bank, bought, credit, documents, noted
from tests.support.lived import Lived
from tests.support.proved import proved


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """June is billed, 100.00; 130.00 are paid and 20.00 noted after that; a device is billed."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    line = {"product": "service", "description": "Device", "unit_amount": "70.00"}
    body = {"customer": "ext:M1", "lines": [line]}
    (lived.device,) = lived.call.made("POST", "/v1/invoices", body, idempotency_key="d")["data"]
    Bank(lived, bought(lived)).paid("evt_1", 130_00)
    noted(lived, "n", amount=20_00)
    return lived


def applied(shop: Lived, key: str, status: int = 200, **body) -> dict:
    path = f"/v1/invoices/{shop.device['id']}/apply-credit"
    found = shop.call("POST", path, body, idempotency_key=key)
    assert found[0] == status, found[1]
    return found[1]


def test_all_credit_settles_the_invoice_once(shop: Lived) -> None:
    """30.00 of the payment and 20.00 of the note: 50.00 of 70.00."""
    found = applied(shop, "a")
    assert (found["status"], found["paid"]) == ("partly_paid", 50_00)
    assert credit(shop) == [("credit_note", 0, "credit"), ("payment", 0, "credit")]
    assert applied(shop, "a")["paid"] == 50_00
    proved(shop)


def test_so_much_as_is_wanted(shop: Lived) -> None:
    assert applied(shop, "a", amount=35_00)["paid"] == 35_00
    assert applied(shop, "b", amount=15_00)["paid"] == 50_00
    assert documents(shop)[shop.device["number"]] == ("partly_paid", 50_00)
    proved(shop)


def test_a_key_whose_answer_was_forgotten_applies_nothing_again(shop: Lived) -> None:
    applied(shop, "a", amount=10_00)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert applied(shop, "a", amount=10_00)["paid"] == 10_00
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert applied(shop, "a", 409, amount=11_00)["code"] == "state_conflict"
    proved(shop)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"amount": 70_01}, 422, "expected at most 7000, which is open"),
        ({"amount": 50_01}, 422, "expected at most 5000, which is credit"),
        ({"amount": 0}, 422, "greater than or equal to 1"),
        ({"amount": "5"}, 422, "amount"),
    ],
)
def test_more_than_there_is_changes_nothing(shop: Lived, body, status, said) -> None:
    before = dict(shop.call.model.items)
    assert said in applied(shop, "x", status, **body)["detail"]
    kept = {key: item for key, item in shop.call.model.items.items() if key.pk[:3] != "ID#"}
    assert kept == {key: item for key, item in before.items() if key.pk[:3] != "ID#"}


def test_a_paid_invoice_and_a_note_take_no_credit(shop: Lived) -> None:
    paid = bought(shop)
    path = f"/v1/invoices/{paid}/apply-credit"
    status, found, _ = shop.call("POST", path, {}, idempotency_key="p")
    assert (status, "open: expected more than 0" in found["detail"]) == (409, True)
    note = noted(shop, "m", amount=1_00)
    path = f"/v1/invoices/{note['id']}/apply-credit"
    status, found, _ = shop.call("POST", path, {}, idempotency_key="q")
    assert (status, "expected an invoice, found credit_note" in found["detail"]) == (422, True)
