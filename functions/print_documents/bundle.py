"""Bundle: a part of what is printed on a day becomes a PDF and the list of its addresses."""

from datetime import date
from typing import Any

from solde.adapters.bound_pdf import bound
from solde.runtime import wiring
from solde.runtime.messages import Event, as_of, each_detail
from solde.runtime.observe import tell
from solde.runtime.reach import prints
from solde.storage.documents import DocumentTable
from solde.workflows.print_documents.bundle import BundleContext, bundle_prints


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _bundle)


def _bundle(detail: Event) -> None:
    documents = DocumentTable(wiring.table(), wiring.archive())
    context = BundleContext(prints(), documents, wiring.archive(), bound)
    named = detail["entity"], date.fromisoformat(detail["day"]), detail["part"]
    part = bundle_prints(named, as_of(detail), context)
    tell("print bundled", entity=named[0], part=part.number, pages=part.pages)
