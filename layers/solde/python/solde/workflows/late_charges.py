"""Late charges: what an invoice that is paid late costs, asked for by a person, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.invoicing.draft import INVOICE
from solde.domain.invoicing.parties import Entity
from solde.domain.late import SHIPPED_RATES, Owed, Settled, Wanted, late_document, late_tree
from solde.domain.late.charge import Earlier, Late
from solde.domain.money import Money
from solde.domain.periods import day_of
from solde.ports.billing import Header
from solde.ports.customers import CustomerStore
from solde.ports.late_charges import LateCharges
from solde.ports.singles import LateMark
from solde.workflows.bill_now import Also, NowContext, issue_single
from solde.workflows.bill_run.customer import closed_document

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class LateContext:
    now: NowContext
    store: LateCharges
    customers: CustomerStore


@dataclass(frozen=True, slots=True)
class Asked:
    """`request` is the same for the same request; `through` is the last day, else today."""

    request: str
    through: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """The document as it would be issued, and the mark that it leaves on its invoice."""

    draft: dict[str, Any]
    tree: dict[str, Any]
    mark: LateMark
    entity: Entity


def plan_late(header: Header, asked: Asked, at: datetime, context: LateContext) -> Planned:
    """
    Return the document that would be issued for an invoice.

    Raises:
        InvalidError: it is no invoice, its customer was a consumer, or the day is to come.
        NoRateError: the reference rate of a half-year is not known.
        StateConflictError: nothing was late, or all that was is charged.
        StoreUnavailableError: a payment moved it meanwhile.

    """
    run = context.now.run
    if header.kind != INVOICE:
        raise InvalidError(f"invoice: expected an invoice, found {header.kind}")
    entity = run.entities.entity(header.entity)
    today = day_of(at, entity.time_zone)
    through = asked.through or today
    if through > today:
        raise InvalidError(
            f"through: expected {today} or before, found {through}", pointer="/through"
        )
    read = context.store.header(header.customer_id, header.id) or header
    document = closed_document(read, run)
    earlier = [_earlier(one) for one in context.store.charged(read) if one.late]
    owed = Owed(Money(read.gross_minor, read.currency), read.due_on, _settled(read, context.store))
    late = Late(document, owed, [*SHIPPED_RATES, *context.store.rates()], earlier)
    customer = context.customers.customer(read.customer_id).as_of(today)
    wanted = Wanted(asked.request, through)
    draft = late_document(late, wanted, entity=entity, customer=customer)
    charged_to = date.fromisoformat(draft["late"]["through"])
    return Planned(draft, late_tree(late, draft), LateMark(read, charged_to), entity)


def charge_late(header: Header, asked: Asked, at: datetime, context: LateContext) -> Header:
    """
    Issue the document; asked again, return the one that was issued.

    Raises:
        InvalidError, StateConflictError: as for the plan.
        StoreUnavailableError: others were faster, again and again.

    """
    for _ in range(ATTEMPTS):
        for one in context.store.charged(header):
            if one.late and one.late.request == asked.request:
                return one
        plan = plan_late(header, asked, at, context)
        also = Also(late=plan.mark, trees=(plan.tree,))
        if found := issue_single([plan.draft], plan.entity, at=at, context=context.now, also=also):
            return found[0]
    raise StoreUnavailableError(f"{header.number}: moved {ATTEMPTS} times meanwhile")


def _settled(read: Header, store: LateCharges) -> Sequence[Settled]:
    """
    Return all that has settled an invoice: what was not since its issue was at its issue.

    Raises:
        StoreUnavailableError: the facts are not those that the invoice was read with.

    """
    since = store.settled(read)
    first = read.paid_minor - sum(one.minor for one in since)
    if first < 0:
        raise StoreUnavailableError(
            f"{read.number}: expected {read.paid_minor} settled, found {read.paid_minor - first}"
        )
    return [*([Settled(read.issued_on, first)] if first else ()), *since]


def _earlier(one: Header) -> Earlier:
    if one.late is None:
        raise AssertionError(f"{one.number}: expected a document of late charges")
    return Earlier(one.id, one.number, one.issued_on, one.late)
