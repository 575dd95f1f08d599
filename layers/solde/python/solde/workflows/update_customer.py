"""Update: a customer changes as his caller saw him, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from solde.domain.errors import StoreUnavailableError
from solde.domain.invoicing.parties import Customer
from solde.ports.customers import CustomerStore
from solde.ports.records import Record

ATTEMPTS = 6

Make = Callable[[Customer, Record], tuple[Customer, Record]]
"""The customer as he is, with his notes → as he shall be; when and which version is set here."""


@dataclass(frozen=True, slots=True)
class Updated:
    customer: Customer
    record: Record


@dataclass(frozen=True, slots=True)
class Stale:
    """The customer is in another version than the caller saw; here he is."""

    customer: Customer
    record: Record


def update_customer(
    customer_id: str, make: Make, at: datetime, *, version: int | None, store: CustomerStore
) -> Updated | Stale:
    """
    Write a change of the profile; with a `version`, only if the customer still is in it.

    Documents that are planned or issued keep what they were made with.

    Raises:
        StoreUnavailableError: others were faster, again and again.

    """
    for _ in range(ATTEMPTS):
        before, read = store.kept(customer_id)
        if version is not None and version != read.version:
            return Stale(before, read)
        customer, noted = make(before, read)
        record = replace(noted, version=read.version + 1, updated_at=at)
        if store.update(customer, record, read=read, parent_before=before.parent_id):
            return Updated(customer, record)
    raise StoreUnavailableError(f"customer {customer_id}: changed {ATTEMPTS} times meanwhile")
