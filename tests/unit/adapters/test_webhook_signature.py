"""Signatures of Standard Webhooks, by the example of its own specification."""

import base64
import hashlib
import hmac

from solde.adapters.webhook_signature import secret_of, signed_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - that of the specification
OTHER = secret_of(b"k" * 32)


def test_the_example_of_the_specification() -> None:
    body = b'{"test": 2432232314}'
    found = signed_headers([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == {
        "Content-Type": "application/json",
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_rolls_over_it_is_signed_with_both() -> None:
    first, second = signed_headers([OTHER, SECRET], "dlv_1", 1, b"{}")["webhook-signature"].split()
    by_hand = hmac.new(b"k" * 32, b"dlv_1.1.{}", hashlib.sha256).digest()
    assert first == f"v1,{base64.b64encode(by_hand).decode()}"
    assert second != first
