"""Subscriptions and their changes as the API speaks of them."""

from datetime import date
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from solde.domain.invoicing.document import plain
from solde.domain.periods import NEVER, Unit
from solde.domain.subscriptions import Segment, Subscription, paused_on, timeline
from solde.domain.trials import AfterTrial, Trial, trial_end
from solde.ports.records import Record
from solde.runtime.fields import (
    Amount,
    Code,
    Day,
    ExternalId,
    Metadata,
    Reference,
    Strict,
    Text,
    described,
    recorded,
)

STATUSES = ("scheduled", "trialing", "active", "paused", "ended")


class TrialModel(Strict):
    """Days, weeks or months from the start that are served and not charged."""

    unit: Literal["day", "week", "month"]
    count: int = Field(ge=1, le=730)
    then: Literal["continue", "end"] = "continue"

    def trial(self, start_on: date) -> Trial:
        return Trial(trial_end(start_on, Unit(self.unit), self.count), AfterTrial(self.then))


class NewSubscription(Strict):
    customer: Reference
    plan: Code
    start_on: Day
    external_id: ExternalId | None = None
    name: str = Field(default="", max_length=200)
    anchor_on: Day | None = None
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)
    terms_days: int | None = Field(default=None, ge=0, le=365)
    trial: TrialModel | None = None
    group: str = Field(default="", max_length=80)
    metadata: Metadata = Field(default_factory=dict)


class QuantityChange(Strict):
    component: Code
    quantity: Amount
    effective_on: Day


class PlanChange(Strict):
    plan: Code
    effective_on: Day
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)


class NewItem(Strict):
    """A device or an add-on, charged from its own first day."""

    component: Code
    description: Text
    effective_on: Day
    quantity: Amount = Field(default="1", validate_default=True)
    external_id: ExternalId | None = None


class Cancellation(Strict):
    """`effective_on` is the first day without service."""

    effective_on: Day


class Pause(Strict):
    """`effective_on` is the first day without service, and without a charge."""

    effective_on: Day


class Resumption(Strict):
    """`effective_on` is the first day with service again."""

    effective_on: Day


class TrialConversion(Strict):
    """A trial that would end by itself goes on; `effective_on` is when that was said."""

    effective_on: Day


class QuantityPreview(QuantityChange):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    change: Literal["quantity"]
    on: Day | None = None


class PlanPreview(PlanChange):
    change: Literal["plan"]
    on: Day | None = None


class ItemPreview(NewItem):
    change: Literal["items"]
    on: Day | None = None


class CancelPreview(Cancellation):
    change: Literal["cancel"]
    on: Day | None = None


class PausePreview(Pause):
    change: Literal["pause"]
    on: Day | None = None


class ResumePreview(Resumption):
    change: Literal["resume"]
    on: Day | None = None


class ConvertPreview(TrialConversion):
    change: Literal["convert"]
    on: Day | None = None


class SubscriptionPreview(NewSubscription):
    on: Day | None = None


ChangePreview = Annotated[
    QuantityPreview
    | PlanPreview
    | ItemPreview
    | CancelPreview
    | PausePreview
    | ResumePreview
    | ConvertPreview,
    Body(discriminator="change"),
]


def status_of(subscription: Subscription, today: date) -> str:
    if today >= subscription.ends_on:
        return "ended"
    if today < subscription.start_on:
        return "scheduled"
    if paused_on(subscription, today):
        return "paused"
    trial = subscription.trial
    return "trialing" if trial and today < trial.ends_on else "active"


def shown(
    subscription: Subscription, record: Record, *, today: date, livemode: bool
) -> dict[str, Any]:
    ends_on = subscription.ends_on
    return described(
        "subscription",
        id=subscription.id,
        external_id=subscription.external_id or None,
        customer=subscription.customer_id,
        entity=subscription.entity,
        plan=subscription.plan_id,
        name=subscription.name,
        status=status_of(subscription, today),
        currency=subscription.currency,
        start_on=subscription.start_on.isoformat(),
        ends_on=None if ends_on == NEVER else ends_on.isoformat(),
        anchor_on=subscription.cycle.anchor_on.isoformat(),
        terms_days=subscription.terms_days,
        group=subscription.group,
        trial=_trial(subscription.trial),
        timeline=[_segment(one) for one in timeline(subscription)],
        **recorded(record, livemode=livemode),
    )


def _trial(trial: Trial | None) -> dict[str, str] | None:
    return {"ends_on": trial.ends_on.isoformat(), "then": trial.then.value} if trial else None


def _segment(segment: Segment) -> dict[str, Any]:
    ends = segment.period.end_on
    return {
        "item": segment.item.id,
        "component": segment.item.component,
        "price": segment.item.price_id,
        "quantity": plain(segment.quantity),
        "start_on": segment.period.start_on.isoformat(),
        "end_on": None if ends == NEVER else ends.isoformat(),
    }
