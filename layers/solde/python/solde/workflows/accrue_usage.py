"""Accrue: what a customer used up to the end of a month, less what was billed of it by then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from solde.domain.ledger import Entry, accruals_of
from solde.domain.subscriptions import Cancelled, Subscription
from solde.ports.billing import Billable
from solde.ports.books import Close
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import Asked, plan_of

ONE_DAY = timedelta(days=1)
LAST = 10**9
"""The sequence of a change that comes behind all others of its day."""


def unbilled(customer_id: str, close: Close, context: BillRunContext) -> Sequence[Entry]:
    """
    Return the accruals of a customer at a close, by currency: none where all is billed.

    It is the usage of what a run would bill if all service ended with the month and only the
    documents issued by then were there: count, tiers, caps and discounts are those of a bill.

    Raises:
        SoldeError: there is no amount, for a reason that would park him in a run.

    """
    entity = context.entities.entity(close.entity)
    billable = context.billing.load(customer_id, close.entity)
    # What was due before the month may have been billed after it.
    after = min(billable.state.through or date.min, close.month - ONE_DAY)
    state = replace(billable.state, through=after, dirty_from=after, reservation=None, credit="")
    cut = replace(billable, state=state, subscriptions=_ended(billable, close.until))
    asked = Asked(entity, close.until, issued_before=close.until)
    return accruals_of(plan_of(cut, asked, context).documents)


def _ended(billable: Billable, until: date) -> tuple[Subscription, ...]:
    """Return the subscriptions that have begun, as if they ended with the month."""
    return tuple(
        one.with_change(Cancelled(until, LAST))
        for one in billable.subscriptions
        if one.start_on < until
    )
