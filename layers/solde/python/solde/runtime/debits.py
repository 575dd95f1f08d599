"""What those need who collect by direct debit."""

from collections.abc import Callable
from functools import partial

from solde.adapters.bank.gateway import SepaGateway
from solde.adapters.bank.pain008 import pain008
from solde.domain.payments import PaymentFact
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.payments import payments
from solde.storage.attempts import AttemptTable
from solde.storage.debits import DebitTable, MandateTable
from solde.storage.methods import MethodTable
from solde.workflows.hear_return import ReturnContext, hear_return
from solde.workflows.sign_mandate import MandateContext
from solde.workflows.write_debits import DebitContext


def debits() -> DebitTable:
    return DebitTable(wiring.table())


def debit_context() -> DebitContext:
    return DebitContext(debits(), wiring.archive(), wiring.entities().entity, pain008)


def mandate_context() -> MandateContext:
    table = wiring.table()
    return MandateContext(
        MandateTable(table), MethodTable(table), wiring.customers(), wiring.entities().entity
    )


def sepa_gateway() -> SepaGateway:
    return SepaGateway(debits(), lambda: business_now().date())


def reader() -> Callable[[bytes], PaymentFact]:
    """Return who reads what a bank tells of a debit."""
    table = wiring.table()
    context = ReturnContext(debits(), MandateTable(table), AttemptTable(table), payments())
    return partial(hear_return, at=business_now(), context=context)
