"""What customers pay with, over HTTP: kept by its provider's name of it, charged, removed."""

import json
from datetime import timedelta

import pytest

from solde.ports.payments import Delivery
from solde.storage.payments import PaymentTable
from tests.functions.test_attempts import settle_all, shop, works
from tests.functions.test_settlement import bought, documents
from tests.support.lived import Lived

__all__ = ["shop"]  # a fixture

METHODS = "/v1/customers/ext:M1/payment-methods"


def keeps(shop: Lived, token: str, label: str = "") -> dict:
    body = {"provider": "sandbox", "token": token, "label": label}
    return shop.call.made("POST", METHODS, body)


def collects(shop: Lived, key: str, **body) -> tuple[int, dict]:
    path = f"/v1/invoices/{bought(shop)}/payments"
    return shop.call("POST", path, body, idempotency_key=key)[:2]


def test_what_was_kept_last_is_charged_by_default(shop: Lived) -> None:
    first = keeps(shop, "declines_soft", "Visa 4242")
    shop.now += timedelta(minutes=1)
    shop.at("2013-06-02")
    keeps(shop, "settles")
    rows = shop.call("GET", METHODS)[1]["data"]
    assert sorted(one["label"] for one in rows) == ["", "Visa 4242"]
    assert "token" not in rows[0]
    status, asked = collects(shop, "a", payment_method=first["id"])
    assert (status, asked["method"]) == (201, "declines_soft")
    works(shop, asked)
    works(shop, collects(shop, "b", payment_method="default")[1])
    settle_all(shop)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)


def test_what_is_removed_is_charged_no_more_until_it_is_kept_again(shop: Lived) -> None:
    made = keeps(shop, "settles")
    shop.call.made("POST", f"{METHODS}/{made['id']}/remove", {})
    shop.call.made("POST", f"{METHODS}/{made['id']}/remove", {})
    assert shop.call("GET", METHODS)[1]["data"] == []
    assert collects(shop, "a", payment_method=made["id"])[0] == 409
    assert "found none" in collects(shop, "b", payment_method="default")[1]["detail"]
    assert keeps(shop, "settles")["id"] == made["id"]
    assert collects(shop, "c", payment_method="default")[0] == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"payment_method": "default", "provider": "sandbox"}, 422),
        ({"payment_method": "default", "method": "settles"}, 422),
        ({"payment_method": "pmt_00000000000000000000000000"}, 404),
    ],
)
def test_one_way_to_pay(shop: Lived, body, status) -> None:
    assert collects(shop, "x", **body)[0] == status


def test_a_number_of_a_card_is_no_token(shop: Lived) -> None:
    body = {"provider": "stripe", "token": "4242 4242 4242 4242"}
    assert shop.call("POST", METHODS, body)[0] == 422
    assert shop.call("POST", f"{METHODS}/pmt_x/remove", {})[0] == 404


def test_what_a_payer_has_set_up_at_stripe_is_what_he_is_charged_by(shop: Lived) -> None:
    """Told twice it is kept once; of nobody's it is parked."""
    owner = shop.call("GET", "/v1/customers/ext:M1")[1]["id"]
    nobody = "cus_" + "0" * 26
    for name, customer in (("evt_1", owner), ("evt_2", owner), ("evt_3", nobody)):
        thing = {"id": "seti_1", "payment_method": "pm_1", "customer": "cus_S"}
        thing |= {"metadata": {"customer_id": customer}}
        said = {"id": name, "type": "setup_intent.succeeded", "created": 1370858400}
        said |= {"livemode": False, "data": {"object": thing}}
        delivery = Delivery("stripe", name, json.dumps(said).encode(), shop.now)
        PaymentTable(shop.call.model).receive(delivery)
    settle_all(shop)
    rows = shop.call("GET", METHODS)[1]["data"]
    assert [one["provider"] for one in rows] == ["stripe"]
    (parked,) = shop.call("GET", "/v1/payments/parked")[1]["data"]
    assert (parked["id"], "customer: expected" in parked["reason"]) == ("evt_3", True)
    assert collects(shop, "a", payment_method="default")[1]["method"] == "cus_S/pm_1"
