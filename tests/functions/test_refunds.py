"""Refunds that start here: asked over HTTP, sent once, booked when the provider tells."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.send_refund import send
from local.sandbox.stripe_refunds import RefundsSandbox
from solde.adapters.stripe.refunds import ProviderUnavailableError
from solde.ports.refunds import Refused, Sent
from solde.storage.refunds import RefundTable
from solde.workflows.refund_payment import Wanted, ask_refund
from tests.functions.test_settlement import Bank, bought, credit, documents, noted
from tests.support.lived import Lived
from tests.support.proved import proved


class Provider:
    """Stripe as the worker sees it; `lost` answers never reach us, though it has worked them."""

    def __init__(self) -> None:
        self.sandbox, self.lost, self.asked = RefundsSandbox(), 0, 0

    def __call__(self, _provider: str) -> "Provider":
        return self

    def refund(self, wanted) -> Sent | Refused:
        self.asked += 1
        headers = {"authorization": "Bearer k", "idempotency-key": wanted.id}
        body = f"payment_intent={wanted.reference}&amount={wanted.amount.minor}"
        status, answer = self.sandbox.post(headers, body)
        if self.lost:
            self.lost -= 1
            raise ProviderUnavailableError("no answer")
        return Sent(answer["id"]) if status == 200 else Refused(answer["error"]["code"])


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """100.00 are billed and 130.00 paid; a note gives 20.00 back: 50.00 are credit."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    lived.bank = Bank(lived, bought(lived))
    lived.bank.paid("evt_1", 130_00)
    noted(lived, "n", amount=20_00)
    (lived.payment,) = lived.call("GET", "/v1/payments")[1]["data"]
    lived.provider = Provider()
    monkeypatch.setattr(send, "refunder", lived.provider)
    monkeypatch.setattr(send, "business_now", lambda: lived.now)
    return lived


def asks(shop: Lived, key: str, status: int = 201, **body) -> dict:
    path = f"/v1/payments/{shop.payment['id']}/refunds"
    found = shop.call("POST", path, body, idempotency_key=key)
    assert found[0] == status, found[1]
    return found[1]


def sends(shop: Lived, refund: dict) -> list[str]:
    """Work the message of a refund; return the messages that must be given again."""
    detail = {"customer": refund["customer"], "refund": refund["id"]}
    body = json.dumps({"detail": detail})
    answer = send.lambda_handler({"Records": [{"messageId": "m1", "body": body}]}, None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def refunds(shop: Lived) -> list[tuple[int, str]]:
    rows = shop.call("GET", f"/v1/payments/{shop.payment['id']}/refunds")[1]["data"]
    return sorted((one["amount"], one["status"]) for one in rows)


def payment(shop: Lived) -> tuple[int, int]:
    (one,) = shop.call("GET", "/v1/payments")[1]["data"]
    return one["refunding"], one["refunded"]


def test_a_refund_is_asked_sent_and_told(shop: Lived) -> None:
    """30.00 of the payment's rest and 5.00 of the note's; the invoice stays paid."""
    asked = asks(shop, "a", amount=35_00)
    assert (asked["status"], payment(shop)) == ("asked", (35_00, 0))
    told = [one for key, one in shop.call.model.items.items() if key.pk.startswith("O#")]
    assert [one["type"] for one in told].count("refund.asked") == 1
    assert sends(shop, asked) == []
    assert (refunds(shop), payment(shop)) == ([(35_00, "sent")], (35_00, 0))
    shop.bank.refunded("evt_2", 35_00)
    assert (refunds(shop), payment(shop)) == ([(35_00, "confirmed")], (0, 35_00))
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    assert sum(left for _, left, _ in credit(shop)) == 15_00
    proved(shop)


def test_however_often_it_is_asked_and_sent_it_is_one_refund(shop: Lived) -> None:
    asked = asks(shop, "a", amount=35_00)
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert asks(shop, "a", amount=35_00)["id"] == asked["id"]
    shop.provider.lost = 2
    assert [sends(shop, asked) for _ in range(4)] == [["m1"], ["m1"], [], []]
    assert (shop.provider.asked, len(shop.provider.sandbox.refunds)) == (3, 1)
    shop.bank.refunded("evt_2", 35_00)
    shop.bank.refunded("evt_3", 35_00)
    assert payment(shop) == (0, 35_00)
    proved(shop)


def test_all_that_is_credit_and_not_held_yet(shop: Lived) -> None:
    assert asks(shop, "a", amount=35_00)["amount"] == 35_00
    assert asks(shop, "b")["amount"] == 15_00
    assert asks(shop, "c", 409)["code"] == "state_conflict"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"amount": 130_01}, 422, "at most 13000, which is left of the payment"),
        ({"amount": 50_01}, 422, "at most 5000, which is credit, found 5001, a difference of 1"),
        ({"amount": 0}, 422, "amount"),
        ({"amount": 1.5}, 422, "amount"),
    ],
)
def test_above_what_remains_is_refused(shop: Lived, body, status, said) -> None:
    """A refund needs a credit note, except of unapplied money."""
    assert said in asks(shop, "x", status, **body)["detail"]
    assert (refunds(shop), payment(shop)) == ([], (0, 0))


def test_what_the_provider_refuses_is_let_go(shop: Lived) -> None:
    asked = asks(shop, "a", amount=35_00)
    shop.provider.refund = lambda _: Refused("charge_disputed")
    assert sends(shop, asked) == []
    assert (refunds(shop), payment(shop)) == ([(35_00, "refused")], (0, 0))
    rows = shop.call("GET", f"/v1/payments/{shop.payment['id']}/refunds")[1]["data"]
    assert rows[0]["reason"] == "charge_disputed"
    assert asks(shop, "b")["amount"] == 50_00


def test_what_waited_longer_than_keys_are_kept_is_not_sent(shop: Lived) -> None:
    asked = asks(shop, "a", amount=35_00)
    shop.now += timedelta(hours=21)
    assert sends(shop, asked) == []
    assert (refunds(shop), shop.provider.asked) == ([(35_00, "unknown")], 0)
    assert payment(shop) == (35_00, 0)


def test_a_refund_told_before_it_was_known_as_sent_is_one(shop: Lived) -> None:
    asked = asks(shop, "a", amount=35_00)
    shop.provider.lost = 1
    assert sends(shop, asked) == ["m1"]
    shop.bank.refunded("evt_2", 35_00)
    assert sends(shop, asked) == []
    assert (refunds(shop), payment(shop)) == ([(35_00, "confirmed")], (0, 35_00))
    proved(shop)


def test_no_such_payment(shop: Lived) -> None:
    path = "/v1/payments/pay_00000000000000000000000000/refunds"
    assert shop.call("POST", path, {}, idempotency_key="z")[0] == 404
    path = f"/v1/payments/{bought(shop)}/refunds"
    assert "this is an invoice id" in shop.call("GET", path)[1]["detail"]


def test_two_who_read_the_same_payment_hold_it_once(shop: Lived) -> None:
    table = RefundTable(shop.call.model)
    read = table.payment(shop.payment["id"])
    first = ask_refund(read, Wanted("rfd_1", 30_00), shop.now, table)
    assert not table.ask(read, replace(first, id="rfd_2"))
    assert payment(shop) == (30_00, 0)
