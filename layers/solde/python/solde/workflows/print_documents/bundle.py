"""Bundle: the documents of a part become one PDF, with a list that says where each goes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import NotFoundError
from solde.domain.invoicing.sending import ISSUED
from solde.domain.invoicing.ways import PRINT
from solde.ports.documents import DocumentStore
from solde.ports.objects import ObjectStore
from solde.ports.printing import Paper, PrintDay, PrintFile, PrintPart, PrintStore
from solde.ports.sendings import SENT, Sending
from solde.workflows.print_documents.addresses import Placed, address_list
from solde.workflows.print_documents.gather import parts_of

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class BundleContext:
    """`bind` sets documents behind each other, and counts the pages of each."""

    prints: PrintStore
    documents: DocumentStore
    objects: ObjectStore
    bind: Callable[[Sequence[bytes]], tuple[bytes, Sequence[int]]]


def bundle_prints(named: tuple[str, date, int], at: datetime, context: BundleContext) -> PrintPart:
    """
    Make the files of a part, and tell of the day with the last of them; safe to repeat.

    Raises:
        NotFoundError: no such part was listed.

    """
    entity, day, number = named
    known = context.prints.day(entity, day)
    if known is None or not 1 <= number <= known.parts:
        raise NotFoundError(f"print: expected a part of {entity} on {day}, found {number}")
    part = next((one for one in known.made if one.number == number), None)
    if part is None:
        part = _made(known, number, context)
        context.prints.keep(known, part)
        known = context.prints.day(entity, day) or known
    if len(known.made) == known.parts:
        context.prints.ready(known, at)
    return part


def _made(day: PrintDay, number: int, context: BundleContext) -> PrintPart:
    """Write both files of a part, then let its documents wait no more."""
    wanted = parts_of(day.entity, day.day, context.objects)[number - 1]
    papers = context.prints.papers(wanted)
    bound, pages = context.bind(
        [context.documents.bytes_of((one.header.documents or {})["pdf"]) for one in papers]
    )
    placed = _placed(papers, pages, context)
    stem = f"print/{day.entity}/{day.day.isoformat()}/{number:04d}"
    files = {
        "pdf": _kept(f"{stem}.pdf", bound, context.objects),
        "csv": _kept(f"{stem}.csv", address_list(placed), context.objects),
    }
    key = files["pdf"].key
    context.prints.ended([_sent(one, day.entity, key, day.at) for one in placed])
    return PrintPart(number, len(papers), sum(pages), files)


def _placed(
    papers: Sequence[Paper], pages: Sequence[int], context: BundleContext
) -> Sequence[Placed]:
    found, first = [], 1
    for paper, count in zip(papers, pages, strict=True):
        shown = context.documents.closed(paper.header)["customer"]
        found.append(Placed(paper, first, count, shown))
        first += count
    return found


def _kept(key: str, body: bytes, objects: ObjectStore) -> PrintFile:
    """Write a file unless it is there: then what was written first counts."""
    if not objects.put_new(key, body, content_type=TYPES[key.rpartition(".")[2]]):
        body = objects.get(key) or b""
    return PrintFile(key, len(body), hashlib.sha256(body).hexdigest())


def _sent(one: Placed, entity: str, key: str, at: datetime) -> Sending:
    header = one.paper.header
    return Sending(
        one.paper.sending_id,
        header.customer_id,
        header.id,
        PRINT,
        ISSUED,
        at,
        state=SENT,
        form="pdf",
        note=f"{key}, page {one.first}",
        entity=entity,
    )
