"""The shapes of Stripe's objects and events, with the fields that a card payment fills."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

API_VERSION = "2026-10-28.endive"
Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt to pay an invoice by card; `seed` makes its ids, the same every time."""

    seed: int
    invoice_id: str
    number: str
    amount_minor: int
    currency: str
    email: str
    at: datetime

    @property
    def intent_id(self) -> str:
        return self.identity("pi_3", 23)

    @property
    def charge_id(self) -> str:
        return self.identity("ch_3", 23)

    @property
    def created(self) -> int:
        return int(self.at.timestamp())

    @property
    def metadata(self) -> dict[str, str]:
        return {"invoice_id": self.invoice_id, "invoice_number": self.number}

    def identity(self, prefix: str, length: int, *more: str) -> str:
        """Return an id in Stripe's manner: the prefix and `length` letters and digits."""
        name = "|".join((str(self.seed), prefix, self.invoice_id, *more))
        return prefix + _letters(name, length)


def event(payment: Payment, kind: str, thing: Shape, *, at: datetime, part: str = "") -> Shape:
    """Return an event about a thing; `part` tells events of one kind apart."""
    return {
        "id": payment.identity("evt_1", 23, kind, part),
        "object": "event",
        "api_version": API_VERSION,
        "created": int(at.timestamp()),
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": payment.identity("req_", 14, kind, part), "idempotency_key": None},
        "type": kind,
    }


def checkout_session(payment: Payment) -> Shape:
    """Return the pay page's session, completed and paid."""
    return {
        "id": payment.identity("cs_test_a1", 56),
        "object": "checkout.session",
        "amount_subtotal": payment.amount_minor,
        "amount_total": payment.amount_minor,
        "cancel_url": None,
        "client_reference_id": payment.invoice_id,
        "created": payment.created,
        "currency": payment.currency.lower(),
        "customer": None,
        "customer_details": {"email": payment.email, "name": None, "phone": None, "tax_ids": []},
        "expires_at": payment.created + 24 * 3600,
        "livemode": False,
        "metadata": payment.metadata,
        "mode": "payment",
        "payment_intent": payment.intent_id,
        "payment_method_types": ["card"],
        "payment_status": "paid",
        "status": "complete",
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted",
        "url": None,
    }


def intent_succeeded(payment: Payment) -> Shape:
    paid = {"status": "succeeded", "amount_received": payment.amount_minor}
    return _intent(payment) | paid | {"latest_charge": payment.charge_id}


def intent_declined(payment: Payment) -> Shape:
    """Return the intent after the bank said no; the customer may try another card."""
    error = {
        "charge": payment.identity("ch_3", 23, "declined"),
        "code": "card_declined",
        "decline_code": "insufficient_funds",
        "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        "message": "Your card has insufficient funds.",
        "type": "card_error",
    }
    return _intent(payment) | {"status": "requires_payment_method", "last_payment_error": error}


def charge(payment: Payment, *, refunded_minor: int) -> Shape:
    """Return the charge; `refunded_minor` is everything given back so far, as Stripe says it."""
    return {
        "id": payment.charge_id,
        "object": "charge",
        "amount": payment.amount_minor,
        "amount_captured": payment.amount_minor,
        "amount_refunded": refunded_minor,
        "balance_transaction": payment.identity("txn_3", 23),
        "billing_details": {"address": None, "email": payment.email, "name": None, "phone": None},
        "captured": True,
        "created": payment.created,
        "currency": payment.currency.lower(),
        "customer": None,
        "description": f"Invoice {payment.number}",
        "disputed": False,
        "failure_code": None,
        "livemode": False,
        "metadata": payment.metadata,
        "outcome": {"network_status": "approved_by_network", "type": "authorized"},
        "paid": True,
        "payment_intent": payment.intent_id,
        "payment_method": payment.identity("pm_1", 23),
        "payment_method_details": {"card": dict(_CARD), "type": "card"},
        "refunded": refunded_minor == payment.amount_minor,
        "status": "succeeded",
    }


def dispute(payment: Payment, *, fee_minor: int = 15_00) -> Shape:
    """Return a dispute of the whole charge, with the movement by which the bank takes it."""
    return {
        "id": payment.identity("dp_1", 23),
        "object": "dispute",
        "amount": payment.amount_minor,
        "balance_transactions": [
            {
                "id": payment.identity("txn_1", 23, "dispute"),
                "object": "balance_transaction",
                "amount": -payment.amount_minor,
                "fee": fee_minor,
                "net": -payment.amount_minor - fee_minor,
                "reporting_category": "dispute",
                "type": "adjustment",
            }
        ],
        "charge": payment.charge_id,
        "created": payment.created,
        "currency": payment.currency.lower(),
        "livemode": False,
        "metadata": {},
        "payment_intent": payment.intent_id,
        "reason": "fraudulent",
        "status": "needs_response",
    }


_CARD: Mapping[str, Any] = {
    "brand": "visa",
    "country": "US",
    "exp_month": 12,
    "exp_year": 2030,
    "funding": "credit",
    "last4": "4242",
}


def _intent(payment: Payment) -> Shape:
    return {
        "id": payment.intent_id,
        "object": "payment_intent",
        "amount": payment.amount_minor,
        "amount_capturable": 0,
        "amount_received": 0,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "created": payment.created,
        "currency": payment.currency.lower(),
        "customer": None,
        "description": f"Invoice {payment.number}",
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": payment.metadata,
        "next_action": None,
        "payment_method": payment.identity("pm_1", 23),
        "payment_method_types": ["card"],
        "receipt_email": payment.email,
        "status": "processing",
    }


def _letters(name: str, length: int) -> str:
    """Return letters and digits that follow from a name: its hashes in base 64, less - and _."""
    found = ""
    while len(found) < length:
        digest = sha256(f"{name}|{len(found)}".encode()).digest()
        found += base64.urlsafe_b64encode(digest).decode().translate(_PLAIN)
    return found[:length]


_PLAIN = str.maketrans("", "", "-_=")
