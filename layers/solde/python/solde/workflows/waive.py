"""Waive: interest or the fee of late charges is given back by hand, on a note of its own (R24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.invoicing.draft import LATE_CHARGE
from solde.domain.late import Waive, left_of, waiver_document, waiver_tree, wanted_of
from solde.domain.periods import day_of
from solde.ports.billing import Header
from solde.ports.late_charges import LateCharges
from solde.ports.singles import Revision
from solde.workflows.bill_now import ATTEMPTS, Also, NowContext, issue_single
from solde.workflows.bill_run.customer import closed_document

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WaiveContext:
    now: NowContext
    store: LateCharges


@dataclass(frozen=True, slots=True)
class Waiver:
    """A note as it would be issued, its tree, and the billing state that it was computed on."""

    draft: Document
    tree: Document
    mark: Revision


def plan_waiver(header: Header, wanted: Waive, at: datetime, context: WaiveContext) -> Waiver:
    """
    Return the note that would be issued; nothing is written.

    Raises:
        InvalidError: it charges nothing for paying late, or less is left than shall be waived.

    """
    if header.kind != LATE_CHARGE:
        raise InvalidError(f"invoice: expected late charges, found {header.kind}")
    run = context.now.run
    # Read before the notes: another one changes the revision.
    billable = run.billing.load(header.customer_id, header.entity)
    entity = run.entities.entity(header.entity)
    customer = billable.customer.as_of(day_of(at, entity.time_zone))
    charges = closed_document(header, run)
    left = left_of(charges, [closed_document(one, run) for one in context.store.waived(header)])
    waived = wanted_of(left, wanted)
    draft = waiver_document(charges, waived, wanted, (entity, customer))
    state = billable.state
    mark = Revision(state, replace(state, rev=state.rev + 1))
    return Waiver(draft, waiver_tree(left, waived), mark)


def waive(
    header: Header, wanted: Waive, at: datetime, context: WaiveContext, *, to_refund: bool = False
) -> Header:
    """
    Issue the note; asked again, return the one that was issued.

    What was paid already of the charges becomes the customer's credit, or waits to be paid back.

    Raises:
        InvalidError: as for the plan.
        StoreUnavailableError: others were faster, again and again.

    """
    entity = context.now.run.entities.entity(header.entity)
    for _ in range(ATTEMPTS):
        if known := _known(context.store.waived(header), wanted, context):
            return known
        plan = plan_waiver(header, wanted, at, context)
        also = Also(plan.mark, to_refund=to_refund, trees=(plan.tree,))
        if found := issue_single([plan.draft], entity, at=at, context=context.now, also=also):
            return found[0]
    raise StoreUnavailableError(f"{header.number}: {ATTEMPTS} notes were overtaken")


def _known(notes: Sequence[Header], wanted: Waive, context: WaiveContext) -> Header | None:
    """Return the note that an earlier request of the same id has issued."""
    for one in notes:
        if closed_document(one, context.now.run)["waived"]["request"] == wanted.request:
            return one
    return None
