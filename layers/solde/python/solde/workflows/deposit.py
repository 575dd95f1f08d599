"""Deposit: an invoice of money in advance on an order, issued at once beside all runs (R22)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.errors import InvalidError, StateConflictError, StoreUnavailableError
from solde.domain.explanation import of_deposit
from solde.domain.invoicing.parties import Customer
from solde.domain.invoicing.texts import plain
from solde.domain.money import Money, Rounding
from solde.domain.periods import day_of
from solde.domain.rating import ExtraLine
from solde.domain.settlement import Lot, deposit_document
from solde.ports.billing import Header
from solde.ports.credits import Credits
from solde.ports.singles import Revision
from solde.workflows.bill_now import ATTEMPTS, Also, NowContext, issue_single
from solde.workflows.bill_run.customer import Asked
from solde.workflows.one_off import one_off_plan

A_PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class DepositContext:
    now: NowContext
    credits: Credits


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is asked for of an order: its percent with tax, or minor units; `lines` are the order.

    `id` is the same for the same request, `order` the buyer's name of it.
    """

    id: str
    order: str
    lines: Sequence[ExtraLine]
    percent: Decimal | None = None
    minor: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A deposit as it would be issued, and the tree that explains it."""

    draft: dict[str, Any]
    tree: dict[str, Any]


def plan_deposit(
    customer: Customer, wanted: Wanted, at: datetime, context: DepositContext
) -> Planned:
    """
    Return the draft of a deposit with its tree; nothing is written.

    Raises:
        InvalidError: with those before it, it is above the order; or that is for several invoices.

    """
    run = context.now.run
    entity = run.entities.entity(customer.entity)
    asked = Asked(entity, day_of(at, entity.time_zone))
    drafts = one_off_plan(customer, asked, wanted.lines, run).documents
    if len(drafts) != 1:
        raise InvalidError(
            f"lines: expected an order that one invoice can bill, found {len(drafts)} "
            f"({', '.join(one['group']['apart'] or 'the first' for one in drafts)})",
            pointer="/lines",
        )
    before = _before(customer.id, wanted, context)
    already = sum(one.funds.put - one.funds.back for one in before if one.funds)
    said = {"id": wanted.id, "order": wanted.order}
    minor = _minor(drafts[0]["totals"]["gross"], drafts[0]["currency"], wanted)
    draft = deposit_document(drafts[0], minor, said, already=already)
    percent = "" if wanted.percent is None else plain(wanted.percent)
    return Planned(draft, of_deposit(drafts[0], draft, percent=percent, already=already))


def issue_deposit(
    customer: Customer, wanted: Wanted, at: datetime, context: DepositContext
) -> Header:
    """
    Issue a deposit invoice with its lot; asked again, return what was issued.

    Raises:
        InvalidError: with those before it, it is above the order; or that is for several invoices.
        StateConflictError: the id is that of another deposit.
        StoreUnavailableError: others were faster, again and again.

    """

    def known() -> Header | None:
        lot = deposit_lot(customer.id, wanted.id, context.credits)
        return _issued(lot, plan, wanted, context) if lot else None

    def plan() -> Planned:
        return plan_deposit(customer, wanted, at, context)

    return issue_once(customer, at, context, known=known, plan=plan)


def issue_once(
    customer: Customer,
    at: datetime,
    context: DepositContext,
    *,
    known: Callable[[], Header | None],
    plan: Callable[[], Planned],
) -> Header:
    """
    Issue an invoice of money in advance, unless it is known already.

    Raises:
        StoreUnavailableError: others were faster, again and again.

    """
    run = context.now.run
    entity = run.entities.entity(customer.entity)
    for _ in range(ATTEMPTS):
        # Read before what is counted of an order: another deposit on it changes the revision.
        state = run.billing.load(customer.id, customer.entity).state
        if issued := known():
            return issued
        planned = plan()
        mark = Revision(state, replace(state, rev=state.rev + 1))
        also = Also(mark, trees=(planned.tree,))
        if headers := issue_single([planned.draft], entity, at=at, context=context.now, also=also):
            return headers[0]
    raise StoreUnavailableError(f"{customer.id}: {ATTEMPTS} single issues were overtaken")


def deposit_lot(customer_id: str, identity: str, credits_: Credits) -> Lot | None:
    """Return the lot of a deposit by the id of its request, if it was issued."""
    lots = credits_.lots(customer_id)
    return next((one for one in lots if one.funds and one.funds.wallet == identity), None)


def _before(customer_id: str, wanted: Wanted, context: DepositContext) -> list[Lot]:
    """Return the deposits that were asked for on the same order."""
    lots = [one for one in context.credits.lots(customer_id) if one.funds]
    return [
        one
        for one in lots
        if one.funds and one.funds.order == wanted.order and one.funds.wallet != wanted.id
    ]


def _minor(gross: int, currency: str, wanted: Wanted) -> int:
    if wanted.percent is None:
        return wanted.minor or 0
    share = Fraction(wanted.percent) * A_PERCENT
    return Money(gross, currency).share(share, Rounding.HALF_AWAY).minor


def _issued(
    lot: Lot, plan: Callable[[], Planned], wanted: Wanted, context: DepositContext
) -> Header:
    held, gross = lot.funds, plan().draft["totals"]["gross"]
    if held is None or (held.put, held.order) != (gross, wanted.order):
        raise StateConflictError("Idempotency-Key: expected one not in use for another deposit")
    (header,) = context.now.run.billing.issued(lot.customer_id, [lot.id])
    return header
