"""What is told to others of what happened: kinds by their public names, one for each object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ISSUED = "invoice.issued"
PAID = "invoice.paid"
OF_INVOICES = {
    ISSUED: ISSUED,
    "documents.stored": "invoice.rendered",
    "invoice.mailed": "invoice.mailed",
}
"""Announcements that name many invoices, each with its customer."""
OF_ONE = {
    "invoice.questioned": "invoice",
    "invoice.promised": "invoice",
    "invoice.notice_closed": "invoice",
    "invoice.written_off": "invoice",
    "payment.received": "payment",
    "payment.refunded": "payment",
    "payment.disputed": "payment",
    "payment.restored": "payment",
    "payment.undone": "payment",
    "payment.returned": "payment",
    "credit.applied": "credit",
    "service.restricted": "customer",
    "service.restored": "customer",
    "wallet.topped_up": "top_up",
    "wallet.voided": "top_up",
    "wallet.expired": "top_up",
    "wallet.top_up_needed": "wallet",
}
"""Announcements of one object, and the field that names it."""
KINDS = (*sorted({*OF_INVOICES.values(), PAID, *OF_ONE}),)
TEST = "endpoint.test"
"""What an endpoint is told when somebody tries it."""
LIFE = (*OF_INVOICES.values(), *OF_ONE, PAID, TEST)
"""In which order kinds of one instant have happened to one object."""


@dataclass(frozen=True, slots=True)
class Happening:
    """`of` is the id of the object that it happened to: happenings of one are told in order."""

    kind: str
    of: str
    customer_id: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return LIFE.index(self.kind)

    @property
    def invoice_id(self) -> str:
        """The invoice that it happened to, or none."""
        return self.of if self.kind.startswith("invoice.") else ""


def happenings(announced: str, detail: Mapping[str, Any]) -> Iterator[Happening]:
    """Yield what an announcement says to others; what is for Solde alone yields nothing."""
    if announced in OF_INVOICES:
        rest = {"state": detail["state"]} if "state" in detail else {}
        for customer_id, invoice_id in detail["invoices"]:
            yield Happening(OF_INVOICES[announced], invoice_id, customer_id, rest)
    if announced not in OF_ONE:
        return
    said = {name: value for name, value in detail.items() if name not in ("settled", "as_of")}
    yield Happening(announced, detail[OF_ONE[announced]], detail["customer"], said)
    if detail.get("settled"):
        cause = {"by": detail[OF_ONE[announced]]}
        yield Happening(PAID, detail["invoice"], detail["customer"], cause)
