"""Which charges share a document: hard keys that must be equal, and the first key that differs."""

from collections.abc import Iterable
from dataclasses import dataclass

from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.rating import Charge
from solde.domain.subscriptions import Subscription

HARD_KEYS = ("entity", "customer", "currency", "terms_days", "collection", "tax_regime")


@dataclass(frozen=True, slots=True)
class GroupKey:
    """The values of HARD_KEYS; documents of one customer are in the order of these values."""

    entity: str
    customer: str
    currency: str
    terms_days: int
    collection: str
    tax_regime: str

    def first_difference(self, other: "GroupKey") -> str:
        return next((name for name in HARD_KEYS if getattr(self, name) != getattr(other, name)), "")


@dataclass(frozen=True, slots=True)
class Group:
    """`apart` names the first key in which this group differs from the customer's first."""

    key: GroupKey
    charges: tuple[Charge, ...]
    apart: str = ""


def group_key(subscription: Subscription, *, customer: Customer, entity: Entity) -> GroupKey:
    terms = subscription.terms_days
    if terms is None:
        terms = customer.terms_days
    return GroupKey(
        entity=entity.code,
        customer=customer.id,
        currency=subscription.currency,
        terms_days=entity.terms_days if terms is None else terms,
        collection=customer.collection,
        tax_regime=entity.tax_regime,
    )


def consolidate(
    charges: Iterable[Charge], *, customer: Customer, entity: Entity
) -> tuple[Group, ...]:
    """Gather charges into groups, in the order in which each key first appears."""
    groups: dict[GroupKey, list[Charge]] = {}
    of: dict[str, list[Charge]] = {}
    for charge in charges:
        subscription = charge.subscription
        if subscription.id not in of:
            key = group_key(subscription, customer=customer, entity=entity)
            of[subscription.id] = groups.setdefault(key, [])
        of[subscription.id].append(charge)
    keys = list(groups)
    return tuple(
        Group(key, tuple(groups[key]), keys[0].first_difference(key) if number else "")
        for number, key in enumerate(keys)
    )
