"""Receive: a verified delivery is stored as it came, before anybody is told that it was."""

from datetime import datetime

from solde.ports.payments import Delivery, DeliveryStore


def receive_delivery(
    provider: str, event_id: str, body: bytes, *, at: datetime, store: DeliveryStore
) -> bool:
    """Store a delivery once; its announcement goes with the item itself, through the stream."""
    return store.receive(Delivery(provider, event_id, body, at))
