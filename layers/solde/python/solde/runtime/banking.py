"""What those need who deal with a bank: who reads what it tells, and where that is kept."""

from collections.abc import Callable
from functools import partial

from solde.domain.banking.rounds import ASSIGNED, UNDONE
from solde.domain.payments import BANK, PaymentFact
from solde.runtime import wiring
from solde.runtime.payments import payments
from solde.storage.bank import BankTable
from solde.storage.deliveries import told_from_body
from solde.workflows.assign_transfer import AssignContext, read_undone
from solde.workflows.match_transfer import read_transfer
from solde.workflows.receive_statement import BankContext


def bank() -> BankTable:
    return BankTable(wiring.table())


def bank_context() -> BankContext:
    return BankContext(bank(), payments(), wiring.entities().all())


def assign_context() -> AssignContext:
    return AssignContext(bank(), payments(), reader)


def reader(event: str) -> Callable[[bytes], PaymentFact]:
    """Return who reads a delivery: what the bank told, or what a person said of it."""
    if event.startswith(f"{UNDONE}_"):
        return read_undone
    if event.startswith(f"{ASSIGNED}_"):
        return partial(told_from_body, BANK)
    return partial(read_transfer, bank=bank(), prefix_of=_prefix)


def _prefix(entity: str) -> str:
    return wiring.entities().entity(entity).number_prefix
