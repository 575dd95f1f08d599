"""Gather: each day what waits for paper is listed by entity, and its files are asked for."""

from typing import Any

from solde.runtime import wiring
from solde.runtime.messages import as_of
from solde.runtime.observe import tell
from solde.runtime.reach import prints
from solde.workflows.print_documents.gather import GatherContext, gather_prints


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    at, context = as_of(event), GatherContext(prints(), wiring.archive())
    count = 0
    for entity in wiring.entities().all():
        day = gather_prints(entity, at, context)
        if day:
            tell("print gathered", entity=entity.code, documents=day.documents, parts=day.parts)
            count += day.documents
    return {"documents": count}
