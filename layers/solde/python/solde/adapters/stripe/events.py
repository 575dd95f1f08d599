"""What a Stripe event says, in our words; amounts are compared later, never trusted here."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from solde.adapters.errors import MalformedEventError, OtherAccountError, OtherModeError
from solde.adapters.one_reading import stored, strict, text
from solde.adapters.stripe.declines import kind
from solde.domain.attempts import PAGE_EXPIRED
from solde.domain.money import EXPONENTS, Money
from solde.domain.payments import (
    STRIPE,
    Declined,
    Disputed,
    Irrelevant,
    MethodStored,
    PaymentFact,
    Received,
    Refunded,
)

BYTES_MAX = 256_000
NUMBER_DIGITS = 4
_ID = re.compile(r"evt_[A-Za-z0-9_]{1,250}")


def event_id(body: bytes, *, live: bool, account: str = "") -> str:
    """
    Return the id of an event of our mode and account, which keys its delivery.

    `account` is that of a platform's seller; events of an account of one's own name none.

    Raises:
        MalformedEventError: no JSON that has one reading only, or without an id.
        OtherModeError, OtherAccountError: it is not for us.

    """
    event = strict(body)
    identity = event.get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise MalformedEventError(f"id: expected evt_…, found {identity!r:.80}", pointer="/id")
    _ours(event, live=live)
    if (found := event.get("account") or "") != account:
        raise OtherAccountError(f"account: expected {account!r}, found {found!r:.80}")
    return identity


def fact(body: bytes, *, live: bool) -> PaymentFact:
    """
    Return the fact that an event tells; `live` is the mode of this stage.

    Raises:
        MalformedEventError: a field that is needed is missing or of another type.
        OtherModeError: it is of the other mode.

    """
    event = stored(body)
    _ours(event, live=live)
    try:
        at = datetime.fromtimestamp(_whole(event["created"]), tz=UTC)
        return _fact(text(event["type"]), event["data"]["object"], at)
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError) as wrong:
        raise MalformedEventError(f"event: {type(wrong).__name__}: {wrong}") from wrong


def _ours(event: Mapping[str, Any], *, live: bool) -> None:
    if event.get("livemode") is not live:
        found = event.get("livemode")
        raise OtherModeError(f"livemode: expected {live}, found {found!r:.80}", pointer="/livemode")


def _fact(event: str, thing: Mapping[str, Any], at: datetime) -> PaymentFact:
    match event:
        case "checkout.session.completed" | "checkout.session.async_payment_succeeded" if (
            thing["payment_status"] == "paid"
        ):
            amount = _money(thing["amount_total"], thing["currency"])
            return _received(text(thing["payment_intent"]), amount, thing, at)
        case "payment_intent.succeeded":
            amount = _money(thing["amount_received"], thing["currency"])
            return _received(text(thing["id"]), amount, thing, at)
        case "charge.refunded":
            total = _money(thing["amount_refunded"], thing["currency"])
            return Refunded(STRIPE, text(thing["payment_intent"]), total, at)
        case "charge.dispute.funds_withdrawn":
            return _disputed(thing, at, won=False)
        case "charge.dispute.funds_reinstated":
            return _disputed(thing, at, won=True)
        case _:
            return _nothing_came(event, thing, at)


def _nothing_came(event: str, thing: Mapping[str, Any], at: datetime) -> PaymentFact:
    """Read what tells why no money came; all else is kept."""
    match event:
        case "payment_intent.payment_failed":
            error = thing.get("last_payment_error") or {}
            code = error.get("decline_code") or error.get("code") or "unknown"
            return _declined(thing, code, at)
        case "payment_intent.canceled":
            return _declined(thing, str(thing.get("cancellation_reason") or "canceled"), at)
        case "checkout.session.expired":
            return _declined(thing, PAGE_EXPIRED, at)
        case "refund.failed":
            raise ValueError("refund.failed: expected a person to look: money came back")
        case "setup_intent.succeeded":
            return _stored(event, thing, at)
        case other:
            return Irrelevant(other)


def _stored(event: str, thing: Mapping[str, Any], at: datetime) -> PaymentFact:
    """Read that a payer has set up what he pays with, where we have asked him to."""
    customer = str((thing.get("metadata") or {}).get("customer_id", ""))
    if not customer:
        return Irrelevant(event)
    method, owner = text(thing["payment_method"]), thing.get("customer")
    token = f"{text(owner)}/{method}" if owner else method
    return MethodStored(STRIPE, customer, token, "", at)


def _disputed(thing: Mapping[str, Any], at: datetime, *, won: bool) -> Disputed:
    fees = [_whole(one["fee"]) for one in thing.get("balance_transactions") or ()]
    return Disputed(
        STRIPE,
        text(thing["payment_intent"]),
        text(thing["id"]),
        _money(thing["amount"], thing["currency"]),
        at,
        fee=0 if won else sum(fee for fee in fees if fee > 0),
        won=won,
    )


def _declined(thing: Mapping[str, Any], code: str, at: datetime) -> Declined:
    name, whose = text(thing["id"]), _attempt(thing)
    return Declined(STRIPE, name, _invoice(thing), code, at, *whose, kind(code))


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
    currency = text(code).upper()
    if currency not in EXPONENTS:
        raise ValueError(f"expected an ISO currency, found {code!r:.80}")
    return Money(_whole(minor), currency)


def _whole(found: object) -> int:
    """Take a whole number: minor units, or seconds."""
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError(f"expected a whole number, found {found!r:.80}")
    return found
