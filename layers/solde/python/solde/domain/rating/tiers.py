"""Tiers as charges of their own (policy `tiers: lines`, R10): each has its key and its rounding."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from solde.domain.catalog import Price
from solde.domain.pricing import Quantity
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.in_units import InUnits
from solde.domain.rating.charge import Proposal, Since, Stretch

TIER = "tier-"
ZERO = Decimal(0)


def in_tiers(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Put the tiers of a charge in its place where its price says so; nearly none does."""
    if not any(one.price.by_tier for one in proposals):
        return list(proposals)
    return [each for one in proposals for each in (by_tier(one) if one.price.by_tier else (one,))]


def by_tier(whole: Proposal) -> Iterator[Proposal]:
    """
    Yield what each tier of a graduated price is asked for, those not reached included.

    Free units lie before the first tier and are told with it, and so are the events: they are not
    of one tier or another.
    """
    graduated = _graduated(whole.price)
    if graduated is None:
        yield whole
        return
    low, free = ZERO, whole.price.free_units
    for number, tier in enumerate(graduated.tiers, 1):
        high = None if tier.up_to is None else free + tier.up_to
        price = _of_tier(whole.price, graduated, number)
        cut = _Between(low, high, events=number == 1)
        stretches = tuple([cut.stretch(one) for one in whole.stretches])
        part = "/".join(filter(None, (whole.key.part, f"{TIER}{number}")))
        granted = [grant.id for grant in whole.discounts]
        told = "|".join([f"{price.id}/{price.version}/{part}", *map(_told, stretches), *granted])
        yield whole._replace(
            key=whole.key._replace(part=part),
            price=price,
            stretches=stretches,
            inputs=hashlib.sha256(told.encode()).hexdigest()[:16],
        )
        low = high or low


def in_tier(price: Price, part: str) -> Price:
    """Return what a price says in the tier that a part of it names."""
    graduated, number = _graduated(price), part.partition(TIER)[2]
    return _of_tier(price, graduated, int(number)) if graduated and number else price


def _graduated(price: Price) -> Graduated | None:
    model = price.model.model if isinstance(price.model, InUnits) else price.model
    return model if isinstance(model, Graduated) else None


def _of_tier(price: Price, graduated: Graduated, number: int) -> Price:
    first, model = number == 1, price.model
    tier = replace(graduated.tiers[number - 1], up_to=None)
    mine = Graduated((tier,), graduated.flat_at_zero and first)
    return replace(
        price,
        model=replace(model, model=mine) if isinstance(model, InUnits) else mine,
        free_units=price.free_units if first else ZERO,
        ramp=(),
        others=(),
    )


class _Between:
    """What lies between two bounds of a quantity; of one that credits, its mirror image (R7)."""

    def __init__(self, low: Decimal, high: Decimal | None, *, events: bool) -> None:
        self._low, self._high, self._events = low, high, events

    def stretch(self, one: Stretch) -> Stretch:
        since = one.since and Since(self._units(one.since.quantity), self._count(one.since.events))
        return Stretch(one.service, self._units(one.quantity), self._count(one.events), since)

    def _units(self, quantity: Quantity) -> Quantity:
        much = abs(quantity.total)
        top = much if self._high is None else min(much, self._high)
        inside = max(top - self._low, ZERO)
        return Quantity(inside if quantity.total >= 0 else -inside)

    def _count(self, events: int) -> int:
        return events if self._events else 0


def _told(one: Stretch) -> str:
    days, begun = one.service, one.since.quantity.total if one.since else ZERO
    return (
        f"{days.start_on}/{days.end_on}/{one.quantity.total.normalize():f}"
        f"/{one.events}/{begun.normalize():f}"
    )
