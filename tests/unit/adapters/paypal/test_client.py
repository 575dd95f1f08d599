"""One token for many requests, one key for one request, and no answer that is taken for one."""

import json

import pytest

from solde.adapters.errors import ProviderUnavailableError
from solde.adapters.paypal.client import PaypalClient


class Paypal:
    """Answers as it is told; the rest of the time with 200 and an empty object."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers, self.sent, self.tokens, self.now = list(answers), [], 0, 0

    def __call__(self, method, url, headers, body):
        if url.endswith("/v1/oauth2/token"):
            assert headers["Authorization"] == "Basic aWQ6c2VjcmV0"  # id:secret
            assert body == b"grant_type=client_credentials"
            self.tokens += 1
            told = {"access_token": f"A{self.tokens}", "expires_in": 32_400}
            return 200, json.dumps(told).encode()
        self.sent.append((method, url, headers, body))
        status, found = self.answers.pop(0) if self.answers else (200, {})
        return status, found if isinstance(found, bytes) else json.dumps(found).encode()


def client(paypal: Paypal) -> PaypalClient:
    return PaypalClient("https://api.test", "id", "secret", paypal, lambda: paypal.now)


def test_a_token_is_kept_until_shortly_before_its_end() -> None:
    paypal = Paypal()
    asks = client(paypal)
    for now in (0, 32_279, 32_280):
        paypal.now = now
        asks.get("/x")
    assert paypal.tokens == 2
    assert [one[2]["Authorization"] for one in paypal.sent] == [
        "Bearer A1",
        "Bearer A1",
        "Bearer A2",
    ]


def test_a_token_that_was_revoked_is_had_anew_once() -> None:
    paypal = Paypal((401, {}), (200, {"id": "1"}))
    assert client(paypal).get("/x") == (200, {"id": "1"})
    assert paypal.tokens == 2


def test_a_request_carries_its_key() -> None:
    paypal = Paypal((201, {"id": "5O1"}))
    assert client(paypal).post("/v2/checkout/orders", {"a": 1}, "att_1") == (201, {"id": "5O1"})
    ((method, url, headers, body),) = paypal.sent
    assert (method, url, body) == ("POST", "https://api.test/v2/checkout/orders", b'{"a": 1}')
    assert headers["PayPal-Request-Id"] == "att_1"


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_no_answer_that_says_what_became_of_it(status) -> None:
    paypal = Paypal((status, {}), (status, {}))
    with pytest.raises(ProviderUnavailableError, match=str(status)):
        client(paypal).get("/x")


@pytest.mark.parametrize("body", [b"<html>", b"\xff"])
def test_an_answer_that_is_no_json(body) -> None:
    with pytest.raises(ProviderUnavailableError):
        client(Paypal((200, body))).get("/x")


def test_a_refusal_is_an_answer() -> None:
    assert client(Paypal((422, {"name": "X"}))).get("/x") == (422, {"name": "X"})


def test_no_token() -> None:
    asks = PaypalClient("https://api.test", "id", "secret", lambda *_: (401, b"{}"))
    with pytest.raises(ProviderUnavailableError, match="no token"):
        asks.get("/x")
