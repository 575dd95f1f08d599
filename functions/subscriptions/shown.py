"""Subscriptions as the API shows them."""

from datetime import date
from typing import Any

from solde.domain.invoicing.texts import plain
from solde.domain.periods import NEVER, Period
from solde.domain.subscriptions import (
    Contract,
    Segment,
    Subscription,
    billed_as,
    granted,
    paused_on,
    timeline,
)
from solde.domain.trials import Trial
from solde.ports.records import Record
from solde.runtime.fields import described, recorded
from solde.runtime.offers import grant_shown

STATUSES = ("scheduled", "trialing", "active", "paused", "ended")


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
    (now,) = billed_as((subscription,), today)
    ends_on, phase = subscription.ends_on, subscription.phase_on(max(today, subscription.start_on))
    return described(
        "subscription",
        id=subscription.id,
        external_id=subscription.external_id or None,
        customer=subscription.customer_id,
        subscriber=subscription.subscriber_id,
        entity=subscription.entity,
        plan=subscription.plan_on(today),
        name=subscription.name,
        status=status_of(subscription, today),
        currency=subscription.currency,
        start_on=subscription.start_on.isoformat(),
        ends_on=None if ends_on == NEVER else ends_on.isoformat(),
        anchor_on=phase.cycle.anchor_on.isoformat(),
        period=_period(subscription.period_on(max(today, subscription.start_on))),
        terms_days=subscription.terms_days,
        group=subscription.group,
        references=now.references.named if now.references else {},
        custom_fields=dict(now.references.fields) if now.references else {},
        alone=bool(now.references and now.references.alone),
        collection_held_until=now.held_until.isoformat() if now.held_until else None,
        contract=_contract(subscription.contract, today),
        trial=_trial(subscription.trial),
        discounts=[grant_shown(one) for one in granted(subscription)],
        timeline=[_segment(one) for one in timeline(subscription)],
        **recorded(record, livemode=livemode),
    )


def _trial(trial: Trial | None) -> dict[str, str] | None:
    return {"ends_on": trial.ends_on.isoformat(), "then": trial.then.value} if trial else None


def _contract(contract: Contract | None, today: date) -> dict[str, Any] | None:
    if contract is None:
        return None
    return {
        "unit": contract.unit.value,
        "count": contract.count,
        "renews": contract.renews,
        "notice_days": contract.notice_days,
        "early": contract.early.value,
        "term": _period(contract.term_on(today)),
        "notice_by": contract.notice_by(today).isoformat(),
    }


def _period(period: Period) -> dict[str, str]:
    return {"start_on": period.start_on.isoformat(), "end_on": period.end_on.isoformat()}


def _segment(segment: Segment) -> dict[str, Any]:
    ends = segment.period.end_on
    return {
        "item": segment.item.id,
        "component": segment.item.component,
        "price": segment.item.price_id,
        "quantity": plain(segment.quantity),
        "external_id": segment.item.reference or None,
        "custom_fields": dict(segment.item.fields),
        "start_on": segment.period.start_on.isoformat(),
        "end_on": None if ends == NEVER else ends.isoformat(),
    }
