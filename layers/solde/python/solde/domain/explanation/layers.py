"""Layers of units in a tree: those that were there together are shared by their own beginning."""

from fractions import Fraction
from typing import Any

from solde.domain.catalog import Price
from solde.domain.explanation.rows import rows
from solde.domain.invoicing.texts import plain
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, price_quantity
from solde.domain.proration import share
from solde.domain.rating import Layer, Proposal, layers

WHOLE = Fraction(1)


def layered(service: Period, price: Price, proposal: Proposal) -> dict[str, Any]:
    """
    Give the layers of a charge, and the cut of some days of it where the rate of tax changes.

    A single layer is a walk like others, with its days where they are not those of the line.
    """
    stretches, period, policy = proposal.stretches, proposal.key.period, price.proration
    found = list(layers(stretches, period, by_days=policy.by_days))
    whole = Period(stretches[0].service.start_on, stretches[-1].service.end_on)
    said: dict[str, Any] = {"cut": str(service.share_of(whole))} if service != whole else {}
    if len(found) != 1:
        return {"layers": [_layer(one, price, period) for one in found], **said}
    (one,) = found
    if one.days != service:
        said |= _days(one.days)
    return said | _share(one, price, period)


def _layer(one: Layer, price: Price, period: Period) -> dict[str, Any]:
    said = {**_days(one.days), "low": plain(one.low), "high": plain(one.high)}
    said["rows"] = rows(price_quantity(price.model, Quantity(one.high)).steps)
    if one.low:
        said["less"] = rows(price_quantity(price.model, Quantity(one.low)).steps)
    return said | _share(one, price, period)


def _share(one: Layer, price: Price, period: Period) -> dict[str, Any]:
    found = share(price.proration, one.days, period)
    return {"share": str(found)} if found != WHOLE else {}


def _days(days: Period) -> dict[str, Any]:
    return {"start_on": days.start_on.isoformat(), "end_on": days.end_on.isoformat()}
