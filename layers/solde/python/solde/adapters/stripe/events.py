"""What a Stripe event says, in our words; amounts are compared later, never trusted here."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from solde.adapters.stripe.declines import kind
from solde.domain.errors import SoldeError
from solde.domain.money import EXPONENTS, Money
from solde.domain.payments import (
    STRIPE,
    Declined,
    Disputed,
    Irrelevant,
    PaymentFact,
    Received,
    Refunded,
)

BYTES_MAX = 256_000
NUMBER_DIGITS = 4
_ID = re.compile(r"evt_[A-Za-z0-9_]{1,250}")


class MalformedEventError(SoldeError):
    """A genuine delivery that cannot be read: it is parked, not lost."""

    code = "malformed_event"


class OtherModeError(SoldeError):
    """A genuine delivery of test money in live mode, or of live money in test mode: parked."""

    code = "other_mode"


def event_id(body: bytes) -> str:
    """
    Return the id of an event, which keys its delivery.

    Raises:
        MalformedEventError: no JSON that has one reading only, or without an id.

    """
    event = _strict(body)
    identity = event.get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise MalformedEventError(f"id: expected evt_…, found {identity!r:.80}", pointer="/id")
    return identity


def fact(body: bytes, *, live: bool) -> PaymentFact:
    """
    Return the fact that an event tells; `live` is the mode of this stage.

    Raises:
        MalformedEventError: a field that is needed is missing or of another type.
        OtherModeError: it is of the other mode.

    """
    event = _stored(body)
    if event.get("livemode") is not live:
        found = event.get("livemode")
        raise OtherModeError(f"livemode: expected {live}, found {found!r:.80}", pointer="/livemode")
    try:
        at = datetime.fromtimestamp(_whole(event["created"]), tz=UTC)
        return _fact(_text(event["type"]), event["data"]["object"], at)
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError) as wrong:
        raise MalformedEventError(f"event: {type(wrong).__name__}: {wrong}") from wrong


def _fact(event: str, thing: Mapping[str, Any], at: datetime) -> PaymentFact:
    match event:
        case "checkout.session.completed" if thing["payment_status"] == "paid":
            amount = _money(thing["amount_total"], thing["currency"])
            return _received(_text(thing["payment_intent"]), amount, thing, at)
        case "payment_intent.succeeded":
            amount = _money(thing["amount_received"], thing["currency"])
            return _received(_text(thing["id"]), amount, thing, at)
        case "payment_intent.payment_failed":
            error = thing.get("last_payment_error") or {}
            code = error.get("decline_code") or error.get("code") or "unknown"
            return Declined(
                STRIPE, _text(thing["id"]), _invoice(thing), code, at, *_attempt(thing), kind(code)
            )
        case "charge.refunded":
            total = _money(thing["amount_refunded"], thing["currency"])
            return Refunded(STRIPE, _text(thing["payment_intent"]), total, at)
        case "charge.dispute.funds_withdrawn":
            return _disputed(thing, at, won=False)
        case "charge.dispute.funds_reinstated":
            return _disputed(thing, at, won=True)
        case other:
            return Irrelevant(other)


def _disputed(thing: Mapping[str, Any], at: datetime, *, won: bool) -> Disputed:
    fees = [_whole(one["fee"]) for one in thing.get("balance_transactions") or ()]
    return Disputed(
        STRIPE,
        _text(thing["payment_intent"]),
        _text(thing["id"]),
        _money(thing["amount"], thing["currency"]),
        at,
        fee=0 if won else sum(fee for fee in fees if fee > 0),
        won=won,
    )


def _received(intent: str, amount: Money, thing: Mapping[str, Any], at: datetime) -> Received:
    return Received(STRIPE, intent, amount, _invoice(thing), at, *_attempt(thing))


def _attempt(thing: Mapping[str, Any]) -> tuple[str, int]:
    """Return whose attempt it was and its number, where we have asked for it."""
    metadata = thing.get("metadata") or {}
    number = str(metadata.get("attempt", ""))
    if not number.isascii() or not number.isdigit() or len(number) > NUMBER_DIGITS:
        return "", 0
    return str(metadata.get("customer_id", "")), int(number)


def _invoice(thing: Mapping[str, Any]) -> str:
    metadata = thing.get("metadata") or {}
    return str(metadata.get("invoice_id", ""))


def _money(minor: object, code: object) -> Money:
    currency = _text(code).upper()
    if currency not in EXPONENTS:
        raise ValueError(f"expected an ISO currency, found {code!r:.80}")
    return Money(_whole(minor), currency)


def _whole(found: object) -> int:
    """Take a whole number: minor units, or seconds."""
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError(f"expected a whole number, found {found!r:.80}")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str) or not found:
        raise TypeError(f"expected text, found {found!r:.80}")
    return found


def _strict(body: bytes) -> dict[str, Any]:
    """Read a body as JSON with one meaning: no NaN, no member twice, no depth without end."""
    try:
        event = json.loads(
            body, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
    except (ValueError, RecursionError) as wrong:
        raise MalformedEventError(f"body: expected JSON, found {wrong}") from wrong
    return _object(event)


def _stored(body: bytes) -> dict[str, Any]:
    """Read a body that was read strictly when it came, eight times faster."""
    try:
        return _object(orjson.loads(body))
    except orjson.JSONDecodeError as wrong:
        raise MalformedEventError(f"body: expected JSON, found {wrong}") from wrong


def _object(event: object) -> dict[str, Any]:
    if not isinstance(event, dict):
        raise MalformedEventError(f"body: expected an object, found {type(event).__name__}")
    return event


def _no_number(found: str) -> None:
    raise ValueError(f"{found}, which is no number of JSON")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; a name that stands twice has two readings."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("an object that names a member twice")
    return made
