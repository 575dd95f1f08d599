"""Credit note by hand: what is given back of an issued invoice, at once and beside all runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from solde.domain.credit import (
    Cause,
    LineWanted,
    Remains,
    by_amount,
    by_lines,
    note_draft,
    remains,
    whole,
)
from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.explanation import Asked, by_hand
from solde.domain.identity import derived_id
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import ENVELOPE
from solde.domain.invoicing.document import draft_document
from solde.domain.invoicing.draft import CREDIT_NOTE, DEPOSIT
from solde.domain.invoicing.taken import Issued, Taken, taken_from
from solde.domain.money import Money
from solde.domain.periods import day_of
from solde.domain.rating import BilledLine, LineCredit
from solde.domain.settlement import note_of_deposit
from solde.ports.billing import Header
from solde.ports.singles import Revision
from solde.workflows.adjust import AdjustContext, later, waiting
from solde.workflows.bill_now import ATTEMPTS, Also, issue_single, must_be_free
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import closed_document
from solde.workflows.held import with_share
from solde.workflows.horizon import horizon_on
from solde.workflows.one_off import OneOffContext

Document = Mapping[str, Any]
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""The instant in ids that a repeated request gets again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What shall be given back: of lines, an amount over the invoice, or with neither all of it.

    `id` is the same for the same request. `bill_again` cancels whole lines instead of giving them
    back: what the timeline says of them is billed anew.
    """

    id: str
    lines: Sequence[LineWanted] = ()
    minor: int | None = None
    reason: str = ""
    bill_again: bool = False
    to_refund: bool = False
    """What the invoice has no use for waits to be paid back; else it is the customer's credit."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A note as it would be issued, with the facts and the billing state that follow from it."""

    document: Document
    tree: Document
    facts: tuple[LineCredit, ...]
    mark: Revision


def plan_note(header: Header, wanted: Wanted, at: datetime, context: OneOffContext) -> Planned:
    """
    Return the note that would be issued.

    Raises:
        InvalidError: it is no invoice, or less is left of it than shall be given back; or it is a
            deposit, and invoices have used more of it.
        ReservedError: a bill run holds the customer.

    """
    run = context.now.run
    if header.kind == CREDIT_NOTE:
        raise InvalidError(f"invoice: expected an invoice, found {header.kind}", pointer="/invoice")
    billable = run.billing.load(header.customer_id, header.entity)
    must_be_free(billable, run)
    entity = run.entities.entity(header.entity)
    today = day_of(at, entity.time_zone)
    original = closed_document(header, run)
    facts_of, since = AdjustContext(run, context.adjustments), later(header, run)
    left = remains(original, since, waiting(header, facts_of))
    deposit = header.kind == DEPOSIT
    wanted, most = _unused(wanted, header, run) if deposit else (wanted, left.total)
    amounts = _amounts(left, wanted)
    _must_be_left(amounts, most)
    lines = [one for one in billed_lines(original) if one.line in amounts]
    facts: tuple[LineCredit, ...] = ()
    after = replace(billable.state, rev=billable.state.rev + 1)
    if wanted.bill_again:
        after = billable.state.reopened(_cancelled_from(lines, amounts, today), today)
    elif not deposit:
        given = (_fact(wanted, one, amounts[one.line]) for one in lines)
        facts = tuple(with_share(one, since, billable, entity, run) for one in given)
    taken = _taken(header, run)
    draft = note_draft(original, amounts, _cause(wanted, () if deposit else lines), taken)
    customer = billable.customer.as_of(today)
    document = draft_document(draft, entity=entity, customer=customer)
    if deposit:
        document = note_of_deposit(document, original)
    asked = Asked(wanted.lines, wanted.minor, wanted.bill_again)
    tree = by_hand(original, left, asked, draft, taken)
    return Planned(document, tree, facts, Revision(billable.state, after))


def _cause(wanted: Wanted, lines: Iterable[BilledLine]) -> Cause:
    by_line = {one.line: _id(wanted, one.line) for one in lines}
    return Cause(wanted.id, wanted.reason, None if wanted.bill_again else by_line)


def _taken(header: Header, run: BillRunContext) -> Taken:
    headers = run.billing.headers(header.customer_id, issued_since=header.issued_on)
    return taken_from(Issued(one.id, one.bases, one.back, one.charged) for one in headers)


def issue_note(header: Header, wanted: Wanted, at: datetime, context: OneOffContext) -> Header:
    """
    Issue the note, with its facts in the same transaction; asked again, return what was issued.

    Raises:
        InvalidError: it is no invoice, or less is left of it than shall be given back.
        ReservedError: a bill run holds the customer.
        StoreUnavailableError: others were faster, again and again.

    """
    entity = context.now.run.entities.entity(header.entity)
    for _ in range(ATTEMPTS):
        if issued := _issued(header, wanted, context):
            return issued
        plan = plan_note(header, wanted, at, context)
        found = issue_single(
            [plan.document],
            entity,
            at=at,
            context=context.now,
            also=Also(plan.mark, plan.facts, wanted.to_refund, (plan.tree,)),
        )
        if found:
            return found[0]
    raise StoreUnavailableError(f"{header.number}: {ATTEMPTS} credit notes were overtaken")


def _issued(header: Header, wanted: Wanted, context: OneOffContext) -> Header | None:
    """Return the note that an earlier request of the same id has issued."""
    cause, run = Cause(wanted.id), context.now.run
    ids = {
        document[ENVELOPE]["id"]
        for document in later(header, run)
        if any(one["inputs"] == cause.digest(_of(one)) for one in document["lines"])
    }
    headers = run.billing.headers(header.customer_id, issued_since=header.issued_on) if ids else ()
    return next((one for one in headers if one.id in ids), None)


def _of(line: Mapping[str, Any]) -> int:
    place: int = line.get("corrects", {}).get("line", 0)
    return place


def _amounts(left: Remains, wanted: Wanted) -> Mapping[int, int]:
    if wanted.lines:
        return by_lines(left, wanted.lines)
    return whole(left) if wanted.minor is None else by_amount(left, wanted.minor)


def _unused(wanted: Wanted, header: Header, run: BillRunContext) -> tuple[Wanted, int]:
    """
    Return what shall be given back of a deposit, and the most that may be: what nothing has used.

    Raises:
        InvalidError: nothing is left; or it shall be billed again, which it never was.

    """
    if wanted.bill_again:
        said = f"bill_again: expected an invoice, found a {DEPOSIT}"
        raise InvalidError(said, pointer="/bill_again")
    lots = run.billing.lots(header.customer_id, header.entity)
    most = next((one.unused for one in lots if one.id == header.id), 0)
    if not most:
        said = "invoice: expected a deposit of which something is not used, found 0"
        raise InvalidError(said, pointer="/invoice")
    all_of_it = not wanted.lines and wanted.minor is None
    return replace(wanted, minor=most) if all_of_it else wanted, most


def _must_be_left(amounts: Mapping[int, int], most: int) -> None:
    """
    Refuse to give back more of a deposit than no invoice has used.

    Raises:
        InvalidError: with the difference.

    """
    found = sum(amounts.values())
    if found > most:
        raise InvalidError(
            f"amount: expected at most {most}, which no invoice has used, found {found}, "
            f"a difference of {found - most}",
            pointer="/amount",
        )


def _cancelled_from(lines: Sequence[BilledLine], amounts: Mapping[int, int], today: date) -> date:
    """
    Return the day from which lines that are cancelled are billed again.

    Raises:
        InvalidError: something was given back of a line, or it is too old to be billed again.

    """
    for one in lines:
        full = one.net.minor - sum(share.amount.minor for share in one.shares)
        if full != amounts[one.line]:
            raise InvalidError(
                "bill_again: expected lines of which nothing was given back, found "
                f"{full - amounts[one.line]} of {full} on line {one.line}",
                pointer="/bill_again",
            )
    first_on = min(one.key.period.start_on for one in lines)
    if first_on < horizon_on(today):
        raise InvalidError(
            f"bill_again: expected periods from {horizon_on(today)} on, found {first_on}",
            pointer="/bill_again",
        )
    return first_on


def _fact(wanted: Wanted, line: BilledLine, minor: int) -> LineCredit:
    return LineCredit(
        id=_id(wanted, line.line),
        key=line.key,
        invoice_id=line.invoice_id,
        service=line.service,
        days=line.service,
        amount=Money(minor, line.net.currency),
        reason=wanted.reason,
    )


def _id(wanted: Wanted, line: int) -> str:
    return derived_id("adj", wanted.id, str(line), at=ALWAYS)
