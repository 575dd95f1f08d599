"""What is asked of invoices."""

from solde.runtime.fields import Day, Reference, Strict


class InvoicePreview(Strict):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    customer: Reference
    on: Day | None = None
