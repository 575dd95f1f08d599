"""A stand-in for Stripe: payers of several kinds, and signed deliveries of what they did."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from local.sandbox.stripe_objects import (
    Payment,
    Shape,
    charge,
    checkout_session,
    event,
    intent_declined,
    intent_succeeded,
)

TIMEOUT_SECONDS = 30
LATE = timedelta(days=20)
SECOND_TRY = timedelta(hours=1)
REFUND_AFTER = timedelta(days=1)
FORGER = "whsec_somebody_else"


class Behaviour(Enum):
    PAYS_AT_ONCE = "pays_at_once"
    PAYS_LATE = "pays_late"
    DELIVERED_TWICE = "delivered_twice"
    NEVER_PAYS = "never_pays"
    WRONG_AMOUNT = "wrong_amount"
    UNKNOWN_INVOICE = "unknown_invoice"
    FORGED = "forged"
    DECLINED_FIRST = "declined_first"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A body to be posted when the clock stands at `at`, signed with `secret` as it is sent."""

    at: datetime
    body: bytes
    secret: str


def deliveries(payment: Payment, behaviour: Behaviour, *, secret: str) -> Iterator[Delivery]:
    """
    Yield what Stripe would deliver, in order of time.

    `payment` is how the invoice would be paid at once and in full; the behaviour changes it.
    """
    signer = FORGER if behaviour is Behaviour.FORGED else secret
    for at, what in _events(payment, behaviour):
        body = json.dumps(what, indent=2, ensure_ascii=False).encode()
        yield Delivery(at, body, signer)


def signature(body: bytes, secret: str, *, at: int) -> str:
    """Return the Stripe-Signature header of the raw bytes; `at` is wall time in seconds."""
    signed = f"{at}.".encode() + body
    return f"t={at},v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"


def headers(delivery: Delivery, *, now: int) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": signature(delivery.body, delivery.secret, at=now),
    }


def post(delivery: Delivery, url: str, *, now: int) -> int:
    """
    Post a delivery, signed at `now` (wall time in seconds), and return the status of the answer.

    Raises:
        OSError: no answer; like Stripe, send it again.

    """
    target = urlsplit(url)
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    connection = kind(target.netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", target.path, delivery.body, headers(delivery, now=now))
        return connection.getresponse().status
    finally:
        connection.close()


def _events(payment: Payment, behaviour: Behaviour) -> Iterator[tuple[datetime, Shape]]:
    meant = _meant(payment, behaviour)
    if behaviour is Behaviour.NEVER_PAYS:
        return
    if behaviour is Behaviour.DECLINED_FIRST:
        yield payment.at, _declined(payment)
    for one in _paid(meant):
        yield one
        if behaviour is Behaviour.DELIVERED_TWICE:
            yield one
    if behaviour is Behaviour.REFUNDED:
        yield from _refunded(payment)


def _meant(payment: Payment, behaviour: Behaviour) -> Payment:
    """Return the payment as this payer makes it."""
    match behaviour:
        case Behaviour.PAYS_LATE:
            return replace(payment, at=payment.at + LATE)
        case Behaviour.DECLINED_FIRST:
            return replace(payment, at=payment.at + SECOND_TRY)
        case Behaviour.WRONG_AMOUNT:
            return replace(payment, amount_minor=payment.amount_minor - 1)
        case Behaviour.UNKNOWN_INVOICE:
            unknown = sha256(payment.invoice_id.encode()).hexdigest()[:26]
            return replace(payment, invoice_id=f"inv_{unknown}")
        case _:
            return payment


def _paid(payment: Payment) -> Iterator[tuple[datetime, Shape]]:
    """Yield both events of one payment, as Stripe sends both: the money is the same."""
    at, intent, session = payment.at, intent_succeeded(payment), checkout_session(payment)
    yield at, event(payment, "payment_intent.succeeded", intent, at=at)
    yield at, event(payment, "checkout.session.completed", session, at=at)


def _declined(payment: Payment) -> Shape:
    intent = intent_declined(payment)
    return event(payment, "payment_intent.payment_failed", intent, at=payment.at)


def _refunded(payment: Payment) -> Iterator[tuple[datetime, Shape]]:
    """Yield two refunds, half and the rest; each event says the sum so far."""
    half = payment.amount_minor // 2
    steps = ((0, half), (half, payment.amount_minor))
    for number, (before, after) in enumerate(steps, start=1):
        at = payment.at + number * REFUND_AFTER
        thing = charge(payment, refunded_minor=after)
        what = event(payment, "charge.refunded", thing, at=at, part=str(number))
        what["data"]["previous_attributes"] = {"amount_refunded": before}
        yield at, what
