"""
The least and the most of a period: what is missing is charged, what is above is taken off usage.

Caps come before the discounts of lines, commitments after them. Amounts that count are rounded
nets of lines, summed from the timeline as it stands, whatever was billed of them; so a limit is
compared again when they change, like everything else.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from solde.domain.catalog import ChargeKind, Price
from solde.domain.commitments import true_up
from solde.domain.discounts import ABOVE_CAP, Discount, Grant, Offer
from solde.domain.money import Money, Rounding, money
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.rating.charge import Above, Charge, ChargeKey, Counted, Proposal, Stretch
from solde.domain.rating.compare import compare
from solde.domain.rating.served import Charged
from solde.domain.tax import Regime

Spending = Callable[[Period], Sequence[Proposal]]
"""All charges of a period that can count against a limit."""


def _nothing(_: Period) -> Sequence[Proposal]:
    return ()


class Spent(NamedTuple):
    """What a subscription spends in a period, and what others of its customer do beside it."""

    own: Spending
    beside: Spending = _nothing


def limited(
    proposals: Sequence[Proposal], limits: Sequence[Charged], spent: Spent, regime: Regime
) -> list[Proposal]:
    """Hold the charges of one subscription to its limits, period by period."""
    caps = [one for one in limits if one.price.kind is ChargeKind.CAP]
    changed: dict[ChargeKey, Proposal] = {}
    recurring = [one for one in proposals if one.key.kind is not ChargeKind.ONE_TIME]
    for period in {one.key.period: None for one in recurring}:
        every = list(spent.own(period))
        for cap in caps:
            every = list(_capped(every, cap, period, regime))
        changed |= {one.key: one for one in every}
        for one in proposals:
            if one.key.kind is ChargeKind.COMMITMENT and one.key.period == period:
                counted = [*every, *spent.beside(period)] if one.price.across else every
                changed[one.key] = _committed(one, counted, regime)
    return [changed.get(one.key, one) for one in proposals]


def _capped(
    every: Sequence[Proposal], cap: Charged, period: Period, regime: Regime
) -> Iterator[Proposal]:
    """
    Take off what is above, from the usage that was due last: earlier lines stay as they were.

    The cap of a part of a period is its share by days, rounded once.
    """
    days = [(days, span.quantity) for span in cap.spans if (days := span.period.common(period))]
    if not days:
        yield from every
        return
    agreed = tuple([Stretch(each, Quantity(units)) for each, units in days])
    most = _amount(cap.price, agreed, period)
    counted: list[Charge] = []
    used = 0
    for one in sorted(every, key=lambda each: each.due_on):
        if one.key.kind is not ChargeKind.USAGE or not _eligible(one, cap.price):
            yield one
            continue
        before = max(used - most.minor, 0)
        own = _charges(one, regime)
        counted += own
        used += sum(charge.gross.minor for charge in own)
        over = Money(max(used - most.minor, 0) - before, most.currency)
        if over.minor > 0:
            why = Above(_named(cap), cap.price, agreed, most, tuple(counted), len(own))
            yield _reduced(one, cap, over, why)
        else:
            yield one


def _named(cap: Charged) -> str:
    return f"cap:{cap.spans[0].item.id}"


def _reduced(one: Proposal, cap: Charged, over: Money, why: Above) -> Proposal:
    item = cap.spans[0].item
    offer = Offer(item.description or item.component, Discount(amount=over, rank=ABOVE_CAP))
    grant = Grant(why.grant_id, offer, one.key.period.start_on)
    inputs = _digest(f"{one.inputs}|{grant.id}/{over.minor}")
    discounts, caps = (grant, *one.discounts), (*one.caps, why)
    return one._replace(discounts=discounts, inputs=inputs, caps=caps)


def _committed(one: Proposal, every: Sequence[Proposal], regime: Regime) -> Proposal:
    """Charge what is missing, for all the days that the commitment is for."""
    least = _amount(one.price, one.stretches, one.key.period)
    charges = tuple(
        [
            charge
            for each in every
            if _eligible(each, one.price)
            for charge in _charges(each, regime)
        ]
    )
    missing = true_up(least, [charge.net for charge in charges])
    days = Period(one.stretches[0].service.start_on, one.stretches[-1].service.end_on)
    told = f"{one.price.id}/{one.price.version}|{days.start_on}/{days.end_on}|{missing.minor}"
    stretches = (Stretch(days, Quantity(missing.major)),)
    counted = Counted(one.stretches, least, charges)
    return one._replace(stretches=stretches, inputs=_digest(told), counted=counted)


def _amount(price: Price, stretches: Sequence[Stretch], period: Period) -> Money:
    exact = sum(
        (
            exact_amount(price.model, one.quantity) * one.service.share_of(period)
            for one in stretches
        ),
        Fraction(0),
    )
    return money(exact, price.currency, Rounding.HALF_AWAY)


def _charges(one: Proposal, regime: Regime) -> Sequence[Charge]:
    """Return what a proposal costs in all, as if nothing had been billed of it."""
    return compare([one], (), regime=regime)


def _eligible(one: Proposal, limit: Price) -> bool:
    return not limit.eligible or one.product.id in limit.eligible


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
