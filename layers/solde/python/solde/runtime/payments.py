"""Where payments are stored, each at its business time."""

from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.storage.payments import PaymentTable


def payments() -> PaymentTable:
    return PaymentTable(wiring.table(), business_now)
