"""Tax that waits for payment, over HTTP: said, booked apart, moved by what settles invoices."""

import pytest

from solde.storage.rating_book import RatingBookTable
from tests.functions.test_settlement import Bank
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import Lived
from tests.support.proved import proved

FRA = {**ENTITY, "code": "fra", "number_prefix": "FRA", "services_due": "payment"}


def sells(shop: Lived, **entity: str) -> None:
    """Offer 100.00 at 20 % and 50.00 at 5.5 %, 172.75 in all, and bill them for June."""
    call = shop.call
    shop.at("2027-06-01")
    RatingBookTable(call.model).rated("fra", shop.now.date(), at=shop.now)
    assert call.made("POST", "/v1/entities", {**FRA, **entity})["services_due"]
    call.made("POST", "/v1/customers", {**CUSTOMER, "entity": "fra", "external_id": "M2"})
    call.made("POST", "/v1/products", {"code": "book", "name": "Book", "tax_class": "reduced"})
    call.made("POST", "/v1/products", {"code": "box", "name": "Box", "nature": "goods"})
    parts = []
    for code, product, amount in (("a", "service", "100"), ("b", "book", "50"), ("c", "box", "10")):
        price = {"code": code, "product": product, "currency": "EUR", "kind": "one_time"}
        price["model"] = {"model": "per_unit", "amount": amount}
        call.made("POST", "/v1/prices", price)
        part = {"code": code, "price": code, "description": code, "default_quantity": "0"}
        parts.append(part)
    plan = {"code": "all", "name": "All", "unit": "month", "components": parts}
    call.made("POST", "/v1/plans", plan)


def bills(shop: Lived, **quantities: str) -> list[dict]:
    order = {"customer": "ext:M2", "plan": "all", "start_on": "2027-06-01"}
    shown = shop.call.made("POST", "/v1/subscriptions/preview", {**order, "quantities": quantities})
    shop.call.made("POST", "/v1/subscriptions", {**order, "quantities": quantities})
    shop.call.bills(shop.now)
    rows = reversed(shop.call("GET", "/v1/invoices")[1]["data"])
    found = [shop.call("GET", f"/v1/invoices/{one['id']}")[1] for one in rows]
    dues = [one["document"].get("tax_due") for one in shown["documents"]]
    assert dues == [one["document"].get("tax_due") for one in found]
    return found


def tax(shop: Lived) -> tuple[int, int]:
    """Return what waits, and what is owed."""
    entries = [item["jrn"] for item in shop.call.model.items.values() if "jrn" in item]
    waits, owed = (sum(one.get(account, 0) for one in entries) for account in ("44574", "4457"))
    return -waits, -owed


def test_each_payment_frees_its_share_and_money_that_goes_back_takes_it_along(lived) -> None:
    sells(lived)
    (invoice,) = bills(lived, a="1", b="1")
    assert invoice["total"] == 172_75
    assert [one["tax"]["due"] for one in invoice["document"]["lines"]] == [{"at": "payment"}] * 2
    assert tax(lived) == (22_75, 0)
    bank = Bank(lived, invoice["id"])
    bank.paid("evt_1", 100_00, "pi_1")
    assert tax(lived) == (9_58, 13_17)  # 11.58 and 1.59
    bank.paid("evt_2", 72_75, "pi_2")
    assert tax(lived) == (0, 22_75)  # 8.42 and 1.16 more
    proved(lived)
    bank.refunded("evt_3", 72_75, "pi_2")
    assert tax(lived) == (9_58, 13_17)
    proved(lived)
    bank.disputed("evt_4", 100_00)
    assert tax(lived) == (22_75, 0)
    proved(lived)


def test_a_note_settles_frees_and_takes_back(lived) -> None:
    """The whole of line 1 is given back: 120.00 and 20.00 of it, before anybody has paid."""
    sells(lived)
    (invoice,) = bills(lived, a="1", b="1")
    body = {"invoice": invoice["id"], "lines": [{"line": 1}]}
    note = lived.call.made("POST", "/v1/credit-notes", body, idempotency_key="n")
    assert (note["total"], note["credit"]) == (120_00, 0)
    # 120.00 ÷ 172.75 of 20.00 and 2.75 are 13.89 and 1.91, less the 20.00 of the note
    assert tax(lived) == (6_95, -4_20)
    Bank(lived, invoice["id"]).paid("evt_1", 52_75)
    assert tax(lived) == (0, 2_75)
    proved(lived)


def test_what_is_lost_before_it_was_paid_was_never_owed(lived) -> None:
    sells(lived)
    (invoice,) = bills(lived, a="1", b="1")
    bank = Bank(lived, invoice["id"])
    bank.paid("evt_1", 100_00, "pi_1")
    path = f"/v1/invoices/{invoice['id']}/write-off"
    lived.call.made("POST", path, {"stage": "lost"}, idempotency_key="w")
    assert tax(lived) == (0, 13_17)
    proved(lived)
    bank.paid("evt_2", 72_75, "pi_2")
    assert tax(lived) == (0, 22_75)
    proved(lived)


def test_goods_go_apart_and_their_tax_is_owed_at_issue(lived) -> None:
    sells(lived)
    services, goods = bills(lived, a="1", c="1")
    assert goods["document"]["group"]["apart"] == "chargeability"
    (line,) = goods["document"]["lines"]
    assert line["tax"]["due"] == {"at": "delivery", "on": "2027-06-01"}
    assert tax(lived) == (20_00, 2_00)
    assert services["document"]["tax_due"] == "payment"


def test_on_debits_all_is_owed_at_issue_and_the_option_is_printed(lived) -> None:
    sells(lived, services_due="debits")
    (invoice,) = bills(lived, a="1", c="1")
    assert {"code": "vat_on_debits"} in invoice["document"]["mentions"]
    assert tax(lived) == (0, 22_00)


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/v1/entities", {**FRA, "services_due": "receipt"}, "/services_due"),
        ("/v1/products", {"code": "x", "name": "X", "nature": "mixed"}, "/nature"),
    ],
)
def test_nonsense_is_refused(call, path: str, body: dict, pointer: str) -> None:
    status, found, _ = call("POST", path, body)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
