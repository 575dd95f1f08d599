"""Where payments are stored, each at its business time."""

from typing import TYPE_CHECKING

from solde.runtime import wiring
from solde.runtime.clock import business_now

if TYPE_CHECKING:
    from solde.storage.payments import PaymentTable


def payments() -> "PaymentTable":
    from solde.storage.payments import PaymentTable

    return PaymentTable(wiring.table(), business_now)
