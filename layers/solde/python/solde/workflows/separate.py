"""Keep the documents of a customer apart from a day on, take that back, and preview both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.separation import Separation, with_separation, without_separation
from solde.domain.periods import day_of
from solde.ports.records import Record
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked
from solde.workflows.grant_to_customer import must_be_recent
from solde.workflows.preview import Preview, billed_on, compared
from solde.workflows.update_customer import Make

Decide = Callable[[Customer, date], Customer]
"""The customer as he is and his present day → as he shall be."""


def separate(keys: tuple[str, ...] | None, on: date | None) -> Decide:
    """
    Keep apart what differs in `keys` from a day of billing on, today without one.

    It moves no amount that was billed: documents that are issued stay as they are.
    """

    def decide(customer: Customer, today: date) -> Customer:
        since = on or today
        must_be_recent(since, today)
        facts = with_separation(customer.separations, Separation(since, keys))
        return replace(customer, separations=facts)

    return decide


def join_again(number: int) -> Decide:
    """Take the fact of a number back, scheduled or past, as far as it has not been billed by."""

    def decide(customer: Customer, today: date) -> Customer:
        facts = without_separation(customer.separations, number)
        must_be_recent(facts[-1].since, today)
        return replace(customer, separations=facts)

    return decide


def updating(decide: Decide, today: date) -> Make:
    """Return the same as a change of the profile."""

    def make(before: Customer, record: Record) -> tuple[Customer, Record]:
        return decide(before, today), record

    return make


def preview_separation(
    owner: tuple[str, str], decide: Decide, on: date | None, at: datetime, context: BillRunContext
) -> Preview:
    """
    Return on which documents a customer is billed with it, `on` a day or when he is billed next.

    The owner is a customer and the entity that bills him.

    Raises:
        InvalidError: the fact would be refused, or the day is too far away.
        StateConflictError: what shall be taken back does not stand.

    """
    customer_id, entity_code = owner
    entity = context.entities.entity(entity_code)
    today = day_of(at, entity.time_zone)
    before = context.billing.load(customer_id, entity_code)
    after = replace(before, customer=decide(before.customer, today))
    return compared(before, after, Asked(entity, billed_on(after, on, today)), context)
