"""Changes of a subscription as the API speaks of them, and the same to be previewed."""

from datetime import date
from typing import Annotated, Literal, Self

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from solde.domain.catalog import Credit
from solde.domain.subscriptions.effect import Moment
from solde.domain.subscriptions.references import ALONE, NAMES, References
from solde.runtime.custom_fields import CustomValues, given
from solde.runtime.fields import Amount, Code, Day, ExternalId, Reference, Strict, Text, day_from
from solde.runtime.offers import GrantEnd, GrantModel
from solde.workflows.change_plan import Anchor

WORDS = {one.value: one for one in Moment}


def _when(value: object) -> object:
    if isinstance(value, date | Moment):
        return value
    if isinstance(value, str) and value in WORDS:
        return WORDS[value]
    try:
        return day_from(value)
    except ValueError as wrong:
        raise ValueError(f"{wrong}, or one of {', '.join(WORDS)}") from wrong


Effective = Annotated[
    date | Moment,
    BeforeValidator(_when),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "format": "date"}, {"enum": list(WORDS)}],
            "examples": ["2027-01-31", "at_period_end"],
        }
    ),
]
"""A day, or a word for one."""


class QuantityChange(Strict):
    """Of the one item of a component, or of an `item`; more counts at once, less at period end."""

    component: Code | None = None
    item: Reference | None = None
    quantity: Amount
    effective_on: Effective | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.component is None) == (self.item is None):
            raise ValueError("expected either component or item")
        return self


class PlanChange(Strict):
    """Unless a day is said, an upgrade counts at once, a downgrade at the period's end."""

    plan: Code
    effective_on: Effective | None = None
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)
    anchor: Annotated[Anchor, Field(strict=False)] | None = None


class NewItem(Strict):
    """
    A device or an add-on, charged from its own first day.

    Without a `price` it is one more of a component that the subscription has.
    """

    component: Code
    description: Text
    effective_on: Effective
    price: Code | None = None
    quantity: Amount = Field(default="1", validate_default=True)
    external_id: ExternalId | None = None
    custom_fields: CustomValues = Field(default_factory=dict)


class Cancellation(Strict):
    """
    `effective_on` is the first day without service; unless it is said, the next term's or period's.

    `credit` is what is given back of the period it falls into; unless it is said, the plan's.
    """

    effective_on: Effective | None = None
    credit: Annotated[Credit, Field(strict=False)] | None = None


class Pause(Strict):
    """`effective_on` is the first day without service, and without a charge."""

    effective_on: Effective


class Resumption(Strict):
    """`effective_on` is the first day with service again."""

    effective_on: Effective


class TrialConversion(Strict):
    """A trial that would end by itself goes on; `effective_on` is when that was said."""

    effective_on: Effective


class AnchorChange(Strict):
    """Periods are counted from `anchor_on`; from `effective_on` to the next of them is a stub."""

    anchor_on: Day
    effective_on: Effective = Moment.AT_PERIOD_END


class PriceChoice(Strict):
    """A version of a price counts from a day on for its items, also for days that were billed."""

    price: Code
    version: int = Field(ge=1, le=9999)
    effective_on: Day


Said = Annotated[str, Field(max_length=80)]


class Named(Strict):
    """
    What the buyer wants named; `alone` keeps it on documents of its own.

    `custom_fields` are those that the entity declares on a subscription.
    """

    purchase_order: Said = ""
    cost_centre: Said = ""
    contract_number: Said = ""
    ship_to: Said = ""
    alone: bool = False
    custom_fields: CustomValues = Field(default_factory=dict)

    def references(self, entity: str) -> References | None:
        """
        Return what documents of an entity name.

        Raises:
            InvalidError: a custom field is none of the entity, or does not fit.

        """
        fields = given(entity, "subscription", self.custom_fields)
        found = References(**self.model_dump(include={*NAMES, ALONE}), fields=fields)
        return None if found == References() else found


class ReferencesChange(Named):
    """All that documents name of what is billed from `effective_on` on: what is left out is not."""

    effective_on: Effective = Moment.AT_ONCE


class CollectionHold(Strict):
    """
    What is billed from `effective_on` on is issued, and not collected before `until`.

    null ends a hold for what is billed then; documents that were held keep their day.
    """

    until: Day | None
    effective_on: Effective = Moment.AT_ONCE


class ZoneChange(Strict):
    """The days of its usage are those of another zone, from the next period on."""

    time_zone: str = Field(min_length=1, max_length=64, examples=["America/New_York"])


class Withdrawal(Strict):
    """A change, by its number, counts no more."""

    number: int = Field(ge=1)


class Reactivation(Strict):
    """The cancellation counts no more."""


class Preview(Strict):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None


class ZonePreview(ZoneChange, Preview):
    """What another zone would do."""


class DiscountPreview(GrantModel, Preview):
    change: Literal["discount"]


class DiscountEndPreview(GrantEnd, Preview):
    change: Literal["discount_end"]


class QuantityPreview(QuantityChange, Preview):
    change: Literal["quantity"]


class PlanPreview(PlanChange, Preview):
    change: Literal["plan"]


class ItemPreview(NewItem, Preview):
    change: Literal["items"]


class CancelPreview(Cancellation, Preview):
    change: Literal["cancel"]


class PausePreview(Pause, Preview):
    change: Literal["pause"]


class ResumePreview(Resumption, Preview):
    change: Literal["resume"]


class ConvertPreview(TrialConversion, Preview):
    change: Literal["convert"]


class AnchorPreview(AnchorChange, Preview):
    change: Literal["anchor"]


class PricePreview(PriceChoice, Preview):
    change: Literal["price"]


class ReferencesPreview(ReferencesChange, Preview):
    change: Literal["references"]


class HoldPreview(CollectionHold, Preview):
    change: Literal["hold"]


class WithdrawPreview(Withdrawal, Preview):
    change: Literal["withdraw"]


class ReactivatePreview(Reactivation, Preview):
    change: Literal["reactivate"]


ChangePreview = Annotated[
    DiscountPreview
    | DiscountEndPreview
    | QuantityPreview
    | PlanPreview
    | ItemPreview
    | CancelPreview
    | PausePreview
    | ResumePreview
    | ConvertPreview
    | AnchorPreview
    | PricePreview
    | ReferencesPreview
    | HoldPreview
    | WithdrawPreview
    | ReactivatePreview,
    Body(discriminator="change"),
]

Marking = ReferencesChange | CollectionHold
"""Changes of how it is billed, not of what is served."""

Serving = (
    QuantityChange
    | PlanChange
    | NewItem
    | Cancellation
    | Pause
    | Resumption
    | TrialConversion
    | AnchorChange
    | PriceChoice
    | Withdrawal
    | Reactivation
)

AnyChange = Serving | Marking
