"""Subscriptions and their changes as the API speaks of them."""

from typing import Any

from pydantic import Field

from solde.domain.invoicing.document import plain
from solde.domain.periods import NEVER
from solde.domain.subscriptions import Segment, Subscription, timeline
from solde.runtime.fields import Amount, Code, Day, ExternalId, Reference, Strict, Text, described


class NewSubscription(Strict):
    customer: Reference
    plan: Code
    start_on: Day
    external_id: ExternalId | None = None
    name: str = Field(default="", max_length=200)
    anchor_on: Day | None = None
    quantities: dict[Code, Amount] = Field(default_factory=dict, max_length=50)
    terms_days: int | None = Field(default=None, ge=0, le=365)


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


def shown(subscription: Subscription, *, livemode: bool) -> dict[str, Any]:
    return described(
        "subscription",
        id=subscription.id,
        external_id=subscription.external_id or None,
        customer=subscription.customer_id,
        entity=subscription.entity,
        plan=subscription.plan_id,
        name=subscription.name,
        currency=subscription.currency,
        start_on=subscription.start_on.isoformat(),
        anchor_on=subscription.cycle.anchor_on.isoformat(),
        timeline=[_segment(one) for one in timeline(subscription)],
        livemode=livemode,
    )


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
