"""PayPal's deliveries, all their fields, as facts; what an amount was is asked of its API."""

import copy
import json
from datetime import UTC, datetime

import pytest

from solde.adapters.errors import MalformedEventError, ProviderUnavailableError
from solde.adapters.paypal.events import event_id, fact
from solde.domain.money import Money
from solde.domain.payments import (
    Approved,
    Declined,
    Disputed,
    Irrelevant,
    MethodStored,
    Received,
    Refunded,
)
from tests.support.paypal_told import EVENTS, Api, event

AT = datetime(2013, 6, 10, 10, tzinfo=UTC)
TOLD = datetime(2013, 6, 10, 10, 0, 5, 174_000, tzinfo=UTC)
CAPTURE = "42311647XV020574X"
ALL = Money(119_60, "EUR")


def told(name: str, custom: str = "inv_1"):
    one = event(name, custom)
    return fact(json.dumps(one).encode(), api=Api(one))


FACTS = {
    "capture_completed": Received("paypal", CAPTURE, ALL, "inv_1", AT),
    "capture_pending": Irrelevant("PAYMENT.CAPTURE.PENDING"),
    "capture_denied": Declined("paypal", CAPTURE, "inv_1", "buyer_complaint", TOLD),
    "capture_refunded": Refunded("paypal", CAPTURE, Money(20_00, "EUR"), TOLD),
    "capture_refunded_again": Refunded("paypal", CAPTURE, Money(50_00, "EUR"), TOLD),
    "capture_reversed": Disputed("paypal", CAPTURE, "8R808902781691488", ALL, TOLD),
    "order_approved": Approved("paypal", "5O190127TN364715T", "inv_1", "", 0),
    "sale_completed": Received("paypal", "80021663DE681814L", ALL, "inv_1", AT),
    "dispute_created": Irrelevant("CUSTOMER.DISPUTE.CREATED"),
    "dispute_lost": Disputed(
        "paypal", CAPTURE, "PP-D-27803", ALL, datetime(2013, 7, 1, 10, tzinfo=UTC)
    ),
    "dispute_won": Irrelevant("CUSTOMER.DISPUTE.RESOLVED RESOLVED_SELLER_FAVOUR"),
    "subscription_activated": Irrelevant("BILLING.SUBSCRIPTION.ACTIVATED"),
    "vault_created": Irrelevant("VAULT.PAYMENT-TOKEN.CREATED"),
}


@pytest.mark.parametrize("name", FACTS)
def test_what_an_event_tells(name) -> None:
    assert told(name) == FACTS[name]


def test_every_file_is_told_of() -> None:
    assert {one.stem for one in EVENTS.glob("*.json")} - FACTS.keys() == {"sale_refunded"}


def test_the_sum_of_refunds_of_a_sale_is_for_a_person_to_see() -> None:
    with pytest.raises(MalformedEventError, match="its sum is not confirmed"):
        told("sale_refunded")


@pytest.mark.parametrize(
    ("custom", "whose", "number"),
    [
        ("inv_1/cus_1/3", "cus_1", 3),
        ("inv_1/cus_1/x", "", 0),
        ("inv_1/cus_1/12345", "", 0),
        ("inv_1", "", 0),
    ],
)
def test_an_attempt_of_ours_is_named(custom, whose, number) -> None:
    found = told("capture_completed", custom)
    assert (found.invoice_id, found.customer_id, found.attempt) == ("inv_1", whose, number)


def test_an_amount_is_what_the_api_says_and_not_what_the_body_does() -> None:
    one = event("capture_completed")
    forged = copy.deepcopy(one)
    forged["resource"]["amount"]["value"] = "1000000.00"
    assert fact(json.dumps(forged).encode(), api=Api(one)).amount == ALL


def test_a_capture_that_is_not_known_there_is_asked_for_again() -> None:
    body = json.dumps(event("capture_completed")).encode()
    with pytest.raises(ProviderUnavailableError):
        fact(body, api=Api())


def test_a_name_that_is_none_asks_for_nothing() -> None:
    one = event("capture_completed")
    one["resource"]["id"] = "../../v1/oauth2/token"
    api = Api()
    with pytest.raises(MalformedEventError, match="expected an id"):
        fact(json.dumps(one).encode(), api=api)
    assert api.asked == []


@pytest.mark.parametrize("status", ["DECLINED", "PENDING", "FAILED"])
def test_a_capture_that_has_not_come_after_all_is_kept(status) -> None:
    one = event("capture_completed")
    one["resource"]["status"] = status
    body = json.dumps(one).encode()
    assert fact(body, api=Api(one)) == Irrelevant(f"PAYMENT.CAPTURE.COMPLETED {status}")


def test_an_answer_about_another_thing_confirms_nothing() -> None:
    one = event("capture_completed")
    api = Api(one)
    (path,) = api.known
    api.known[path] = one["resource"] | {"id": "ANOTHER"}
    with pytest.raises(MalformedEventError, match="expected it confirmed"):
        fact(json.dumps(one).encode(), api=api)


@pytest.mark.parametrize(
    "change",
    [
        {"resource": None},
        {"resource": []},
        {"resource": {}},
        {"event_type": 7},
        {"create_time": "yesterday"},
        {"create_time": "2013-06-10T10:00:00"},
    ],
)
def test_what_cannot_be_read_is_malformed(change) -> None:
    one = event("capture_completed") | change
    with pytest.raises(MalformedEventError):
        fact(json.dumps(one).encode(), api=Api())


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"id": "WH-1", "id": "WH-2"}', b'{"id": "evt_1"}', b'{"id": "WH-1/../x"}'],
)
def test_no_id_that_keys_a_delivery(body) -> None:
    with pytest.raises(MalformedEventError):
        event_id(body)


def test_the_id_of_a_delivery() -> None:
    assert event_id((EVENTS / "capture_completed.json").read_bytes()).startswith("WH-58D19523RS")


def test_what_the_vault_keeps_is_asked_of_the_api() -> None:
    told_of = {**event("capture_completed"), "event_type": "VAULT.PAYMENT-TOKEN.CREATED"}
    told_of["resource"] = {"id": "8kk8451t", "customer": {"merchant_customer_id": "cus_evil"}}
    api, account = Api(), {"email_address": "payer@example.test"}
    path = "/v3/vault/payment-tokens/8kk8451t"
    body = json.dumps(told_of).encode()
    api.known[path] = {"id": "8kk8451t", "customer": {"id": "4029352050"}}
    assert fact(body, api=api) == Irrelevant("VAULT.PAYMENT-TOKEN.CREATED")
    api.known[path] |= {"customer": {"merchant_customer_id": "cus_1"}}
    api.known[path] |= {"payment_source": {"paypal": account}}
    kept = MethodStored("paypal", "cus_1", "8kk8451t", "payer@example.test", TOLD)
    assert fact(body, api=api) == kept
