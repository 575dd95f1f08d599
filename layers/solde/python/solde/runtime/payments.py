"""Where payments are stored, each at its business time, and deliveries, which need no books."""

from typing import TYPE_CHECKING

from solde.runtime import wiring
from solde.runtime.clock import business_now

if TYPE_CHECKING:
    from solde.storage.deliveries import DeliveryTable
    from solde.storage.payments import PaymentTable


def deliveries() -> "DeliveryTable":
    from solde.storage.deliveries import DeliveryTable

    return DeliveryTable(wiring.table())


def payments() -> "PaymentTable":
    from solde.storage.payments import PaymentTable

    return PaymentTable(wiring.table(), business_now)
