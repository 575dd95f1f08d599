"""Refunds asked of Stripe: what goes over the wire, and what each answer means."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from local.sandbox.stripe_refunds import RefundsSandbox
from solde.adapters.stripe.refunds import ProviderUnavailableError, StripeRefunds
from solde.domain.money import Money
from solde.ports.refunds import RefundAsked, Refused, Sent

WANTED = RefundAsked(
    id="rfd_1",
    payment_id="pay_1",
    customer_id="cus_1",
    provider="stripe",
    reference="pi_1",
    amount=Money(10_00, "EUR"),
    total=10_00,
    asked_at=datetime(2027, 6, 1, tzinfo=UTC),
)


class Handler(BaseHTTPRequestHandler):
    sandbox: ClassVar = RefundsSandbox()
    forced: ClassVar[list] = []
    seen: ClassVar[list] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.seen.append((self.path, headers["authorization"], headers["idempotency-key"], body))
        status, answer = self.forced[0] if self.forced else self.sandbox.post(headers, body)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def stripe() -> Iterator[StripeRefunds]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Handler.sandbox, Handler.forced, Handler.seen = RefundsSandbox(), [], []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield StripeRefunds(f"http://127.0.0.1:{server.server_port}", "rk_test_1")
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_request_twice_is_one_refund(stripe: StripeRefunds) -> None:
    first = stripe.refund(WANTED)
    assert isinstance(first, Sent)
    assert stripe.refund(WANTED) == first
    assert len(Handler.sandbox.refunds) == 1
    body = "payment_intent=pi_1&amount=1000&metadata%5Brefund_id%5D=rfd_1"
    assert Handler.seen == [("/v1/refunds", "Bearer rk_test_1", "rfd_1", body)] * 2


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (400, {"error": {"code": "charge_disputed", "message": "No."}}, "charge_disputed: No."),
        (402, {"error": {"type": "card_error"}}, "card_error: "),
        (404, {}, "404: "),
        (200, {"id": "re_1", "status": "failed", "failure_reason": "lost"}, "failed: lost"),
    ],
)
def test_what_it_will_not_do_is_a_value(stripe, status, answer, reason) -> None:
    Handler.forced = [(status, answer)]
    assert stripe.refund(WANTED) == Refused(reason)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, {}), (429, {}), (409, {}), (401, {}), (200, b"no json"), (200, {}), (200, [])],
)
def test_what_says_nothing_is_asked_again(stripe, status, answer) -> None:
    Handler.forced = [(status, answer)]
    with pytest.raises(ProviderUnavailableError) as raised:
        stripe.refund(WANTED)
    assert raised.value.retryable


def test_nobody_there_is_asked_again() -> None:
    with pytest.raises(ProviderUnavailableError):
        StripeRefunds("http://127.0.0.1:9", "k").refund(WANTED)


def test_the_sandbox_refuses_a_key_for_another_request(stripe: StripeRefunds) -> None:
    stripe.refund(WANTED)
    found = RefundsSandbox(dict(Handler.sandbox.refunds)).post(
        {"authorization": "Bearer k", "idempotency-key": "rfd_1"}, "payment_intent=pi_2&amount=1"
    )
    assert found[0] == 400
    assert RefundsSandbox().post({}, "")[0] == 401
