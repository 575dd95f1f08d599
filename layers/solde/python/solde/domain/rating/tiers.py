"""Tiers as charges of their own (policy `tiers: lines`, R10): each has its key and its rounding."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

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
    model = whole.price.model
    inner = model.model if isinstance(model, InUnits) else model
    if not isinstance(inner, Graduated):
        yield whole
        return
    low, free = ZERO, whole.price.free_units
    for number, tier in enumerate(inner.tiers, 1):
        first = number == 1
        high = None if tier.up_to is None else free + tier.up_to
        mine = Graduated((replace(tier, up_to=None),), inner.flat_at_zero and first)
        price = replace(
            whole.price,
            model=replace(model, model=mine) if isinstance(model, InUnits) else mine,
            free_units=free if first else ZERO,
            ramp=(),
            others=(),
        )
        cut = _Between(low, high, events=first)
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
