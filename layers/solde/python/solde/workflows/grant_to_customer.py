"""Grant a discount to a customer: it holds for each of his subscriptions, those to come too."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.discounts import Grant
from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.periods import day_of
from solde.ports.billing import Billable, BillingState, BillingStore, Entities
from solde.ports.discounts import Discounts, Slots
from solde.workflows.grant_discount import must_stand
from solde.workflows.horizon import horizon_on
from solde.workflows.subscribe import ATTEMPTS

Slotted = Callable[[], Slots]


@dataclass(frozen=True, slots=True)
class GrantContext:
    billing: BillingStore
    entities: Entities
    discounts: Discounts


def grant_to_customer(
    customer_id: str,
    entity: str,
    grant: Grant,
    at: datetime,
    context: GrantContext,
    *,
    slots: Slotted = tuple,
) -> None:
    """
    Write the grant with the billing state that it moves; `slots` are what it takes of a coupon.

    Raises:
        InvalidError: its day lies behind the correction horizon.

    """

    def write(billable: Billable, after: BillingState) -> bool:
        read = billable.state
        return context.discounts.grant(grant, read=read, after=after, slots=slots(), at=at)

    _write(customer_id, entity, grant.from_on, at, context, write=write)


def end_for_customer(
    customer_id: str, entity: str, ended: tuple[str, date], at: datetime, context: GrantContext
) -> None:
    """
    End the discount of an id on a day: periods that begin then or later are not covered.

    Raises:
        NotFoundError: he has no such discount.
        InvalidError: it is over by then, or the day lies behind the correction horizon.

    """
    grant_id, on = ended

    def write(billable: Billable, after: BillingState) -> bool:
        must_stand(billable.grants, grant_id, on)
        return context.discounts.end(grant_id, on, read=billable.state, after=after, at=at)

    _write(customer_id, entity, on, at, context, write=write)


def must_be_recent(effective_on: date, today: date) -> None:
    """
    Refuse a day that lies behind the correction horizon.

    Raises:
        InvalidError: with the first that does not.

    """
    if effective_on < horizon_on(today):
        raise InvalidError(
            f"effective_on: expected {horizon_on(today)} or later, found {effective_on}",
            pointer="/effective_on",
        )


def state_with(state: BillingState, effective_on: date, today: date) -> BillingState:
    """Return the billing state once a discount begins, or ends, on a day."""
    return state.changed(effective_on=effective_on, due_on=state.due_on, today=today)


def _write(
    customer_id: str,
    entity: str,
    effective_on: date,
    at: datetime,
    context: GrantContext,
    *,
    write: Callable[[Billable, BillingState], bool],
) -> None:
    today = day_of(at, context.entities.entity(entity).time_zone)
    must_be_recent(effective_on, today)
    for _ in range(ATTEMPTS):
        billable = context.billing.load(customer_id, entity)
        if write(billable, state_with(billable.state, effective_on, today)):
            return
    raise StoreUnavailableError(f"customer {customer_id}: changed {ATTEMPTS} times meanwhile")
