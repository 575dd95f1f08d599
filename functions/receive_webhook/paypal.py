"""PayPal's deliveries: proved by its certificate, stored, acknowledged; worked from the queue."""

from typing import Any

from solde.adapters.paypal.events import BYTES_MAX, event_id
from solde.adapters.paypal.signature import proof_of, verify
from solde.runtime.clock import business_now
from solde.runtime.delivered import answered
from solde.runtime.payments import deliveries
from solde.runtime.paypal import certificates, wall_now
from solde.runtime.secret import paypal_secret
from solde.workflows.receive_webhook import receive_delivery


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    proof = proof_of(event.get("headers", {}))

    def take(body: bytes) -> bool:
        webhook = paypal_secret().webhook_id
        verify(body, proof, webhook, certificates().key_at, now=wall_now())
        return receive_delivery(
            "paypal", event_id(body), body, at=business_now(), store=deliveries()
        )

    return answered(event, BYTES_MAX, take)
