"""What is asked of invoices."""

from typing import Literal

from pydantic import Field, model_validator

from solde.domain.late import Waive
from solde.runtime.by_hand import LineByHand
from solde.runtime.custom_fields import CustomValues
from solde.runtime.deposits import DepositModel, PurchaseOrder
from solde.runtime.fields import Day, Reference, Strict
from solde.workflows.write_off import Wanted


class InvoicePreview(Strict):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    customer: Reference
    on: Day | None = None


class NewInvoice(Strict):
    """
    Lines by hand, on a document of their own.

    What was paid in advance on `purchase_order` is deducted. With `deposit` the lines are an order,
    and a part of it is asked for in advance: they are billed later, by a request without.
    """

    customer: Reference
    lines: list[LineByHand] = Field(min_length=1, max_length=40)
    purchase_order: PurchaseOrder | None = None
    deposit: DepositModel | None = None
    custom_fields: CustomValues = Field(default_factory=dict)
    """Of the document; those of a line stand there."""

    @model_validator(mode="after")
    def _on_an_order(self) -> "NewInvoice":
        if self.deposit and not self.purchase_order:
            raise ValueError("deposit: expected with the purchase_order that it is deducted from")
        if self.deposit and self.custom_fields:
            raise ValueError("custom_fields: expected on the invoice, not on its deposit")
        return self


class NewSettlement(Strict):
    """`amount` in minor units; without it, all that is open, as far as there is credit."""

    amount: int | None = Field(default=None, ge=1, le=10**15)


class NewAttempt(Strict):
    """
    By a method that the customer has, or by a provider.

    `payment_method` is one of the customer's, or `default`: what was kept last. Else `provider` is
    asked: by `method`, its own name of what is charged, or for a page that a payer is sent to.
    `amount` in minor units; without it, all that is open. `return_url` is where the page leads.
    """

    payment_method: str = Field(default="", max_length=40, examples=["default"])
    provider: Literal["sandbox", "stripe", "paypal"] | None = None
    method: str = Field(default="", pattern=r"^[A-Za-z0-9_/-]{0,100}$")
    amount: int | None = Field(default=None, ge=1, le=10**15)
    return_url: str = Field(default="", pattern=r"^(https://[^\s]{1,480})?$")

    @model_validator(mode="after")
    def _one_way(self) -> "NewAttempt":
        if (self.provider is None) == (not self.payment_method):
            raise ValueError("expected either a payment_method or a provider")
        if self.payment_method and self.method:
            raise ValueError("method: expected none beside a payment_method")
        return self


class NewLateCharges(Strict):
    """`through` is the last day that counts; without it, today, or the day on which all is paid."""

    through: Day | None = None


class NewWaiver(Strict):
    """
    Minor units of the `interest` and of the `fee` of late charges; with neither, all that is left.

    What was paid of them already is the customer's credit, or waits to be paid back (`refund`).
    """

    interest: int | None = Field(default=None, ge=1, le=10**15)
    fee: int | None = Field(default=None, ge=1, le=10**15)
    reason: str = Field(default="", max_length=500)
    rest: Literal["credit", "refund"] = "credit"

    def waive(self, identity: str) -> Waive:
        return Waive(identity, self.interest, self.fee, self.reason)


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
