"""Which discounts a proposed charge has: those that cover its period and are good for it."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal

from solde.domain.catalog import Catalog, ChargeKind
from solde.domain.discounts import Level, Offer, Order
from solde.domain.rating.charge import Proposal
from solde.domain.subscriptions import Covering, Subscription, timeline

Held = Callable[[date], Collection[str]]
"""The products that the customer has on a day, in whatever subscription."""


def covered(
    proposals: Sequence[Proposal],
    covering: Covering,
    held: Held,
    order: Order = Order.PERCENT_FIRST,
) -> Sequence[Proposal]:
    """
    Give each proposal its discounts; those of its lines count among its inputs.

    Their order does not: another policy bills nothing anew by itself.
    """
    if not covering:
        return proposals
    return [_covered(one, covering, held)._replace(order=order) for one in proposals]


def holding(subscriptions: Sequence[Subscription], catalog: Catalog) -> Held:
    """Tell of a day what is served then; the timelines are looked at when a bundle asks."""

    def held(on: date) -> Collection[str]:
        return {
            catalog.price(one.item.price_id).product_id
            for subscription in subscriptions
            for one in timeline(subscription)
            if on in one.period
        }

    return held


def _good(offer: Offer, one: Proposal, held: Held) -> bool:
    """
    Tell whether a volume is reached and a bundle complete, when the period of a charge begins.

    Of usage, the volume is that of the whole period. What changes later in it counts from the next.
    """
    if offer.from_quantity is not None and _volume(one) < offer.from_quantity:
        return False
    return not offer.together or offer.together <= set(held(one.stretches[0].service.start_on))


def _volume(one: Proposal) -> Decimal:
    if one.key.kind is not ChargeKind.USAGE:
        return one.stretches[0].quantity.total
    return (one.total or one.stretches[-1].quantity).total


def _covered(one: Proposal, covering: Covering, held: Held) -> Proposal:
    key = one.key
    once = key.kind is ChargeKind.ONE_TIME
    found = [
        each
        for each in covering.of(key.component, one.product.id, key.period, once=once)
        if _good(each.grant.offer, one, held)
    ]
    of_line = tuple(each.grant for each in found if each.grant.offer.level is Level.LINE)
    if key.kind is ChargeKind.COMMITMENT:
        of_line = ()  # what is missing is reckoned after the discounts of lines
    of_document = tuple(each for each in found if each.grant.offer.level is Level.DOCUMENT)
    inputs = one.inputs
    if of_line:
        told = "|".join((inputs, *(grant.id for grant in of_line)))
        inputs = hashlib.sha256(told.encode()).hexdigest()[:16]
    return one._replace(discounts=of_line, allowances=of_document, inputs=inputs)
