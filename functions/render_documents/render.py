"""Render the documents that a run or a single issue announced."""

from typing import Any

from solde.runtime.consumed import consumed
from solde.runtime.documents import render_context
from solde.runtime.messages import Event, as_of, each_detail, each_invoice
from solde.runtime.observe import tell
from solde.workflows.render_documents import render_document


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _render)


def _render(detail: Event) -> None:
    def one(customer_id: str, invoice_id: str) -> None:
        render_document(customer_id, invoice_id, as_of(detail), render_context())
        tell("document rendered", customer=customer_id, invoice=invoice_id, **consumed())

    each_invoice(detail, one)
