"""Adjustments as the API speaks of them: what is credited on a line, what is charged by hand."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from solde.domain.errors import InvalidError
from solde.domain.invoicing.texts import plain
from solde.domain.periods import Period
from solde.domain.rating import ExtraLine, LineCredit
from solde.ports.adjustments import Entered
from solde.runtime.by_hand import LineByHand
from solde.runtime.deposits import PurchaseOrder
from solde.runtime.fields import Day, Reference, Strict, described, instant_text

ONE_DAY = timedelta(days=1)


class NewCredit(Strict):
    """
    Give back `amount` minor units, net of tax, of a line of an issued invoice.

    It lies evenly on the days of the line's service, or on those from `start_on` and before
    `end_on`: what of these days is not used later goes back without it.
    """

    type: Literal["credit"]
    invoice: str = Field(min_length=1, max_length=60)
    line: int = Field(ge=1, le=100_000)
    amount: int = Field(ge=1, le=10**12)
    reason: str = Field(default="", max_length=500)
    start_on: Day | None = None
    end_on: Day | None = None

    def days(self) -> Period | None:
        """
        Return the days that are named, None for all.

        Raises:
            InvalidError: only one end is named, or there is no day between them.

        """
        if self.start_on is None and self.end_on is None:
            return None
        if self.start_on is None or self.end_on is None or self.end_on <= self.start_on:
            raise InvalidError(
                f"end_on: expected a day after start_on, found {self.start_on} and {self.end_on}",
                pointer="/end_on",
            )
        return Period(self.start_on, self.end_on)


class NewExtra(LineByHand):
    """
    Charge a line by hand, with what the customer is billed on `due_on` or next after it.

    What was paid in advance on `purchase_order` is deducted.
    """

    type: Literal["extra"]
    customer: Reference
    due_on: Day | None = None
    purchase_order: PurchaseOrder | None = None


NewAdjustment = Annotated[NewCredit | NewExtra, Body(discriminator="type")]


class CreditPreview(NewCredit):
    on: Day | None = None


class ExtraPreview(NewExtra):
    on: Day | None = None


AdjustmentPreview = Annotated[CreditPreview | ExtraPreview, Body(discriminator="type")]


class Withdrawal(Strict):
    """The adjustment counts no more, as if it had never been made."""

    customer: Reference


def shown(entered: Entered, customer_id: str, *, livemode: bool) -> dict[str, Any]:
    one = entered.fact
    said = _credit(one) if isinstance(one, LineCredit) else _extra(one)
    return described(
        "adjustment",
        id=one.id,
        customer=customer_id,
        entity=entered.entity,
        withdrawn=one.withdrawn,
        entered_at=instant_text(entered.at),
        issued_with=entered.invoice_id or None,
        **said,
        livemode=livemode,
    )


def _credit(one: LineCredit) -> dict[str, Any]:
    return {
        "type": "credit",
        "invoice": one.invoice_id,
        "item": one.key.item_id,
        "component": one.key.component,
        "amount": one.amount.minor,
        "currency": one.amount.currency,
        "reason": one.reason,
        **_days(one.days),
    }


def _extra(one: ExtraLine) -> dict[str, Any]:
    return {
        "type": "extra",
        "product": one.product.id,
        "description": one.description,
        "quantity": plain(one.quantity),
        "unit_amount": plain(one.unit_amount),
        "currency": one.currency,
        "due_on": one.due_on.isoformat(),
        "purchase_order": one.purchase_order or None,
        "custom_fields": dict(one.fields),
        **_days(one.service),
    }


def _days(period: Period) -> dict[str, str]:
    return {"start_on": period.start_on.isoformat(), "end_on": period.end_on.isoformat()}
