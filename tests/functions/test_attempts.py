"""Collecting over HTTP: asked for, made once whatever is lost, and settled like any other money."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest

from functions.collect_payment import collect, repair
from functions.settle_payment import settle
from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.sandbox.gateway import SandboxGateway
from solde.domain.attempts import Settles
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.payments import Approved
from solde.runtime import collect as collecting
from solde.runtime import paypal, secret
from solde.storage.attempts import AttemptTable
from solde.workflows.tell_attempt import tell_attempt
from tests.functions.test_settlement import Bank, bought, documents
from tests.support.deployment import queued
from tests.support.lived import Lived
from tests.support.proved import proved


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """100.00 are billed and open; calls of the sandbox are counted."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    monkeypatch.setattr(collect, "business_now", lambda: lived.now)
    monkeypatch.setattr(repair, "listing", dict)
    lived.charged = []
    charge = SandboxGateway.charge

    def counted(gateway, attempt):
        lived.charged.append(attempt.id)
        return charge(gateway, attempt)

    monkeypatch.setattr(SandboxGateway, "charge", counted)
    return lived


def asks(shop: Lived, key: str, status: int = 201, **body) -> dict:
    path = f"/v1/invoices/{bought(shop)}/payments"
    body = {"provider": "sandbox", **body}
    found = shop.call("POST", path, body, idempotency_key=key)
    assert found[0] == status, found[1]
    return found[1]


def works(shop: Lived, asked: dict) -> list[str]:
    """Work the message of an attempt; return the messages that must be given again."""
    names = {"customer": asked["customer"], "invoice": asked["invoice"]}
    answer = collect.lambda_handler(queued({**names, "number": asked["number"]}), None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def settle_all(shop: Lived) -> None:
    """Work every delivery that was stored, as the queue would."""
    names = [(one["provider"], one["event"]) for one in stored(shop, "EV#")]
    details = [
        {"provider": provider, "event": event, "as_of": shop.now.isoformat()}
        for provider, event in names
    ]
    assert settle.lambda_handler(queued(*details), None) == {"batchItemFailures": []}


def stored(shop: Lived, prefix: str) -> list[dict]:
    return [one for key, one in shop.call.model.items.items() if key.pk.startswith(prefix)]


def attempts(shop: Lived) -> list[tuple[int, str, str | None]]:
    rows = shop.call("GET", f"/v1/invoices/{bought(shop)}/payments")[1]["data"]
    return [(one["amount"], one["status"], one["decline"]) for one in rows]


def repairs(shop: Lived) -> dict:
    found = repair.lambda_handler({"as_of": shop.now.isoformat()}, None)
    return {name: found[name] for name in ("ended", "open", "failed")}


def test_each_day_the_lists_of_providers_are_looked_through(shop, monkeypatch, capsys) -> None:
    """A payment that nobody told of is stored as a delivery, and a person hears of it."""
    settles = Settles("pi_9", Money(100_00, "EUR"), shop.now)
    invoice = bought(shop)
    listed = SimpleNamespace(since=lambda *_: [(settles, invoice)])
    monkeypatch.setattr(repair, "listing", lambda: {"stripe": listed})
    repairs(shop)
    assert "ALARM deliveries never came" in capsys.readouterr().out
    settle_all(shop)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    repairs(shop)
    assert "ALARM" not in capsys.readouterr().out


def test_only_providers_that_there_are_keys_of_are_asked(shop: Lived, monkeypatch) -> None:
    monkeypatch.setattr(secret, "has_paypal", lambda: True)
    monkeypatch.setattr(secret, "paypal_secret", lambda: secret.Paypal("i", "s", "W"))
    monkeypatch.setattr(paypal, "paypal_secret", secret.paypal_secret)
    monkeypatch.setattr(secret, "stripe_key", lambda: "rk_test_1")
    paypal.client.cache_clear()
    assert sorted(collecting.listing()) == ["paypal", "stripe"]
    paypal.client.cache_clear()
    monkeypatch.setattr(secret, "stripe_key", lambda: "")
    monkeypatch.setattr(secret, "has_paypal", lambda: False)
    assert collecting.listing() == {}
    with pytest.raises(InvalidError, match="one that is wired"):
        collecting.gateway("nobody")


def test_an_attempt_settles_and_counts_once_it_is_settled(shop: Lived) -> None:
    asked = asks(shop, "a", method="settles")
    assert (asked["status"], asked["amount"], asked["decline"]) == ("asked", 100_00, None)
    told = [one for one in stored(shop, "O#") if one["type"] == "attempt.asked"]
    assert json.loads(told[0]["detail"])["number"] == 1
    assert works(shop, asked) == []
    assert (attempts(shop), documents(shop)["FR-2013-000001"]) == (
        [(100_00, "settled", None)],
        ("open", 0),
    )
    settle_all(shop)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    proved(shop)


@pytest.mark.parametrize("kind", ["hard", "soft", "action"])
def test_a_decline_is_a_value_and_the_next_attempt_another(shop: Lived, kind) -> None:
    assert works(shop, asks(shop, "a", method=f"declines_{kind}")) == []
    asked = asks(shop, "b", method="settles", amount=40_00)
    works(shop, asked)
    settle_all(shop)
    assert attempts(shop) == [(100_00, "declined", kind), (40_00, "settled", None)]
    assert documents(shop)["FR-2013-000001"] == ("partly_paid", 40_00)


def test_a_method_that_was_declined_for_good_is_not_asked_again(shop: Lived) -> None:
    works(shop, asks(shop, "a", method="declines_hard"))
    said = asks(shop, "b", 409, method="declines_hard")["detail"]
    assert said.endswith(
        "expected another than declines_hard, which was declined for good: stolen_card"
    )
    works(shop, asks(shop, "c", method="declines_soft"))
    asks(shop, "d", method="declines_soft")


def test_however_often_it_is_asked_and_worked_it_is_one_charge(shop: Lived) -> None:
    asked = asks(shop, "a", method="settles")
    for key in [one for one in shop.call.model.items if one.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    assert asks(shop, "a", method="settles")["id"] == asked["id"]
    assert [works(shop, asked) for _ in range(3)] == [[], [], []]
    settle_all(shop)
    settle_all(shop)
    assert (len(shop.charged), len(stored(shop, "EV#"))) == (1, 1)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)


def test_a_lost_answer_is_looked_up_before_anything_else_is_asked(shop: Lived) -> None:
    asked = asks(shop, "a", method="vanishes")
    assert works(shop, asked) == ["m0"]
    assert attempts(shop) == [(100_00, "unknown", None)]
    assert "expected no attempt under way" in asks(shop, "b", 409, method="settles")["detail"]
    assert works(shop, asked) == []
    assert (attempts(shop), len(shop.charged)) == ([(100_00, "settled", None)], 1)


def test_what_never_arrived_is_asked_again_under_its_key_and_given_up_after_a_day(shop) -> None:
    asked = asks(shop, "a", method="vanishes_unheard")
    assert [works(shop, asked) for _ in range(2)] == [["m0"], ["m0"]]
    assert shop.charged == [asked["id"]] * 2
    shop.now += timedelta(hours=23)
    assert repairs(shop) == {"ended": 0, "open": 0, "failed": 0}  # it is not due yet
    shop.now += timedelta(hours=2)
    assert repairs(shop) == {"ended": 1, "open": 0, "failed": 0}
    assert (attempts(shop), len(shop.charged)) == ([(100_00, "void", None)], 2)
    asks(shop, "b", method="settles")


def test_what_waits_is_looked_at_each_day(shop: Lived, monkeypatch) -> None:
    asked = asks(shop, "a", method="waits")
    works(shop, asked)
    shop.now += timedelta(days=2)
    assert repairs(shop) == {"ended": 0, "open": 1, "failed": 0}
    monkeypatch.setattr(SandboxGateway, "look_up", lost)
    shop.now += timedelta(days=2)
    assert repairs(shop) == {"ended": 0, "open": 0, "failed": 1}
    assert attempts(shop) == [(100_00, "waiting", None)]
    assert len(shop.charged) == 1


def lost(_gateway, _attempt):
    raise ProviderUnavailableError("no answer")


def test_a_page_to_pay_on(shop: Lived) -> None:
    asked = asks(shop, "a")
    works(shop, asked)
    (row,) = shop.call("GET", f"/v1/invoices/{asked['invoice']}/payments")[1]["data"]
    names = f"{asked['customer']}/{asked['invoice']}/1/{asked['id']}"
    assert row["url"] == f"https://bills.example.test/sandbox/{names}"


def test_what_a_webhook_tells_of_an_attempt_ends_it(shop: Lived) -> None:
    works(shop, asks(shop, "a", method="waits"))
    table = AttemptTable(shop.call.model)
    (item,) = [one for key, one in shop.call.model.items.items() if key.sk.startswith("T#")]
    item["by"] = "stripe"
    names = {"customer_id": item["pk"][2:], "invoice_id": bought(shop), "attempt": "1"}
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 100_00, metadata=names)
    details = {"provider": "stripe", "event": "evt_1", "as_of": shop.now.isoformat()}
    for one in stored(shop, "EV#"):
        one["status"] = "open"  # as if it had been redelivered before it was done
    settle.lambda_handler(queued(details), None)
    assert attempts(shop) == [(100_00, "settled", None)]
    assert table.due(shop.now + timedelta(days=9)) == []


def test_an_invoice_that_was_paid_meanwhile_is_not_collected(shop: Lived) -> None:
    asked = asks(shop, "a", method="settles")
    Bank(shop, bought(shop)).paid("evt_1", 60_00)
    assert works(shop, asked) == []
    assert (attempts(shop), shop.charged) == ([(100_00, "void", None)], [])


def test_a_message_that_comes_after_a_day_charges_nothing(shop: Lived) -> None:
    asked = asks(shop, "a", method="settles")
    shop.now += timedelta(hours=21)
    works(shop, asked)
    assert (attempts(shop), shop.charged) == ([(100_00, "void", None)], [])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"amount": 100_01}, 422, "at most 10000, which is open, found 10001"),
        ({"amount": 0}, 422, "amount"),
        ({"provider": "nobody"}, 422, "provider"),
        ({"method": "a b"}, 422, "method"),
        ({"return_url": "http://x"}, 422, "return_url"),
    ],
)
def test_what_cannot_be_asked(shop: Lived, body, status, said) -> None:
    assert said in asks(shop, "x", status, **body)["detail"]
    assert attempts(shop) == []


def test_nothing_is_collected_of_what_is_paid(shop: Lived) -> None:
    Bank(shop, bought(shop)).paid("evt_1", 100_00)
    assert "expected something open" in asks(shop, "x", 409)["detail"]


def test_there_is_no_such_attempt(shop: Lived) -> None:
    asked = {"customer": "cus_1", "invoice": bought(shop), "number": 7}
    assert works(shop, asked) == ["m0"]


def test_what_a_payer_has_agreed_to_is_worked_again(shop: Lived) -> None:
    asked = asks(shop, "a")
    works(shop, asked)
    names = (asked["invoice"], asked["customer"], 1)
    later = shop.now + timedelta(minutes=5)
    table = AttemptTable(shop.call.model)
    assert tell_attempt(Approved("sandbox", "ORDER1", *names), later, table)
    told = [one for one in stored(shop, "O#") if one["type"] == "attempt.asked"]
    assert len({one["sk"] for one in told}) == 2
    assert not tell_attempt(Approved("paypal", "ORDER1", *names), later, table)
    assert not tell_attempt(Approved("sandbox", "ORDER1", "", "", 0), later, table)


def test_a_page_whose_invoice_was_paid_otherwise_is_given_up(shop: Lived) -> None:
    works(shop, asks(shop, "a"))
    Bank(shop, bought(shop)).paid("evt_1", 60_00)
    shop.now += timedelta(days=2)
    assert repairs(shop) == {"ended": 1, "open": 0, "failed": 0}
    assert attempts(shop) == [(100_00, "void", None)]
