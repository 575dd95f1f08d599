"""Adjust: credits and charges by hand become facts; what would give back too much is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from solde.domain.credit import remains
from solde.domain.errors import InvalidError, NotFoundError, StoreUnavailableError
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.draft import DEPOSIT, LATE_CHARGE
from solde.domain.money import Money, Rounding
from solde.domain.periods import Period, day_of
from solde.domain.rating import Adjustment, BilledLine, ExtraLine, LineCredit
from solde.ports.adjustments import Adjustments, Entered
from solde.ports.billing import Billable, BillingState, Header
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.held import with_share
from solde.workflows.horizon import horizon_on
from solde.workflows.subscribe import ATTEMPTS

AHEAD = timedelta(days=396)
"""How far ahead a charge by hand is due, or its service ends: a year and a month."""


@dataclass(frozen=True, slots=True)
class AdjustContext:
    run: BillRunContext
    adjustments: Adjustments


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be given back of a line: minor units, on days of its service or on all of them."""

    line: int
    minor: int
    reason: str = ""
    days: Period | None = None


def line_credit(
    header: Header, wanted: Wanted, identity: str, context: AdjustContext
) -> LineCredit:
    """
    Return the credit of a line of an issued invoice.

    Raises:
        NotFoundError: the document has no such line.
        InvalidError: it charges nothing, or less is left of it than shall be given back; or the
            document bills nothing, but is a deposit.
        StateConflictError: days of it were taken back, and more changes wait to be billed.

    """
    if header.kind in (DEPOSIT, LATE_CHARGE):
        raise InvalidError(
            f"invoice: expected an invoice, found a {header.kind}", pointer="/invoice"
        )
    document = closed_document(header, context.run)
    lines = list(billed_lines(document))
    if not 1 <= wanted.line <= len(lines):
        raise NotFoundError(f"line: expected 1 to {len(lines)}, found {wanted.line}")
    line = lines[wanted.line - 1]
    if line.net.minor <= 0:
        raise InvalidError(
            f"line: expected one that charges something, found {line.net.minor} on line "
            f"{wanted.line}",
            pointer="/line",
        )
    one = LineCredit(
        id=identity,
        key=line.key,
        invoice_id=header.id,
        service=line.service,
        days=wanted.days or line.service,
        amount=Money(wanted.minor, line.net.currency),
        reason=wanted.reason,
    )
    since, run = later(header, context.run), context.run
    left = remains(document, since, waiting(header, context, but=identity))
    most = min(left.of(wanted.line), _on_days(line, one.days))
    if wanted.minor > most:
        raise InvalidError(
            f"amount: expected at most {most}, which is left of line {wanted.line}, found "
            f"{wanted.minor}, {wanted.minor - most} too much",
            pointer="/amount",
        )
    billable = run.billing.load(header.customer_id, header.entity)
    return with_share(one, since, billable, run.entities.entity(header.entity), run)


def enter(
    customer_id: str, entity: str, one: Adjustment, at: datetime, context: AdjustContext
) -> Entered:
    """
    Write a fact with the billing state that it moves; entering it again changes nothing.

    Raises:
        InvalidError: its days lie behind the correction horizon, or too far ahead.

    """
    today = day_of(at, context.run.entities.entity(entity).time_zone)
    must_be_in_time(one, today)

    def write(billable: Billable) -> bool:
        state = billable.state
        after = state_with(one, state, today)
        return context.adjustments.enter(one, read=state, after=after, at=at)

    return _written(customer_id, entity, one.id, context, done=_is_there, write=write)


def withdraw(
    customer_id: str, entity: str, identity: str, at: datetime, context: AdjustContext
) -> Entered:
    """
    Say that a fact counts no more; what was billed of it comes out as a correction.

    Raises:
        NotFoundError: the customer has no such fact.
        InvalidError: its days lie behind the correction horizon.

    """
    today = day_of(at, context.run.entities.entity(entity).time_zone)
    (one,) = [
        each.fact for each in _facts(customer_id, context) if each.fact.id == identity
    ] or _none(identity)
    if first_on(one) < horizon_on(today):
        raise _too_old(one, today)

    def write(billable: Billable) -> bool:
        state = billable.state
        after = state.reopened(first_on(one), today)
        return context.adjustments.withdraw(identity, read=state, after=after, at=at)

    return _written(customer_id, entity, identity, context, done=_is_gone, write=write)


def state_with(one: Adjustment, state: BillingState, today: date) -> BillingState:
    """Return the billing state once there is a fact that is new."""
    if isinstance(one, LineCredit):
        return state.reopened(first_on(one), today)
    first = min(first_on(one), one.due_on)
    return state.changed(effective_on=first, due_on=one.due_on, today=today)


def first_on(one: Adjustment) -> date:
    """Return the first day of the billing period that a fact is about."""
    return one.key.period.start_on


def must_be_in_time(one: Adjustment, today: date) -> None:
    """
    Refuse facts that no run could compare with what was billed.

    Raises:
        InvalidError: with the day that is expected.

    """
    if isinstance(one, ExtraLine) and not today <= one.due_on <= today + AHEAD:
        raise InvalidError(
            f"due_on: expected a day from {today} to {today + AHEAD}, found {one.due_on}",
            pointer="/due_on",
        )
    if first_on(one) < horizon_on(today):
        raise _too_old(one, today)
    if isinstance(one, ExtraLine) and one.service.end_on > one.due_on + AHEAD:
        raise InvalidError(
            f"end_on: expected {one.due_on + AHEAD} at the latest, found {one.service.end_on}",
            pointer="/end_on",
        )


def _too_old(one: Adjustment, today: date) -> InvalidError:
    name = "line" if isinstance(one, LineCredit) else "start_on"
    return InvalidError(
        f"{name}: expected days from {horizon_on(today)} on, found {first_on(one)}",
        pointer=f"/{name}",
    )


def _written(
    customer_id: str,
    entity: str,
    identity: str,
    context: AdjustContext,
    *,
    done: Callable[[Entered], bool],
    write: Callable[[Billable], bool],
) -> Entered:
    for _ in range(ATTEMPTS):
        found = {one.fact.id: one for one in _facts(customer_id, context)}
        if identity in found and done(found[identity]):
            return found[identity]
        write(context.run.billing.load(customer_id, entity))
    raise StoreUnavailableError(f"customer {customer_id}: changed {ATTEMPTS} times meanwhile")


def _facts(customer_id: str, context: AdjustContext) -> list[Entered]:
    return list(context.adjustments.entered(customer_id))


def _is_there(_: Entered) -> bool:
    return True


def _is_gone(one: Entered) -> bool:
    return one.fact.withdrawn


def _none(identity: str) -> list[Adjustment]:
    raise NotFoundError(f"adjustment: expected one of the customer, found {identity!r}")


def waiting(header: Header, context: AdjustContext, *, but: str = "") -> list[LineCredit]:
    """Return the credits by hand of the customer, those that no document tells of yet too."""
    return [
        each.fact
        for each in _facts(header.customer_id, context)
        if isinstance(each.fact, LineCredit) and each.fact.id != but
    ]


def later(header: Header, context: BillRunContext) -> list[Mapping[str, Any]]:
    """Read the documents that took back of an invoice, oldest first."""
    headers = context.billing.headers(header.customer_id, issued_since=header.issued_on)
    return [closed_document(one, context) for one in reversed(headers) if header.id in one.back]


def _on_days(line: BilledLine, days: Period) -> int:
    share = Fraction(days.days, line.service.days)
    return Money(invoiced(line), line.net.currency).share(share, Rounding.HALF_AWAY).minor


def invoiced(line: BilledLine) -> int:
    """Return what a line comes to after its shares of the discounts of its document."""
    return line.net.minor - sum(one.amount.minor for one in line.shares)


def _said(one: ExtraLine) -> tuple[object, ...]:
    named = one.product.id, one.description, one.purchase_order
    return one.quantity, one.unit_amount, *named


def is_same(one: Adjustment, other: Adjustment) -> bool:
    """Tell whether two facts say the same, whatever has become of them since."""
    if isinstance(one, ExtraLine) and isinstance(other, ExtraLine):
        return _said(one) == _said(other)
    if isinstance(one, LineCredit) and isinstance(other, LineCredit):
        return (one.key, one.invoice_id, one.days, one.amount) == (
            other.key,
            other.invoice_id,
            other.days,
            other.amount,
        )
    return False
