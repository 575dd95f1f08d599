"""Mail the links of documents that are stored."""

from typing import Any

from solde.runtime.consumed import consumed
from solde.runtime.documents import send_context
from solde.runtime.messages import Event, as_of, each_detail, each_invoice
from solde.runtime.observe import alarm, tell
from solde.workflows.send_mail import send_document


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _send)


def _send(detail: Event) -> None:
    def one(customer_id: str, invoice_id: str) -> None:
        state = send_document(customer_id, invoice_id, as_of(detail), send_context())
        if state == "failed":
            alarm("mail failed", customer=customer_id, invoice=invoice_id)
        tell("mail ended", customer=customer_id, invoice=invoice_id, state=state, **consumed())

    each_invoice(detail, one)
