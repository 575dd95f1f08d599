"""Limits in a tree: what is agreed by days, what counts, what is missing, and what is above."""

from fractions import Fraction
from typing import Any

from solde.domain.catalog import Price
from solde.domain.explanation.rows import rows
from solde.domain.periods import Period
from solde.domain.pricing import price_quantity
from solde.domain.rating import Above, Charge, ChargeKey, Counted, Proposal, Stretch

WHOLE = Fraction(1)


def commitment(proposal: Proposal, counted: Counted) -> dict[str, Any]:
    """Give the arithmetic of what a period misses, in minor units but for the parts agreed."""
    price, period = proposal.price, proposal.key.period
    spent = sum(one.net.minor for one in counted.charges)
    return {
        "item": proposal.key.item_id,
        "across": price.across,
        "eligible": list(price.eligible),
        "parts": [_part(one, price, period) for one in counted.agreed],
        "floor": counted.floor.minor,
        "counted": [{**_charge(one), "net": one.net.minor} for one in counted.charges],
        "missing": max(counted.floor.minor - spent, 0),
    }


def cap(key: ChargeKey, above: Above, tariff: int) -> dict[str, Any]:
    """
    Give the arithmetic of what usage is above a cap: charges in the order in which they were due.

    The last `own` of them are those of the line; what was above before them is of other lines.
    """
    price = above.price
    return {
        "id": above.grant_id,
        "tariff": tariff,
        "eligible": list(price.eligible),
        "parts": [_part(one, price, key.period) for one in above.agreed],
        "most": above.most.minor,
        "counted": [{**_charge(one), "gross": one.gross.minor} for one in above.charges],
        "own": above.own,
    }


def _part(one: Stretch, price: Price, period: Period) -> dict[str, Any]:
    said = {
        **_days(one.service),
        "rows": rows(price_quantity(price.model, one.quantity).steps),
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
    }


def _days(days: Period) -> dict[str, str]:
    return {"start_on": days.start_on.isoformat(), "end_on": days.end_on.isoformat()}
