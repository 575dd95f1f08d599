"""Sign: a customer lets himself be debited; his invoices announce it, and it is a way to pay."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from solde.domain.banking.mandate import Mandate
from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.identity import derived_id, no_id
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.payments import SEPA
from solde.ports.customers import CustomerStore
from solde.ports.debits import Mandates
from solde.ports.methods import Methods
from solde.ports.records import Record
from solde.workflows.payment_methods import ALWAYS, keep_method, remove_method
from solde.workflows.update_customer import update_customer
from solde.workflows.write_debits import creditor_of

ANNOUNCED = ("mandate_id", "debtor_iban")
"""What of a mandate stands on invoices, which announce the debit by it."""


@dataclass(frozen=True, slots=True)
class MandateContext:
    mandates: Mandates
    methods: Methods
    customers: CustomerStore
    entity: Callable[[str], Entity]


def sign_mandate(wanted: Mandate, at: datetime, context: MandateContext) -> Mandate:
    """
    Keep a mandate; it is what the customer is charged by from now on.

    Raises:
        InvalidError: it is signed later than today.
        StateConflictError: the entity cannot collect, or the reference is that of another mandate.

    """
    if wanted.signed_on > at.date():
        raise InvalidError(
            f"signed_on: expected today or before, found {wanted.signed_on}", pointer="/signed_on"
        )
    creditor_of(context.entity(wanted.entity))
    identity = derived_id("man", wanted.customer_id, wanted.reference or _said(wanted), at=ALWAYS)
    reference = wanted.reference or identity.replace("_", "-")
    signed = replace(wanted, id=identity, reference=reference)
    kept = context.mandates.sign(signed)
    if _said(kept) != _said(signed):
        raise StateConflictError(
            f"reference: expected one of no other mandate, found {kept.reference}"
        )
    if kept.usable:
        label = f"{kept.iban[:4]} … {kept.iban[-4:]}"
        keep_method(kept.customer_id, SEPA, kept.id, label, at, store=context.methods)
        said = {"mandate_id": kept.reference, "debtor_iban": kept.iban}
        _announced(kept.customer_id, said, at, context)
    return kept


def revoke_mandate(
    customer_id: str, mandate_id: str, on: date, at: datetime, context: MandateContext
) -> Mandate:
    """
    End a mandate: what is in no file yet is not collected by it.

    Raises:
        NotFoundError: the customer has none of that id.

    """
    found = context.mandates.mandate(customer_id, mandate_id)
    if found is None:
        raise NotFoundError(f"mandate: {no_id('man', mandate_id)}")
    if found.revoked_on is None:
        found = replace(found, revoked_on=on)
        context.mandates.end(found)
    for one in context.methods.of(customer_id):
        if (one.provider, one.token) == (SEPA, mandate_id):
            remove_method(customer_id, one.id, store=context.methods)
    _announced(customer_id, {}, at, context, of=found.reference)
    return found


def _announced(
    customer_id: str, said: dict[str, str], at: datetime, context: MandateContext, of: str = ""
) -> None:
    """Let invoices to come say by which mandate they are collected; or not any more by one."""

    def make(before: Customer, record: Record) -> tuple[Customer, Record]:
        known = dict(before.registration or {})
        if of and known.get("mandate_id") != of:
            return before, record
        kept = {name: value for name, value in known.items() if name not in ANNOUNCED}
        return replace(before, registration={**kept, **said}), record

    update_customer(customer_id, make, at, version=None, store=context.customers)


def _said(one: Mandate) -> str:
    return f"{one.entity} {one.iban} {one.signed_on} {one.scheme}"
