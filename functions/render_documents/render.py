"""Render the documents that a run or a single issue announced."""

from typing import Any

from solde.runtime.consumed import consumed
from solde.runtime.documents import render_context
from solde.runtime.messages import Event, as_of, each_detail, each_invoice
from solde.runtime.observe import tell
from solde.workflows.render_documents import Rendering


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _render)


def _render(detail: Event) -> None:
    """Store what could be rendered of a message, whatever became of the rest."""
    rendering = Rendering(render_context())
    try:
        each_invoice(detail, rendering.add)
    finally:
        rendering.store(as_of(detail))
        tell("documents rendered", invoices=detail["invoices"], **consumed())
