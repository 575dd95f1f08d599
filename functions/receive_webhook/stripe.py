"""Stripe's deliveries: proved over the raw bytes, stored, acknowledged; worked from the queue."""

from typing import Any

from solde.adapters.stripe.events import BYTES_MAX, event_id
from solde.adapters.stripe.signature import verify
from solde.runtime.clock import business_now, wall_seconds
from solde.runtime.delivered import answered
from solde.runtime.payments import deliveries
from solde.runtime.secret import stripe_account, stripe_secrets
from solde.runtime.settings import settings
from solde.workflows.receive_webhook import receive_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    header = event.get("headers", {}).get("stripe-signature", "")

    def take(body: bytes) -> bool:
        verify(body, header, stripe_secrets(), now=wall_seconds())
        name = event_id(body, live=settings.live, account=stripe_account())
        return receive_delivery("stripe", name, body, at=business_now(), store=deliveries())

    return answered(event, BYTES_MAX, take)
