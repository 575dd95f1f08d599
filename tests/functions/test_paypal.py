"""From PayPal's signed delivery to the booked payment, through the handlers."""

import copy
import json
from datetime import timedelta
from typing import Any

import pytest

from functions.receive_webhook import paypal as receive
from functions.settle_payment import settle
from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.paypal.certificates import Certificates
from solde.runtime import paypal as place
from solde.runtime.secret import Paypal
from tests.support import paypal_signer as signer
from tests.support.deployment import Deployment, posted, queued
from tests.support.paypal_told import Api, event
from tests.support.seller import Seller


class World:
    """PayPal: its certificates, its API, and its wall clock."""

    def __init__(self) -> None:
        self.now, self.status, self.asked, self.api = signer.NOW, 200, 0, Api()

    def fetch(self, _url: str) -> tuple[int, bytes]:
        self.asked += 1
        return self.status, signer.chain()


@pytest.fixture
def world(cloud: Deployment, monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    held = Certificates(signer.HOST, signer.NAME, signer.roots(), world.fetch, lambda: world.now)
    monkeypatch.setattr(receive, "certificates", lambda: held)
    monkeypatch.setattr(receive, "wall_now", lambda: world.now)
    monkeypatch.setattr(receive, "paypal_secret", lambda: Paypal("i", "s", signer.WEBHOOK))
    monkeypatch.setattr(place, "client", lambda: world.api)
    return world


def told(world: World, name: str, invoice: str, **changes: Any) -> dict[str, Any]:
    """Return a delivery that PayPal's API confirms."""
    one = event(name, invoice) | changes
    world.api.knows(one)
    return one


def receives(one: dict[str, Any] | bytes, **changed: str) -> int:
    body = one if isinstance(one, bytes) else json.dumps(one, indent=2).encode()
    given = signer.headers(body, **changed)
    names = {name.replace("-", "_"): value for name, value in given.items()}
    answer = receive.lambda_handler(posted("/webhooks/paypal", body, **names), None)
    return answer["statusCode"]


def works(*events: dict[str, Any]) -> list[str]:
    details = [
        {"provider": "paypal", "event": one["id"], "as_of": "2013-06-10T10:00:00+00:00"}
        for one in events
    ]
    answer = settle.lambda_handler(queued(*details), None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def standing(seller: Seller) -> tuple[str, int]:
    (invoice,) = seller.documents("acme")
    return invoice.status, invoice.paid_minor


def test_a_capture_is_stored_acknowledged_and_booked(world: World, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    one = told(world, "capture_completed", invoice.id)
    assert (receives(one), receives(one)) == (200, 200)
    assert standing(seller) == ("open", 0)
    assert (works(one), works(one)) == ([], [])
    assert (standing(seller), world.asked) == (("paid", 119_60), 1)


def test_refunds_add_up_whatever_their_order(world: World, seller: Seller) -> None:
    """20.00 and 30.00 come back; PayPal tells the sum so far with each, here the later first."""
    (invoice,) = seller.documents("acme")
    names = ("capture_refunded_again", "capture_refunded", "capture_completed")
    events = [told(world, name, invoice.id) for name in names]
    assert {receives(one) for one in events} == {200}
    assert works(*events) == []
    assert standing(seller) == ("partly_paid", 69_60)


def test_a_dispute_that_is_lost_opens_the_invoice(world: World, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    for name in ("dispute_created", "capture_completed", "dispute_lost"):
        one = told(world, name, invoice.id)
        receives(one)
        assert works(one) == []
    assert standing(seller) == ("open", 0)


def test_an_amount_of_a_body_is_not_believed(world: World, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    one = told(world, "capture_completed", invoice.id)
    forged = copy.deepcopy(one)
    forged["resource"]["amount"]["value"] = "999999.00"
    receives(forged)
    assert works(forged) == []
    assert standing(seller) == ("paid", 119_60)


def test_while_the_api_does_not_answer_the_delivery_waits(world: World, seller: Seller) -> None:
    (invoice,) = seller.documents("acme")
    one = told(world, "capture_completed", invoice.id)
    receives(one)
    known, world.api.known = world.api.known, {}
    assert works(one) == ["m0"]
    world.api.known = known
    assert works(one) == []
    assert standing(seller) == ("paid", 119_60)


REFUSED = {
    "another-webhook": {"webhook": "SOMEBODY"},
    "forged": {"signer": signer.key("somebody", 2048)},
    "stale": {"at": signer.NOW - timedelta(days=5)},
    "from-the-future": {"at": signer.NOW + timedelta(hours=1)},
    "live-on-test": {"cert_url": signer.URL.replace("sandbox.", "")},
    "elsewhere": {"cert_url": "https://evil.test/v1/notifications/certs/CERT-1"},
    "another-algorithm": {"auth_algo": "SHA1withRSA"},
}


@pytest.mark.parametrize("how", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_proved_writes_nothing(world, cloud, seller, capsys, how) -> None:
    before = copy.deepcopy(seller.table.items)
    assert receives(event("capture_completed"), **how) == 400
    assert seller.table.items == before
    assert '"DeliveriesRefused":1}' in capsys.readouterr().out


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"id": "WH-1", "id": "WH-2"}',
        b'{"id": "WH-1", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": "WH-1", "filler": "' + b"x" * 256_000 + b'"}',
    ],
    ids=["empty", "truncated", "twice", "deep", "huge"],
)
def test_a_broken_body_writes_nothing_even_if_it_is_signed(world, cloud, seller, body) -> None:
    before = copy.deepcopy(seller.table.items)
    assert receives(body) == 400
    assert seller.table.items == before


def test_a_body_that_was_encoded_again_is_another(world, cloud, seller) -> None:
    one = event("capture_completed")
    given = signer.headers(json.dumps(one, indent=2).encode())
    names = {name.replace("-", "_"): value for name, value in given.items()}
    again = json.dumps(one).encode()
    answer = receive.lambda_handler(posted("/webhooks/paypal", again, **names), None)
    assert answer["statusCode"] == 400


@pytest.mark.parametrize("status", [301, 500, 503])
def test_while_the_certificate_cannot_be_had_it_shall_be_sent_again(
    world, cloud, seller, status
) -> None:
    before = copy.deepcopy(seller.table.items)
    world.status = status
    assert receives(event("capture_completed")) == 503
    assert seller.table.items == before


def test_a_host_that_is_down_is_no_refusal(world, cloud, monkeypatch) -> None:
    def down(_url: str) -> tuple[int, bytes]:
        raise ProviderUnavailableError("down")

    monkeypatch.setattr(world, "fetch", down)
    held = Certificates(signer.HOST, signer.NAME, signer.roots(), down, lambda: world.now)
    monkeypatch.setattr(receive, "certificates", lambda: held)
    assert receives(event("capture_completed")) == 503


def test_the_places_of_both_modes_are_apart(monkeypatch) -> None:
    monkeypatch.setenv("STAGE", "live")
    assert place.place().host == "api.paypal.com"
    monkeypatch.setenv("STAGE", "test")
    assert place.place().host == signer.HOST


def test_the_roots_that_come_along_can_be_read(monkeypatch) -> None:
    """Two of DigiCert, whose authorities sign PayPal's certificates."""
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setattr(place, "paypal_secret", lambda: Paypal("i", "s", "W"))
    place.certificates.cache_clear()
    held = place.certificates()
    place.certificates.cache_clear()
    assert held.roots.count(b"-----BEGIN CERTIFICATE-----") == 2
    assert held.name == signer.NAME
