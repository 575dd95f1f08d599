"""Gather: what waits for paper becomes the list of a day, which is written once, in parts."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.invoicing.parties import Entity
from solde.domain.periods import day_of
from solde.ports.objects import ObjectStore
from solde.ports.printing import MAKING, Paper, PrintDay, PrintStore, Waiting

PART_DOCUMENTS = 500
"""Documents of one file at most."""
PART_BYTES = 40_000_000
"""Bytes of the documents that one file is made of; without what they share it is far smaller."""


@dataclass(frozen=True, slots=True)
class GatherContext:
    prints: PrintStore
    objects: ObjectStore


def gather_prints(entity: Entity, at: datetime, context: GatherContext) -> PrintDay | None:
    """
    Let all that waits be printed today; None if nothing does. Safe to repeat.

    What the first call of a day has listed is that day's; whatever comes later waits for the next.
    What days before it have listed is theirs, made or not: their missing parts are asked for again.
    A day that a later one has overtaken is listed no more.
    """
    day, prints = day_of(at, entity.time_zone), context.prints
    unfinished = prints.unfinished(entity.code)
    if not any(one.day > day for one in prints.days(entity.code, limit=1)):
        elsewhere = {
            waiting
            for one in unfinished
            if one.day != day
            for part in parts_of(entity.code, one.day, context.objects)
            for waiting in part
        }
        parts = _listed(entity.code, day, elsewhere, context)
        if parts:
            count = sum(map(len, parts))
            prints.open(PrintDay(entity.code, day, count, len(parts), MAKING, at))
    for one in prints.unfinished(entity.code):
        made = {part.number for part in one.made}
        for number in range(1, one.parts + 1):
            if number not in made:
                prints.ask(one, number, at)
    return prints.day(entity.code, day)


def list_key(entity: str, day: date) -> str:
    return f"print/{entity}/{day.isoformat()}/list.json"


def parts_of(entity: str, day: date, objects: ObjectStore) -> Sequence[Sequence[Waiting]]:
    """Read what each part of a day holds."""
    body = objects.get(list_key(entity, day))
    return [[(one[0], one[1], one[2]) for one in part] for part in json.loads(body or "[]")]


def _listed(
    entity: str, day: date, elsewhere: Collection[Waiting], context: GatherContext
) -> Sequence[Sequence[Waiting]]:
    """Write the list of a day unless it is there, and return what is."""
    known = parts_of(entity, day, context.objects)
    if known:
        return known
    waiting = [one for one in context.prints.waiting(entity) if one not in elsewhere]
    papers = context.prints.papers(waiting)
    split = _split([one for one in papers if "pdf" in (one.header.documents or {})])
    if not split:
        return ()
    body = json.dumps(split, separators=(",", ":")).encode()
    context.objects.put_new(list_key(entity, day), body, content_type="application/json")
    return parts_of(entity, day, context.objects)


def _split(papers: Sequence[Paper]) -> list[list[Waiting]]:
    """Cut the day where a file has enough; what goes to one customer stays in its order."""
    parts: list[list[Waiting]] = []
    size = 0
    for one in papers:
        length = (one.header.documents or {})["pdf"].place.length
        if not parts or len(parts[-1]) == PART_DOCUMENTS or size + length > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append((one.customer.id, one.header.id, one.sending_id))
        size += length
    return parts
