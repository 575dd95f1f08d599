"""The sandbox's deliveries, as Stripe's own library sees them."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import stripe

from local.sandbox.stripe import Behaviour, Delivery, deliveries, headers, post, signature
from local.sandbox.stripe_objects import Payment

SECRET = "whsec_test_secret"  # noqa: S105 - an endpoint's secret of the tests
INVOICE = "inv_01cbqv5r00abcdefghjkmnpqrs"
AT = datetime(2013, 2, 1, 15, 0, tzinfo=UTC)
NOW = 1_790_000_000
PAID = ["payment_intent.succeeded", "checkout.session.completed"]


def _payment(**changes) -> Payment:
    fields = {
        "seed": 1,
        "invoice_id": INVOICE,
        "number": "NYC-2013-000018",
        "amount_minor": 77_626_055,
        "currency": "USD",
        "email": "payables@aa.example.test",
        "at": AT,
    }
    return Payment(**fields | changes)


def _sent(behaviour: Behaviour, payment: Payment | None = None) -> list[Delivery]:
    return list(deliveries(payment or _payment(), behaviour, secret=SECRET))


def _accepted(delivery: Delivery) -> stripe.Event:
    """Have Stripe's library verify and parse a delivery, as a seller's endpoint would."""
    header = headers(delivery, now=NOW)["Stripe-Signature"]
    stripe.WebhookSignature.verify_header(delivery.body, header, SECRET)
    return stripe.Webhook.construct_event(delivery.body, header, SECRET, tolerance=None)


@pytest.mark.parametrize("behaviour", [one for one in Behaviour if one is not Behaviour.FORGED])
def test_stripe_accepts_what_the_sandbox_signs(behaviour):
    for delivery in _sent(behaviour):
        event = _accepted(delivery)
        assert event.object == "event"
        assert event.livemode is False
        assert event.api_version == stripe.api_version
        assert event.id.startswith("evt_1")


BODIES = [b"{}", b"", '{"é": "ø"}'.encode(), b'{\r\n  "a": 1.0 }\n']


@pytest.mark.parametrize("body", BODIES)
def test_the_signature_is_the_one_that_stripe_makes(body):
    theirs = stripe.WebhookSignature.generate_signature_header(body.decode(), SECRET, NOW)
    assert signature(body, SECRET, at=NOW) == theirs


def test_stripe_refuses_the_forged_ones():
    for delivery in _sent(Behaviour.FORGED):
        with pytest.raises(stripe.SignatureVerificationError):
            _accepted(delivery)


def test_a_changed_body_is_refused():
    delivery = _sent(Behaviour.PAYS_AT_ONCE)[0]
    header = headers(delivery, now=NOW)["Stripe-Signature"]
    body = delivery.body.replace(b"77626055", b"77626056")
    assert body != delivery.body
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.WebhookSignature.verify_header(body, header, SECRET)


KINDS = [
    (Behaviour.PAYS_AT_ONCE, PAID),
    (Behaviour.PAYS_LATE, PAID),
    (Behaviour.DELIVERED_TWICE, [PAID[0], PAID[0], PAID[1], PAID[1]]),
    (Behaviour.NEVER_PAYS, []),
    (Behaviour.WRONG_AMOUNT, PAID),
    (Behaviour.UNKNOWN_INVOICE, PAID),
    (Behaviour.FORGED, PAID),
    (Behaviour.DECLINED_FIRST, ["payment_intent.payment_failed", *PAID]),
    (Behaviour.REFUNDED, [*PAID, "charge.refunded", "charge.refunded"]),
]


@pytest.mark.parametrize(("behaviour", "kinds"), KINDS)
def test_what_each_payer_makes_stripe_deliver(behaviour, kinds):
    assert [json.loads(one.body)["type"] for one in _sent(behaviour)] == kinds


def test_both_events_of_a_payment_name_one_intent_the_invoice_and_the_whole_amount():
    intent, session = (_accepted(one).data.object for one in _sent(Behaviour.PAYS_AT_ONCE))
    assert intent.object == "payment_intent"
    assert session.object == "checkout.session"
    assert session.payment_intent == intent.id
    assert session.payment_status == "paid"
    assert (intent.amount_received, session.amount_total) == (77_626_055, 77_626_055)
    assert (intent.currency, session.currency) == ("usd", "usd")
    assert (intent.metadata["invoice_id"], session.metadata["invoice_id"]) == (INVOICE, INVOICE)


def test_objects_have_no_field_that_stripe_does_not_know():
    kinds = {
        "payment_intent": stripe.PaymentIntent,
        "checkout.session": stripe.checkout.Session,
        "charge": stripe.Charge,
    }
    for behaviour in (Behaviour.DECLINED_FIRST, Behaviour.REFUNDED):
        for delivery in _sent(behaviour):
            event = json.loads(delivery.body)
            thing = event["data"]["object"]
            assert set(thing) <= _known(kinds[thing["object"]])
            assert set(event) <= _known(stripe.Event)


def _known(kind: type) -> set[str]:
    return {name for base in kind.__mro__ for name in getattr(base, "__annotations__", {})}


def test_the_late_payer_pays_20_days_later():
    assert {one.at for one in _sent(Behaviour.PAYS_LATE)} == {AT + timedelta(days=20)}
    created = {_accepted(one).created for one in _sent(Behaviour.PAYS_LATE)}
    assert created == {int(datetime(2013, 2, 21, 15, 0, tzinfo=UTC).timestamp())}


def test_a_delivery_sent_twice_is_the_same_to_the_byte():
    first, again, *_ = _sent(Behaviour.DELIVERED_TWICE)
    assert first.body == again.body


def test_the_wrong_amount_is_a_cent_short():
    amounts = [_accepted(one).data.object for one in _sent(Behaviour.WRONG_AMOUNT)]
    assert amounts[0].amount_received == 77_626_054


def test_an_unknown_invoice_has_the_shape_of_one():
    named = _accepted(_sent(Behaviour.UNKNOWN_INVOICE)[0]).data.object.metadata["invoice_id"]
    assert named != INVOICE
    assert len(named) == len(INVOICE)
    assert named.startswith("inv_")


def test_a_declined_card_and_then_another_pay_on_one_intent():
    declined, paid, _ = (_accepted(one).data.object for one in _sent(Behaviour.DECLINED_FIRST))
    assert declined.id == paid.id
    assert declined.status == "requires_payment_method"
    assert declined.last_payment_error.decline_code == "insufficient_funds"
    assert declined.amount_received == 0
    assert paid.status == "succeeded"


def test_refunds_say_the_sum_so_far():
    *_, half, whole = (_accepted(one) for one in _sent(Behaviour.REFUNDED))
    assert half.id != whole.id
    assert (half.data.object.amount_refunded, half.data.object.refunded) == (38_813_027, False)
    assert (whole.data.object.amount_refunded, whole.data.object.refunded) == (77_626_055, True)
    assert whole.data.previous_attributes["amount_refunded"] == 38_813_027


def test_ids_follow_from_seed_and_invoice():
    bodies = [one.body for one in _sent(Behaviour.REFUNDED)]
    assert bodies == [one.body for one in _sent(Behaviour.REFUNDED)]
    assert _payment().intent_id != _payment(seed=2).intent_id
    assert _payment().intent_id != _payment(invoice_id="inv_other").intent_id
    assert len(_payment().intent_id) == 27  # as Stripe's are: pi_ and 24
    events = {json.loads(one)["id"] for one in bodies}
    assert len(events) == 4


class _Endpoint(BaseHTTPRequestHandler):
    """A seller's webhook endpoint that trusts Stripe's library alone."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        header = self.headers["Stripe-Signature"]
        try:
            stripe.WebhookSignature.verify_header(body, header, SECRET)
        except stripe.SignatureVerificationError:
            self.send_response(400)
        else:
            self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/webhooks/stripe"
    server.shutdown()
    thread.join()
    server.server_close()


def test_deliveries_arrive_as_they_were_signed(endpoint):
    genuine, forged = _sent(Behaviour.PAYS_AT_ONCE)[0], _sent(Behaviour.FORGED)[0]
    assert post(genuine, endpoint, now=NOW) == 200
    assert post(forged, endpoint, now=NOW) == 400
