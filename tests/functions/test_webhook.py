"""From a signed delivery to the booked payment, through the handlers; nothing unproved is kept."""

import copy
import json
import time
from types import SimpleNamespace
from typing import Any

import pytest

from functions.payments import api as payments
from functions.receive_webhook import stripe as receive
from functions.settle_payment import settle
from solde.adapters.stripe.signature import sign
from solde.runtime import access
from solde.storage.api_keys import put_api_key
from tests.support.deployment import SECRET, Deployment, posted, queued
from tests.support.seller import Seller, at

STAMP = 1_370_858_400  # 2013-06-10 10:00 UTC
DAY = 86_400


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "stripe_secrets", lambda: (SECRET,))
    monkeypatch.setattr(receive, "stripe_account", lambda: "")


def delivery(kind: str = "payment_intent.succeeded", **changes: Any) -> bytes:
    thing = {
        "id": "pi_1",
        "amount_received": 119_60,
        "currency": "eur",
        "metadata": {"invoice_id": changes.pop("invoice", "")},
        **changes.pop("thing", {}),
    }
    said = {"id": "evt_1", "type": kind, "created": STAMP, "livemode": False}
    return json.dumps({**said, "data": {"object": thing}, **changes}).encode()


def receives(body: bytes, *, header: str | None = None) -> int:
    """Have the handler take a delivery as the gateway brings it; return the status."""
    signed = sign(body, SECRET, at=int(time.time())) if header is None else header
    event = posted("/webhooks/stripe", body, stripe_signature=signed)
    return receive.lambda_handler(event, None)["statusCode"]


def works(*events: str, when: str = "2013-06-10T10:00:00+00:00") -> list[str]:
    """Have the handler work deliveries from the queue; return the messages to be given again."""
    details = [{"provider": "stripe", "event": one, "as_of": when} for one in events]
    answer = settle.lambda_handler(queued(*details), None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def test_a_delivery_is_stored_acknowledged_and_booked(cloud: Deployment, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    assert receives(delivery(invoice=invoice.id)) == 200
    assert seller.documents("acme")[0].status == "open"
    assert works("evt_1") == []
    assert seller.documents("acme")[0].status == "paid"


def test_a_delivery_that_comes_three_days_late_settles_all_the_same(
    cloud: Deployment, seller: Seller
) -> None:
    """Stripe tries for three days and signs each attempt anew: old is the event, not the stamp."""
    (invoice,) = seller.documents("acme")
    assert receives(delivery(invoice=invoice.id, created=STAMP - 3 * DAY)) == 200
    assert works("evt_1") == []
    (payment,) = [item for key, item in seller.table.items.items() if key.sk.startswith("P#pay")]
    assert payment["received_on"] == "2013-06-07"


def test_the_same_delivery_again_is_acknowledged_and_changes_nothing(
    cloud: Deployment, seller: Seller
) -> None:
    (invoice,) = seller.documents("acme")
    body = delivery(invoice=invoice.id)
    receives(body)
    works("evt_1")
    before = copy.deepcopy(seller.table.items)
    assert receives(body) == 200
    assert works("evt_1", "evt_1") == []
    assert seller.table.items == before


BROKEN = [
    b"",
    b"{",
    b"[]",
    b'{"id": "evt_1", "amount": NaN}',
    b'{"id": "evt_1", "id": "evt_2"}',
    b'{"id": "evt_1", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"id": "evt_1", "filler": "' + b"x" * 256_000 + b'"}',
    b'{"id": "evt_1\xff"}',
]


@pytest.mark.parametrize("body", BROKEN, ids=lambda body: body[:40].decode(errors="replace"))
def test_a_broken_delivery_writes_nothing_even_if_it_is_signed(
    cloud: Deployment, seller: Seller, body: bytes
) -> None:
    before = copy.deepcopy(seller.table.items)
    assert receives(body) == 400
    assert seller.table.items == before


@pytest.mark.parametrize(
    "header", ["", "nonsense", "t=1,v1=é", f"t={'1' * 5000},v1=0", sign(b"{}", "whsec_x", at=1)]
)
def test_a_delivery_that_is_not_proved_writes_nothing(
    cloud: Deployment, seller: Seller, capsys, header: str
) -> None:
    """Nothing but a bounded counter: the alarm stands on the share that is refused."""
    before = copy.deepcopy(seller.table.items)
    assert receives(delivery(), header=header) == 400
    assert seller.table.items == before
    assert '"DeliveriesRefused":1}' in capsys.readouterr().out


def test_a_body_that_the_gateway_did_not_encode(cloud: Deployment, seller: Seller) -> None:
    body = delivery()
    signed = sign(body, SECRET, at=int(time.time()))
    event = posted("/webhooks/stripe", b"", stripe_signature=signed)
    plain = {**event, "body": body.decode(), "isBase64Encoded": False}
    assert receive.lambda_handler(plain, None)["statusCode"] == 200
    broken = {**event, "body": "!" * 5}
    assert receive.lambda_handler(broken, None)["statusCode"] == 400


@pytest.mark.parametrize("changes", [{"livemode": True}, {"livemode": None}, {"account": "acct_2"}])
def test_what_is_of_another_mode_or_account_writes_nothing(
    cloud: Deployment, seller: Seller, changes: dict[str, Any]
) -> None:
    before = copy.deepcopy(seller.table.items)
    assert receives(delivery(**changes)) == 400
    assert seller.table.items == before


def test_a_seller_of_a_platform_takes_what_names_his_account(
    cloud: Deployment, seller: Seller, monkeypatch
) -> None:
    monkeypatch.setattr(receive, "stripe_account", lambda: "acct_2")
    assert receives(delivery()) == 400
    assert receives(delivery(account="acct_2")) == 200


def parked() -> list[dict[str, Any]]:
    """Ask the API for what fits nothing."""
    key = access.make_key("test", 123456789)
    event = {
        **posted("/v1/payments/parked", b"", authorization=f"Bearer {key}"),
        "body": None,
        "isBase64Encoded": False,
    }
    event["requestContext"]["http"]["method"] = "GET"
    answer = payments.lambda_handler(event, SimpleNamespace(aws_request_id="r1"))
    assert answer["statusCode"] == 200, answer
    rows: list[dict[str, Any]] = json.loads(answer["body"])["data"]
    return rows


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"invoice": "inv_00000000000000000000000000"}, "invoice: expected one of ours"),
        ({}, "invoice: expected one of ours, found ''"),
        ({"thing": {"currency": "usd"}, "invoice": "ours"}, "currency: expected EUR, found USD"),
        ({"thing": {"amount_received": "12"}, "invoice": "ours"}, "expected a whole number"),
        ({"data": {"object": None}}, "event: TypeError"),
        ({"data": 7, "invoice": "ours"}, "event: TypeError"),
    ],
)
def test_a_genuine_payment_that_fits_no_invoice_is_acknowledged_parked_and_shown(
    cloud: Deployment, seller: Seller, capsys, changes: dict[str, Any], reason: str
) -> None:
    (invoice,) = seller.documents("acme")
    hashed = access.hash_of(access.make_key("test", 123456789))
    put_api_key(seller.table, hashed, name="all", scopes=["*"], at=at("2013-06-01T00:00:00"))
    if changes.get("invoice") == "ours":
        changes = {**changes, "invoice": invoice.id}
    assert receives(delivery(**changes)) == 200
    assert works("evt_1") == []
    (row,) = parked()
    assert (row["id"], row["status"]) == ("evt_1", "parked")
    assert reason in row["reason"]
    assert seller.documents("acme")[0].paid_minor == 0
    assert "ALARM delivery parked" in capsys.readouterr().out


def test_a_message_that_cannot_be_read_fails_alone(cloud: Deployment, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    receives(delivery(invoice=invoice.id))
    batch = queued(
        {"provider": "stripe"},
        {"provider": "stripe", "event": "evt_1", "as_of": "2013-06-10T10:00:00+00:00"},
    )
    batch["Records"].append({"messageId": "m2", "body": "{"})
    answer = settle.lambda_handler(batch, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m2"}]}
    assert seller.documents("acme")[0].status == "paid"
