"""Mail documents that are stored, and those that somebody asked for once more."""

from typing import Any

from solde.runtime.consumed import consumed
from solde.runtime.documents import send_context
from solde.runtime.messages import Event, as_of, each_detail, each_invoice, each_sending
from solde.runtime.observe import alarm, tell
from solde.workflows.send_mail import send_again, send_document


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return each_detail(event, _send)


def _send(detail: Event) -> None:
    def issued(customer_id: str, invoice_id: str) -> None:
        _told(
            customer_id,
            invoice_id,
            send_document(customer_id, invoice_id, as_of(detail), send_context()),
        )

    def asked(customer_id: str, invoice_id: str, sending_id: str) -> None:
        named = customer_id, invoice_id, sending_id
        _told(customer_id, invoice_id, send_again(named, as_of(detail), send_context()))

    if "sendings" in detail:
        each_sending(detail, asked)
    else:
        each_invoice(detail, issued)


def _told(customer_id: str, invoice_id: str, state: str) -> None:
    if state == "failed":
        alarm("mail failed", customer=customer_id, invoice=invoice_id)
    tell("mail ended", customer=customer_id, invoice=invoice_id, state=state, **consumed())
