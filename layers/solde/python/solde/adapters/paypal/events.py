"""What a PayPal event says, in our words: it names a capture, and the API says what it came to."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from solde.adapters.errors import MalformedEventError, ProviderUnavailableError
from solde.adapters.one_reading import stored, strict, text
from solde.adapters.paypal.money import money
from solde.domain.attempts import Decline
from solde.domain.payments import (
    PAYPAL,
    Approved,
    Declined,
    Disputed,
    Irrelevant,
    MethodStored,
    PaymentFact,
    Received,
    Refunded,
)

BYTES_MAX = 256_000
OK = 200
LABEL_MAX = 80
HAS_COME = ("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED")
_ID = re.compile(r"WH-[A-Za-z0-9-]{1,250}")
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")


class Asks(Protocol):
    def get(self, path: str) -> tuple[int, dict[str, Any]]: ...


def event_id(body: bytes) -> str:
    """
    Return the id of an event, which keys its delivery.

    Raises:
        MalformedEventError: no JSON that has one reading only, or without an id.

    """
    identity = strict(body).get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise MalformedEventError(f"id: expected WH-…, found {identity!r:.80}", pointer="/id")
    return identity


def fact(body: bytes, *, api: Asks) -> PaymentFact:
    """
    Return the fact that an event tells, as PayPal's API confirms it now.

    Raises:
        MalformedEventError: a field that is needed is missing or of another type.
        ProviderUnavailableError: the API does not answer: the delivery is worked again.

    """
    event = stored(body)
    try:
        at = _instant(event["create_time"])
        return _fact(text(event["event_type"]), event["resource"], at, api)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as wrong:
        raise MalformedEventError(f"event: {type(wrong).__name__}: {wrong}") from wrong


def _fact(event: str, thing: Mapping[str, Any], at: datetime, api: Asks) -> PaymentFact:
    match event:
        case "PAYMENT.CAPTURE.COMPLETED":
            return _captured(_confirmed(api, "/v2/payments/captures", thing), event)
        case "PAYMENT.SALE.COMPLETED":
            return _sold(_confirmed(api, "/v1/payments/sale", thing), event)
        case "PAYMENT.CAPTURE.DENIED" | "PAYMENT.CAPTURE.DECLINED":
            invoice, customer, number = named(thing)
            code = str((thing.get("status_details") or {}).get("reason") or "declined").lower()
            known = Decline.SOFT
            return Declined(PAYPAL, text(thing["id"]), invoice, code, at, customer, number, known)
        case "CHECKOUT.ORDER.APPROVED":
            return Approved(PAYPAL, text(thing["id"]), *named(thing["purchase_units"][0]))
        case "PAYMENT.SALE.REFUNDED" | "PAYMENT.SALE.REVERSED":
            raise ValueError(f"{event}: expected a person to look: its sum is not confirmed")
        case _:
            return _back(event, thing, at, api)


def _back(event: str, thing: Mapping[str, Any], at: datetime, api: Asks) -> PaymentFact:
    """Read what tells of money that goes back; all else is kept."""
    match event:
        case "PAYMENT.CAPTURE.REFUNDED":
            found = _confirmed(api, "/v2/payments/refunds", thing)
            total = money(found["seller_payable_breakdown"]["total_refunded_amount"])
            return Refunded(PAYPAL, _capture_of(found), total, at)
        case "PAYMENT.CAPTURE.REVERSED":
            found = _confirmed(api, "/v2/payments/refunds", thing)
            return Disputed(
                PAYPAL, _capture_of(found), text(found["id"]), money(found["amount"]), at
            )
        case "CUSTOMER.DISPUTE.RESOLVED":
            return _resolved(_confirmed(api, "/v1/customer/disputes", thing, "dispute_id"), event)
        case "VAULT.PAYMENT-TOKEN.CREATED" if _merchants(thing):
            return _stored(_confirmed(api, "/v3/vault/payment-tokens", thing), event, at)
        case other:
            return Irrelevant(other)


def _stored(token: Mapping[str, Any], event: str, at: datetime) -> PaymentFact:
    """Read what the vault keeps of a payer, where it knows him by a name of ours."""
    customer = _merchants(token)
    if not customer:
        return Irrelevant(event)
    account = (token.get("payment_source") or {}).get("paypal") or {}
    label = str(account.get("email_address", ""))[:LABEL_MAX]
    return MethodStored(PAYPAL, customer, text(token["id"]), label, at)


def _merchants(thing: Mapping[str, Any]) -> str:
    """Return the name that we have given a payer at PayPal, if we have."""
    return str((thing.get("customer") or {}).get("merchant_customer_id", ""))


def _captured(capture: Mapping[str, Any], event: str) -> PaymentFact:
    if capture["status"] not in HAS_COME:
        return Irrelevant(f"{event} {capture['status']}")
    invoice, customer, number = named(capture)
    at = _instant(capture["create_time"])
    amount = money(capture["amount"])
    return Received(PAYPAL, text(capture["id"]), amount, invoice, at, customer, number)


def _sold(sale: Mapping[str, Any], event: str) -> PaymentFact:
    """Read a sale of a subscription at PayPal: its `custom` is what we gave."""
    if sale["state"] not in ("completed", "partially_refunded", "refunded"):
        return Irrelevant(f"{event} {sale['state']}")
    invoice, customer, number = named({"custom_id": sale.get("custom")})
    at = _instant(sale["create_time"])
    return Received(PAYPAL, text(sale["id"]), money(sale["amount"]), invoice, at, customer, number)


def _resolved(dispute: Mapping[str, Any], event: str) -> PaymentFact:
    """Read how a dispute ended: money went only where the buyer was found to be right."""
    outcome = dispute.get("dispute_outcome") or {}
    if outcome.get("outcome_code") != "RESOLVED_BUYER_FAVOUR":
        return Irrelevant(f"{event} {outcome.get('outcome_code')}")
    capture = text(dispute["disputed_transactions"][0]["seller_transaction_id"])
    amount, at = money(outcome["amount_refunded"]), _instant(dispute["update_time"])
    return Disputed(PAYPAL, capture, text(dispute["dispute_id"]), amount, at)


def _confirmed(api: Asks, path: str, thing: Mapping[str, Any], field: str = "id") -> dict[str, Any]:
    """Ask PayPal for what an event names: the event's own amounts prove nothing."""
    name = text(thing[field])
    if not _NAME.fullmatch(name):
        raise ValueError(f"{field}: expected an id, found {name!r:.80}")
    status, found = api.get(f"{path}/{name}")
    if status == 404:  # noqa: PLR2004 - it is not known there (yet, or never)
        raise ProviderUnavailableError(f"paypal: {path}/{name} is not known there")
    if status != OK or found.get(field) != name:
        raise MalformedEventError(f"paypal: {path}/{name}: expected it confirmed, found {status}")
    return found


def _capture_of(refund: Mapping[str, Any]) -> str:
    """Return the capture that a refund is of: the link up."""
    href = next(one["href"] for one in refund["links"] if one["rel"] == "up")
    return text(href.rpartition("/")[2])


def named(thing: Mapping[str, Any]) -> tuple[str, str, int]:
    """Return what we have written beside a capture: invoice, customer and number of the attempt."""
    invoice, _, rest = str(thing.get("custom_id") or thing.get("invoice_id") or "").partition("/")
    customer, _, number = rest.partition("/")
    counts = number.isascii() and number.isdigit() and len(number) <= 4  # noqa: PLR2004
    return invoice, customer if counts else "", int(number) if counts else 0


def _instant(found: object) -> datetime:
    at = datetime.fromisoformat(text(found))
    if at.tzinfo is None:
        raise ValueError(f"expected an instant with its zone, found {found!r:.80}")
    return at.astimezone(UTC)
