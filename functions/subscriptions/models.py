"""A new subscription as the API speaks of it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from functions.subscriptions.changes import Named
from solde.domain.errors import InvalidError
from solde.domain.periods import Unit
from solde.domain.subscriptions import Contract, Early
from solde.domain.trials import AfterTrial, Trial, trial_end
from solde.runtime.custom_fields import CustomValues
from solde.runtime.fields import Amount, Code, Day, ExternalId, Metadata, Reference, Strict
from solde.runtime.offers import GrantModel, OfferModel
from solde.workflows.subscribe import Billing


class TrialModel(Strict):
    """Days, weeks or months from the start, or all days before `until`: served and not charged."""

    unit: Literal["day", "week", "month"] | None = None
    count: int | None = Field(default=None, ge=1, le=730)
    until: Day | None = None
    then: Literal["continue", "end"] = "continue"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.unit is None) != (self.count is None) or (self.unit is None) == (
            self.until is None
        ):
            raise ValueError("expected either unit and count, or until")
        return self

    def trial(self, start_on: date) -> Trial:
        """
        Return the trial of a subscription.

        Raises:
            InvalidError: it would end before it starts.

        """
        if self.unit and self.count:
            ends_on = trial_end(start_on, Unit(self.unit), self.count)
        else:
            ends_on = self.until or start_on
        if ends_on <= start_on:
            raise InvalidError(
                f"trial: expected an end after {start_on}, found {ends_on}",
                pointer="/trial/until",
            )
        return Trial(ends_on, AfterTrial(self.then))


class ContractModel(Strict):
    """
    Terms from the first paid day; one follows the other unless its end is told in time.

    `early` says what becomes of an end before the term's: it is `refused` or `allowed`, or what
    recurs stays due to the term's end (`remainder`).
    """

    unit: Annotated[Unit, Field(strict=False)]
    count: int = Field(ge=1, le=120)
    renews: bool = True
    notice_days: int = Field(default=0, ge=0, le=366)
    early: Annotated[Early, Field(strict=False)] = Early.REFUSED

    def contract(self, start_on: date) -> Contract:
        return Contract(start_on, self.unit, self.count, self.renews, self.notice_days, self.early)


class FirstDiscount(Strict):
    """A `coupon`, or an `offer` made by hand; from the start unless `effective_on` is later."""

    coupon: Code | None = None
    offer: OfferModel | None = None
    effective_on: Day | None = None
    end_on: Day | None = None

    def grant(self, start_on: date) -> GrantModel:
        return GrantModel(
            effective_on=self.effective_on or start_on,
            coupon=self.coupon,
            offer=self.offer,
            end_on=self.end_on,
        )


class NewSubscription(Strict):
    customer: Reference
    plan: Code
    start_on: Day
    external_id: ExternalId | None = None
    name: str = Field(default="", max_length=200)
    anchor_on: Day | None = None
    billing: Annotated[Billing, Field(strict=False)] | None = None
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)
    terms_days: int | None = Field(default=None, ge=0, le=365)
    trial: TrialModel | None = None
    group: str = Field(default="", max_length=80)
    contract: ContractModel | None = None
    currency: str | None = None
    """Of those that the plan is sold in; without it the first."""
    references: Named | None = None
    subscriber: Reference | None = None
    """A child of the customer, whom it serves."""
    discounts: list[FirstDiscount] = Field(default_factory=list, max_length=10)
    item_fields: dict[Code, CustomValues] = Field(default_factory=dict, max_length=50)
    """Custom fields of the lines of components."""
    metadata: Metadata = Field(default_factory=dict)

    def grants(self) -> list[GrantModel]:
        """
        Return the discounts that it begins with.

        Raises:
            InvalidError: one coupon is named twice.

        """
        coupons = [one.coupon for one in self.discounts if one.coupon]
        if twice := next((one for one in coupons if coupons.count(one) > 1), None):
            raise InvalidError(
                f"discounts: expected each coupon once, found {twice!r} twice",
                pointer="/discounts",
            )
        return [one.grant(self.start_on) for one in self.discounts]


class SubscriptionPreview(NewSubscription):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None


class PayerChange(Strict):
    """`customer` pays from `effective_on` on: the child that is served, or his parent."""

    customer: Reference
    effective_on: Day


class PayerPreview(PayerChange):
    """`on` is the day of billing that is asked about; without it, the next of each customer."""

    on: Day | None = None
