"""Stripe's deliveries with all their fields, from tests/events/stripe, as facts."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import stripe

from solde.adapters.errors import MalformedEventError
from solde.adapters.stripe.events import event_id, fact
from solde.domain.attempts import Decline
from solde.domain.money import Money
from solde.domain.payments import Declined, Disputed, Irrelevant, Received, Refunded

EVENTS = Path(__file__).resolve().parents[3] / "events" / "stripe"
AT = datetime(2013, 6, 10, 10, tzinfo=UTC)
ALL = Money(119_60, "EUR")


def told(name: str):
    return fact((EVENTS / f"{name}.json").read_bytes(), live=False)


def intent() -> str:
    found = told("payment_intent_succeeded")
    assert isinstance(found, Received)
    return found.reference


PAID = ("payment_intent_succeeded", "session_completed", "session_paid_later")
KEPT = {
    "payment_intent_processing": "payment_intent.processing",
    "session_waiting": "checkout.session.completed",
    "session_failed_later": "checkout.session.async_payment_failed",
    "charge_succeeded": "charge.succeeded",
    "charge_failed": "charge.failed",
    "refund_created": "refund.created",
    "refund_updated": "refund.updated",
    "dispute_created": "charge.dispute.created",
    "dispute_closed": "charge.dispute.closed",
    "setup_intent_succeeded": "setup_intent.succeeded",
    "invoice_paid": "invoice.paid",
}
DECLINED = {
    "payment_intent_failed": "insufficient_funds",
    "payment_intent_canceled": "abandoned",
    "session_expired": "page_expired",
}


@pytest.mark.parametrize("name", PAID)
def test_money_by_whichever_event(name) -> None:
    assert told(name) == Received("stripe", intent(), ALL, "inv_1", AT)


@pytest.mark.parametrize(("name", "kind"), KEPT.items())
def test_what_is_kept(name, kind) -> None:
    assert told(name) == Irrelevant(kind)


@pytest.mark.parametrize(("name", "code"), DECLINED.items())
def test_what_did_not_come(name, code) -> None:
    found = told(name)
    assert isinstance(found, Declined)
    assert (found.code, found.kind, found.invoice_id) == (code, Decline.SOFT, "inv_1")


def test_what_went_back() -> None:
    assert told("charge_refunded") == Refunded("stripe", intent(), Money(50_00, "EUR"), AT)
    for name, fee, won in (("dispute_withdrawn", 15_00, False), ("dispute_reinstated", 0, True)):
        found = told(name)
        assert isinstance(found, Disputed)
        assert (found.amount, found.fee, found.won) == (ALL, fee, won)


def test_a_refund_that_failed_is_for_a_person() -> None:
    with pytest.raises(MalformedEventError, match="expected a person to look"):
        told("refund_failed")


@pytest.mark.parametrize("file", sorted(EVENTS.glob("*.json")), ids=lambda file: file.stem)
def test_each_is_one_that_stripes_library_reads(file) -> None:
    body = file.read_bytes()
    event = stripe.Event.construct_from(json.loads(body), "sk")
    assert event.id == event_id(body, live=False)
    names = {*PAID, *KEPT, *DECLINED, "charge_refunded", "refund_failed"}
    assert file.stem in names | {"dispute_withdrawn", "dispute_reinstated"}
