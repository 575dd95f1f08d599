"""
Compare: what a provider's own list says has come, with what was told; what never came is told now.

A webhook can be lost for good: an endpoint that was switched off, or days of failures. Each
payment of the list that nobody knows is stored as a delivery, as if it had come, and settled so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from solde.domain.attempts import Settles
from solde.domain.errors import SoldeError
from solde.domain.payments import Received
from solde.ports.gateways import Gateway
from solde.ports.payments import Fees, PaymentStore

BACK = timedelta(days=5)
"""Providers repeat a delivery for three days; a weekend of failures on top is still seen."""
RESTS_FOR = timedelta(hours=2)
"""What is newer may be on its way."""
LISTED = "lst_"
"""Deliveries that begin so were found in a list; no provider names its own so."""


@dataclass(frozen=True, slots=True)
class Compared:
    """
    `missed` and `foreign` by their references; `silent` are providers whose list cannot be had.

    `fees` were booked now; those of `foreign` are in another currency than their payment, so
    nobody can say what they came to in the books.
    """

    listed: int = 0
    missed: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    fees: int = 0
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompareContext:
    payments: PaymentStore
    fees: Fees


def compare_payments(
    at: datetime, gateways: Mapping[str, Gateway], context: CompareContext
) -> Compared:
    """Look through each provider's list; one that does not answer does not hold up the others."""
    found = Compared()
    for name, gateway in gateways.items():
        try:
            for settles, invoice_id in gateway.since(at - BACK, at - RESTS_FOR):
                found = _held(found, name, settles, invoice_id, at, context)
        except SoldeError:
            found = replace(found, silent=(*found.silent, name))
    return found


def _held(
    found: Compared,
    name: str,
    settles: Settles,
    invoice_id: str,
    at: datetime,
    context: CompareContext,
) -> Compared:
    """Hold one row of a list to what is known of it."""
    found = replace(found, listed=found.listed + 1)
    payment = context.payments.reference(name, settles.reference).payment
    if payment is None:
        received = Received(name, settles.reference, settles.amount, invoice_id, settles.at)
        told = f"{LISTED}{settles.reference}"
        if context.payments.receive_told(received, told, at=at):
            return replace(found, missed=(*found.missed, settles.reference))
        return found  # it was found before, and is parked or on its way
    if settles.fee is None or settles.fee.minor <= 0:
        return found
    if settles.fee.currency != payment.amount.currency:
        return replace(found, foreign=(*found.foreign, settles.reference))
    return replace(found, fees=found.fees + context.fees.book_fee(payment, settles.fee, at=at))
