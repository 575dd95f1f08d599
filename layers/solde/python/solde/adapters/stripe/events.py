"""What a Stripe event says, in our words; amounts are compared later, never trusted here."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from solde.domain.errors import SoldeError
from solde.domain.money import EXPONENTS, Money
from solde.domain.payments import (
    STRIPE,
    Declined,
    Irrelevant,
    PaymentFact,
    Received,
    Refunded,
)

BYTES_MAX = 256_000


class MalformedEventError(SoldeError):
    """A genuine delivery that cannot be read: it is parked, not lost."""

    code = "malformed_event"


def event_id(body: bytes) -> str:
    """
    Return the id of an event, which keys its delivery.

    Raises:
        MalformedEventError: not JSON, or without an id.

    """
    event = _loaded(body)
    identity = event.get("id")
    if not isinstance(identity, str) or not identity.startswith("evt_"):
        raise MalformedEventError(f"id: expected evt_…, found {identity!r}", pointer="/id")
    return identity


def fact(body: bytes) -> PaymentFact:
    """
    Return the fact that an event tells.

    Raises:
        MalformedEventError: a field that is needed is missing or of another type.

    """
    event = _loaded(body)
    try:
        thing = event["data"]["object"]
        at = datetime.fromtimestamp(event["created"], tz=UTC)
        return _fact(event["type"], thing, at)
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise MalformedEventError(f"event: {type(wrong).__name__}: {wrong}") from wrong


def _fact(kind: str, thing: Mapping[str, Any], at: datetime) -> PaymentFact:
    match kind:
        case "checkout.session.completed" if thing["payment_status"] == "paid":
            amount = _money(thing["amount_total"], thing["currency"])
            return Received(STRIPE, thing["payment_intent"], amount, _invoice(thing), at)
        case "payment_intent.succeeded":
            amount = _money(thing["amount_received"], thing["currency"])
            return Received(STRIPE, thing["id"], amount, _invoice(thing), at)
        case "payment_intent.payment_failed":
            error = thing.get("last_payment_error") or {}
            code = error.get("decline_code") or error.get("code") or "unknown"
            return Declined(STRIPE, thing["id"], _invoice(thing), code, at)
        case "charge.refunded":
            total = _money(thing["amount_refunded"], thing["currency"])
            return Refunded(STRIPE, thing["payment_intent"], total, at)
        case other:
            return Irrelevant(other)


def _invoice(thing: Mapping[str, Any]) -> str:
    metadata = thing.get("metadata") or {}
    return str(metadata.get("invoice_id", ""))


def _money(minor: object, code: str) -> Money:
    currency = code.upper()
    if not isinstance(minor, int) or isinstance(minor, bool) or currency not in EXPONENTS:
        raise ValueError(f"expected minor units of an ISO currency, found {minor!r} {code!r}")
    return Money(minor, currency)


def _loaded(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise MalformedEventError(f"body: expected JSON, found {wrong}") from wrong
    if not isinstance(event, dict):
        raise MalformedEventError(f"body: expected an object, found {type(event).__name__}")
    return event
