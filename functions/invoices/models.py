"""What is asked of invoices."""

from typing import Literal

from pydantic import Field

from solde.runtime.by_hand import LineByHand
from solde.runtime.fields import Day, Reference, Strict
from solde.workflows.write_off import Wanted


class InvoicePreview(Strict):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    customer: Reference
    on: Day | None = None


class NewInvoice(Strict):
    """Lines by hand, on a document of their own."""

    customer: Reference
    lines: list[LineByHand] = Field(min_length=1, max_length=40)


class NewSettlement(Strict):
    """`amount` in minor units; without it, all that is open, as far as there is credit."""

    amount: int | None = Field(default=None, ge=1, le=10**15)


class NewWriteOff(Strict):
    """
    All that is open of the invoice is `doubtful`, or `lost`; money that comes later reverses it.

    With `duplicate_sent_on`, the day on which the customer was sent the duplicate that says so,
    the VAT of what is lost is relieved; else it is an expense like the rest.
    """

    stage: Literal["doubtful", "lost"]
    duplicate_sent_on: Day | None = None
    reason: str = Field(default="", max_length=500)

    def wanted(self, identity: str) -> Wanted:
        return Wanted(identity, self.stage, self.reason, self.duplicate_sent_on)
