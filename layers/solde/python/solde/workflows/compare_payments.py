"""
Compare: what a provider's own list says has come, with what was told; what never came is told now.

A webhook can be lost for good: an endpoint that was switched off, or days of failures. Each
payment of the list that nobody knows is stored as a delivery, as if it had come, and settled so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from solde.domain.errors import SoldeError
from solde.domain.payments import Received
from solde.ports.gateways import Gateway
from solde.ports.payments import PaymentStore

BACK = timedelta(days=5)
"""Providers repeat a delivery for three days; a weekend of failures on top is still seen."""
RESTS_FOR = timedelta(hours=2)
"""What is newer may be on its way."""
LISTED = "lst_"
"""Deliveries that begin so were found in a list; no provider names its own so."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`missed` by their references; `silent` are the providers whose list could not be had."""

    listed: int = 0
    missed: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def compare_payments(
    at: datetime, gateways: Mapping[str, Gateway], store: PaymentStore
) -> Compared:
    """Look through each provider's list; one that does not answer does not hold up the others."""
    listed, missed, silent = 0, list[str](), list[str]()
    for name, gateway in gateways.items():
        try:
            for settles, invoice_id in gateway.since(at - BACK, at - RESTS_FOR):
                listed += 1
                received = Received(name, settles.reference, settles.amount, invoice_id, settles.at)
                if _told_now(received, at, store):
                    missed.append(settles.reference)
        except SoldeError:
            silent.append(name)
    return Compared(listed, tuple(missed), tuple(silent))


def _told_now(received: Received, at: datetime, store: PaymentStore) -> bool:
    """Store what nobody knows, once: what is parked stays parked, and is found no second time."""
    if store.reference(received.provider, received.reference).payment is not None:
        return False
    return store.receive_told(received, f"{LISTED}{received.reference}", at=at)
