"""Pro forma: what would be invoiced, numbered, rendered and stored at once; nothing is booked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from solde.domain.errors import StateConflictError, StoreUnavailableError
from solde.domain.invoicing.canonical import ENVELOPE, canonical, digest
from solde.domain.invoicing.draft import PRO_FORMA
from solde.domain.invoicing.envelope import Range
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.invoicing.pro_forma import numbered, pro_formas
from solde.domain.invoicing.retention import kept_by
from solde.ports.billing import PackSlice, Rendered
from solde.ports.pro_formas import Numbered, ProForma, ProFormas
from solde.ports.runs import RegisterRecord
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.publish import publish
from solde.workflows.bill_run.seal import Cause, take_numbers

ATTEMPTS = 8
Document = Mapping[str, Any]
Draw = Callable[[], Sequence[Document]]


@dataclass(frozen=True, slots=True)
class ProFormaContext:
    """`render(closed)` gives the bytes by form."""

    run: BillRunContext
    store: ProFormas
    render: Callable[[Document], Mapping[str, bytes]]


def make_pro_formas(
    customer: Customer, draw: Draw, claim: str, at: datetime, context: ProFormaContext
) -> Sequence[ProForma]:
    """
    Make a pro forma of each invoice that is drawn; asked again under a claim, they are the same.

    Raises:
        StateConflictError: nothing would be invoiced, or the claim is another customer's.
        StoreUnavailableError: others were faster, again and again.

    """
    if made := context.store.claimed(customer.id, claim):
        return made
    drafts = pro_formas(draw())
    if not drafts:
        raise StateConflictError("pro forma: expected something to invoice, found nothing")
    entity = context.run.entities.entity(customer.entity)
    for _ in range(ATTEMPTS):
        wanted = _numbered(drafts, entity, claim, at, context)
        if context.store.make(wanted, at=at):
            publish(wanted.record.series, wanted.record.first, context.run)
            return wanted.made
        if made := context.store.claimed(customer.id, claim):
            return made
    raise StoreUnavailableError(f"{customer.id}: {ATTEMPTS} pro formas were overtaken")


def _numbered(
    drafts: Sequence[Document], entity: Entity, claim: str, at: datetime, context: ProFormaContext
) -> Numbered:
    """Take the next numbers of the series, and store the documents that bear them."""
    minor = sum(one["totals"]["gross"] for one in drafts)
    cause = Cause(claim, digest(b"".join(canonical(one) + b"\n" for one in drafts)), minor)
    count = {PRO_FORMA: len(drafts)}
    (head,), (record,) = take_numbers(entity, count, at=at, cause=cause, runs=context.run.runs)
    taken = _range(record)
    closed = [numbered(one, taken, rank) for rank, one in enumerate(drafts)]
    return Numbered(claim, record, head, _stored(closed, context))


def _range(one: RegisterRecord) -> Range:
    return Range(one.series, one.kind, one.first, one.last, one.issued_on, one.sealed_at)


def _stored(closed: Sequence[Document], context: ProFormaContext) -> Sequence[ProForma]:
    """Put the documents and their forms into one write-once object, each a range of it."""
    bodies = [{"json": canonical(one), **context.render(one)} for one in closed]
    pack = b"".join(body for forms in bodies for body in forms.values())
    key = f"documents/{digest(pack)[:32]}.pack"
    until = max(map(kept_by, closed))
    context.run.objects.put_new(
        key, pack, content_type="application/octet-stream", kept_until=until
    )
    made, offset = [], 0
    for document, forms in zip(closed, bodies, strict=True):
        places = {}
        for form, body in forms.items():
            places[form] = Rendered(PackSlice(key, offset, len(body)), digest(body))
            offset += len(body)
        made.append(_head(document, places))
    return made


def _head(document: Document, places: dict[str, Rendered]) -> ProForma:
    said, customer = document[ENVELOPE], document["customer"]
    closed = places.pop("json")
    return ProForma(
        id=said["id"],
        number=said["number"],
        customer_id=customer["id"],
        customer_name=customer["name"],
        entity=document["entity"]["code"],
        currency=document["currency"],
        gross_minor=document["totals"]["gross"],
        issued_on=date.fromisoformat(said["issued_on"]),
        sha256=closed.sha256,
        place=closed.place,
        documents=places,
    )
