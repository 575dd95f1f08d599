"""What each kind of Stripe event tells, and what is said of those that cannot be read."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from solde.adapters.stripe.events import (
    MalformedEventError,
    OtherModeError,
    event_id,
    fact,
)
from solde.domain.attempts import Decline
from solde.domain.money import Money
from solde.domain.payments import (
    Declined,
    Irrelevant,
    MethodStored,
    PaymentFact,
    Received,
    Refunded,
)

AT = datetime(2013, 6, 10, 10, 0, tzinfo=UTC)
STAMP = 1_370_858_400  # 2013-06-10 10:00 UTC
INVOICE = {"metadata": {"invoice_id": "inv_1"}}
INTENT: dict[str, Any] = {"id": "pi_1", "amount_received": 119_60, "currency": "eur", **INVOICE}
SESSION: dict[str, Any] = {
    "id": "cs_1",
    "payment_intent": "pi_1",
    "payment_status": "paid",
    "amount_total": 119_60,
    "currency": "eur",
    **INVOICE,
}
CHARGE: dict[str, Any] = {
    "id": "ch_1",
    "payment_intent": "pi_1",
    "amount": 119_60,
    "amount_refunded": 60_00,
    "currency": "eur",
}


def event(kind: str, thing: object, **changes: object) -> bytes:
    said = {
        "id": "evt_1",
        "type": kind,
        "created": STAMP,
        "livemode": False,
        "data": {"object": thing},
    }
    return json.dumps(said | changes).encode()


class Told(NamedTuple):
    id: str
    kind: str
    thing: dict[str, Any]
    fact: PaymentFact


def received(minor: int = 119_60, currency: str = "EUR", invoice: str = "inv_1") -> Received:
    return Received("stripe", "pi_1", Money(minor, currency), invoice, AT)


def declined(code: str, kind: Decline = Decline.HARD, attempt: int = 0) -> Declined:
    whose = "cus_1" if attempt else ""
    return Declined("stripe", "pi_1", "inv_1", code, AT, whose, attempt, kind)


FAILED = "payment_intent.payment_failed"
TOLD = [
    Told("a-paid-session", "checkout.session.completed", SESSION, received()),
    Told(
        "a-session-that-waits-for-money",
        "checkout.session.completed",
        {**SESSION, "payment_status": "unpaid"},
        Irrelevant("checkout.session.completed"),
    ),
    Told(
        "a-session-of-nothing",
        "checkout.session.completed",
        {**SESSION, "payment_status": "no_payment_required", "payment_intent": None},
        Irrelevant("checkout.session.completed"),
    ),
    Told("a-payment", "payment_intent.succeeded", INTENT, received()),
    Told(
        "a-payment-in-yen",
        "payment_intent.succeeded",
        {**INTENT, "amount_received": 1196, "currency": "jpy"},
        received(1196, "JPY"),
    ),
    Told(
        "a-payment-of-part-of-what-was-asked",
        "payment_intent.succeeded",
        {**INTENT, "amount": 119_60, "amount_received": 100_00},
        received(100_00),
    ),
    Told(
        "a-payment-that-names-no-invoice",
        "payment_intent.succeeded",
        {**INTENT, "metadata": {}},
        received(invoice=""),
    ),
    Told(
        "a-payment-without-metadata",
        "payment_intent.succeeded",
        {**INTENT, "metadata": None},
        received(invoice=""),
    ),
    Told(
        "the-bank-said-why",
        FAILED,
        {**INTENT, "last_payment_error": {"code": "card_declined", "decline_code": "lost_card"}},
        declined("lost_card"),
    ),
    Told(
        "only-stripe-said-why",
        FAILED,
        {**INTENT, "last_payment_error": {"code": "expired_card"}},
        declined("expired_card"),
    ),
    Told(
        "nobody-said-why",
        FAILED,
        {**INTENT, "last_payment_error": None},
        declined("unknown", Decline.SOFT),
    ),
    Told(
        "an-attempt-of-ours",
        FAILED,
        {
            **INTENT,
            "metadata": {"invoice_id": "inv_1", "customer_id": "cus_1", "attempt": "3"},
            "last_payment_error": {"code": "lost_card"},
        },
        declined("lost_card", attempt=3),
    ),
    Told(
        "an-attempt-of-nobody",
        FAILED,
        {
            **INTENT,
            "metadata": {"invoice_id": "inv_1", "customer_id": "cus_1", "attempt": "3x"},
            "last_payment_error": {"code": "lost_card"},
        },
        declined("lost_card"),
    ),
    Told(
        "a-session-whose-money-came-later",
        "checkout.session.async_payment_succeeded",
        SESSION,
        received(),
    ),
    Told(
        "an-intent-that-was-given-up",
        "payment_intent.canceled",
        {**INTENT, "cancellation_reason": "abandoned"},
        declined("abandoned", Decline.SOFT),
    ),
    Told(
        "a-page-that-nobody-used",
        "checkout.session.expired",
        {**SESSION, "id": "pi_1"},
        declined("page_expired", Decline.SOFT),
    ),
    Told(
        "a-part-went-back",
        "charge.refunded",
        CHARGE,
        Refunded("stripe", "pi_1", Money(60_00, "EUR"), AT),
    ),
    Told("a-kind-we-do-not-know", "customer.created", {}, Irrelevant("customer.created")),
    Told(
        "a-kind-to-come", "payment_intent.teleported", {}, Irrelevant("payment_intent.teleported")
    ),
]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.id)
def test_what_an_event_tells(told: Told) -> None:
    assert fact(event(told.kind, told.thing), live=False) == told.fact


@pytest.mark.parametrize("kind", ["payment_intent.succeeded", "customer.created"])
@pytest.mark.parametrize(("livemode", "live"), [(True, False), (False, True), (None, False)])
def test_an_event_of_the_other_mode_tells_nothing(kind: str, livemode, live: bool) -> None:
    with pytest.raises(OtherModeError, match=f"livemode: expected {live}, found {livemode}"):
        fact(event(kind, INTENT, livemode=livemode), live=live)


def test_live_money_counts_in_live_mode() -> None:
    body = event("payment_intent.succeeded", INTENT, livemode=True)
    assert fact(body, live=True) == received()


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("payment_intent.succeeded", {**INTENT, "amount_received": "11960"}),
        ("payment_intent.succeeded", {**INTENT, "amount_received": 119.6}),
        ("payment_intent.succeeded", {**INTENT, "amount_received": True}),
        ("payment_intent.succeeded", {**INTENT, "amount_received": None}),
        ("payment_intent.succeeded", {**INTENT, "amount_received": 10**20}),
        ("payment_intent.succeeded", {**INTENT, "currency": "zzz"}),
        ("payment_intent.succeeded", {**INTENT, "currency": None}),
        ("payment_intent.succeeded", {**INTENT, "metadata": "inv_1"}),
        ("payment_intent.succeeded", {**INTENT, "id": None}),
        ("payment_intent.succeeded", {"id": "pi_1"}),
        ("payment_intent.succeeded", []),
        ("payment_intent.succeeded", None),
        ("checkout.session.completed", {**SESSION, "payment_intent": None}),
        ("checkout.session.completed", {}),
        ("charge.refunded", {**CHARGE, "payment_intent": None}),
        ("charge.refunded", {**CHARGE, "amount_refunded": -1.5}),
        (FAILED, {**INTENT, "last_payment_error": "no"}),
        ("refund.failed", {"id": "re_1"}),
        (None, INTENT),
        (7, INTENT),
    ],
)
def test_a_known_kind_that_cannot_be_read_says_so(kind, thing) -> None:
    with pytest.raises(MalformedEventError):
        fact(event(kind, thing), live=False)


@pytest.mark.parametrize("created", ["2013-06-10", None, 10**30, [], 1.5])
def test_a_time_that_is_none_says_so(created) -> None:
    with pytest.raises(MalformedEventError):
        fact(event("payment_intent.succeeded", INTENT, created=created), live=False)


def test_the_id_keys_the_delivery() -> None:
    assert event_id(event("customer.created", {}, id="evt_1Abc"), live=False) == "evt_1Abc"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"evt_1"',
        b"{}",
        b'{"id": null}',
        b'{"id": 7}',
        b'{"id": "ch_1"}',
        b'{"id": "evt_"}',
        b'{"id": "evt_1#EV#x"}',
        b'{"id": "evt_' + b"x" * 300 + b'"}',
        b'{"id": "evt_1", "amount": NaN}',
        b'{"id": "evt_1", "amount": -Infinity}',
        b'{"id": "evt_1", "id": "evt_2"}',
        b'{"id": "evt_1", "data": {"object": {"amount": 1, "amount": 2}}}',
        b'{"id": "evt_1", "amount": ' + b"1" * 5000 + b"}",
        b'{"id": "evt_1", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": "evt_1\xff"}',
        b'{"id": "evt_1"} {"id": "evt_2"}',
    ],
    ids=lambda body: body[:40].decode(errors="replace"),
)
def test_a_body_that_has_no_one_reading_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedEventError):
        event_id(body, live=False)


@pytest.mark.parametrize(
    ("thing", "token"),
    [({"customer": "cus_S"}, "cus_S/pm_1"), ({"customer": None}, "pm_1"), ({}, "pm_1")],
)
def test_what_a_payer_has_set_up_is_kept_by_its_name(thing, token) -> None:
    asked = {"id": "seti_1", "payment_method": "pm_1", "metadata": {"customer_id": "cus_1"}}
    found = fact(event("setup_intent.succeeded", {**asked, **thing}), live=False)
    assert found == MethodStored("stripe", "cus_1", token, "", AT)
    foreign = event("setup_intent.succeeded", {"id": "seti_1", "metadata": {}})
    assert fact(foreign, live=False) == Irrelevant("setup_intent.succeeded")
