"""What is asked of invoices."""

from pydantic import Field

from solde.runtime.by_hand import LineByHand
from solde.runtime.fields import Day, Reference, Strict


class InvoicePreview(Strict):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    customer: Reference
    on: Day | None = None


class NewInvoice(Strict):
    """Lines by hand, on a document of their own."""

    customer: Reference
    lines: list[LineByHand] = Field(min_length=1, max_length=40)
