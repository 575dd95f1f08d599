"""A commitment in a tree: what is agreed by days, what counts against it, and what is missing."""

from fractions import Fraction
from typing import Any

from solde.domain.explanation.rows import rows
from solde.domain.periods import Period
from solde.domain.pricing import price_quantity
from solde.domain.rating import Charge, Counted, Proposal, Stretch

WHOLE = Fraction(1)


def commitment(proposal: Proposal, counted: Counted) -> dict[str, Any]:
    """Give the arithmetic of what a period misses, in minor units but for the parts agreed."""
    price, period = proposal.price, proposal.key.period
    spent = sum(one.net.minor for one in counted.charges)
    return {
        "item": proposal.key.item_id,
        "across": price.across,
        "eligible": list(price.eligible),
        "parts": [_part(one, proposal, period) for one in counted.agreed],
        "floor": counted.floor.minor,
        "counted": [_charge(one) for one in counted.charges],
        "missing": max(counted.floor.minor - spent, 0),
    }


def _part(one: Stretch, proposal: Proposal, period: Period) -> dict[str, Any]:
    said = {
        **_days(one.service),
        "rows": rows(price_quantity(proposal.price.model, one.quantity).steps),
    }
    share = one.service.share_of(period)
    return {**said, "share": str(share)} if share != WHOLE else said


def _charge(one: Charge) -> dict[str, Any]:
    return {
        "subscription": one.subscription.id,
        "item": one.key.item_id,
        "product": one.product.id,
        "price": one.key.price_id,
        "version": one.key.price_version,
        **_days(one.service),
        "net": one.net.minor,
    }


def _days(days: Period) -> dict[str, str]:
    return {"start_on": days.start_on.isoformat(), "end_on": days.end_on.isoformat()}
