"""What is asked of credit notes by hand."""

from typing import Literal, Self

from pydantic import Field, model_validator

from solde.domain.credit import LineWanted
from solde.runtime.fields import Strict
from solde.workflows.credit_note import Wanted

MOST = 10**12


class LineBack(Strict):
    """`amount` in minor units, in the prices of the invoice; without it, all that is left."""

    line: int = Field(ge=1, le=100_000)
    amount: int | None = Field(default=None, ge=1, le=MOST)


class NewCreditNote(Strict):
    """
    Give back of some `lines`, or an `amount` spread over the invoice, or all that is left of it.

    Amounts are in the prices of the invoice: before tax, or with it where they include it. What
    is given back is never billed again, unless `bill_again` cancels the lines: then the next run
    bills anew what the timeline says of them. What an invoice has open is settled first; the
    `rest` is credit of the customer, or waits to be refunded.
    """

    invoice: str = Field(min_length=1, max_length=60)
    lines: list[LineBack] = Field(default_factory=list, max_length=40)
    amount: int | None = Field(default=None, ge=1, le=MOST)
    reason: str = Field(default="", max_length=500)
    bill_again: bool = False
    rest: Literal["credit", "refund"] = "credit"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.lines and self.amount is not None:
            raise ValueError("expected lines or an amount, found both")
        if self.bill_again and (self.amount is not None or any(one.amount for one in self.lines)):
            raise ValueError("bill_again: expected whole lines, found an amount")
        return self

    def wanted(self, identity: str) -> Wanted:
        return Wanted(
            id=identity,
            lines=[LineWanted(one.line, one.amount) for one in self.lines],
            minor=self.amount,
            reason=self.reason,
            bill_again=self.bill_again,
            to_refund=self.rest == "refund",
        )
