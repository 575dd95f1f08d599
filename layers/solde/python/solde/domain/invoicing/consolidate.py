"""Which charges share a document: hard keys that must be equal, and the first key that differs."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.rating import Charge
from solde.domain.subscriptions import Subscription
from solde.domain.subscriptions.references import ALONE, SOFT_KEYS, SUBSCRIBER

HARD_KEYS = ("entity", "customer", "currency", "terms_days", "collection", "tax_regime")
HELD = "held_until"
"""Keeps apart what is not collected before a day: the rest of a document could not wait with it."""
KEYS = (*HARD_KEYS, "group")
"""The hard keys, and the soft ones that a seller chooses; the first that differs is told."""


class GroupKey(NamedTuple):
    """The values of KEYS; charges with equal ones share a document."""

    entity: str
    customer: str
    currency: str
    terms_days: int
    collection: str
    tax_regime: str
    group: str = ""
    soft: tuple[tuple[str, str], ...] = ()
    """By name: what the policy of the customer, or of the entity, keeps apart."""

    def first_difference(self, other: "GroupKey") -> str:
        hard = (name for name in KEYS if getattr(self, name) != getattr(other, name))
        if (found := next(hard, "")) or self.soft == other.soft:
            return found
        mine, others = dict(self.soft), dict(other.soft)
        names = (*SOFT_KEYS, ALONE, HELD)
        return next(one for one in names if mine.get(one, "") != others.get(one, ""))


class Group(NamedTuple):
    """`apart` names the first key in which this group differs from the customer's first."""

    key: GroupKey
    charges: tuple[Charge, ...]
    apart: str = ""
    inclusive: str = ""
    """How tax is taken out of the charges, where they are with tax."""
    due: str = ""
    """What the seller says of when tax becomes chargeable, where he says anything."""
    by_line: bool = False
    """Whether tax is rounded on each line; of charges without tax only."""


def group_key(
    subscription: Subscription, *, customer: Customer, entity: Entity, on: date
) -> GroupKey:
    """Return what charges of a subscription have to share with others that are billed on a day."""
    terms = subscription.terms_days
    if terms is None:
        terms = customer.terms_days
    return GroupKey(
        entity=entity.code,
        customer=customer.id,
        currency=subscription.currency,
        terms_days=entity.terms_days if terms is None else terms,
        collection=subscription.collection or customer.collection,
        tax_regime=entity.tax_regime,
        group=subscription.group,
        soft=_soft(subscription, customer, entity, on),
    )


def _soft(
    subscription: Subscription, customer: Customer, entity: Entity, on: date
) -> tuple[tuple[str, str], ...]:
    kept = customer.separate_on(on)
    policy = entity.separate if kept is None else kept
    said = subscription.references
    held = ((HELD, subscription.held_until.isoformat()),) if subscription.held_until else ()
    if not policy and not said:
        return held
    found = said.named if said else {}
    if subscription.subscriber_id != customer.id:
        found = {**found, SUBSCRIBER: subscription.subscriber_id}
    alone = ((ALONE, subscription.id),) if said and said.alone else ()
    return (
        *((name, found[name]) for name in SOFT_KEYS if name in policy and name in found),
        *alone,
        *held,
    )


def consolidate(
    charges: Iterable[Charge], *, customer: Customer, entity: Entity, on: date
) -> tuple[Group, ...]:
    """Gather charges of a day of billing, in the order in which each key first appears."""
    groups: dict[GroupKey, list[Charge]] = {}
    of: dict[str, list[Charge]] = {}
    for charge in charges:
        subscription = charge.subscription
        if subscription.id not in of:
            key = group_key(subscription, customer=customer, entity=entity, on=on)
            of[subscription.id] = groups.setdefault(key, [])
        of[subscription.id].append(charge)
    keys = list(groups)
    return tuple(
        [
            Group(key, tuple(groups[key]), keys[0].first_difference(key) if number else "")
            for number, key in enumerate(keys)
        ]
    )
