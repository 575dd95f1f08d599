"""Minimum and maximum of what is spent."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.commitments import Limits, WindowCommitment, committed, limited, true_up
from solde.domain.money import Money, Rounding
from solde.domain.periods import Period
from solde.domain.tax import Treatment, tax_on
from tests.conformance.asked import Asked
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
HALF_UP = {"rounding__mode": "half_up", "rounding__scale": 2}


def minimum(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="day",
        proration__denominator="period_days",
        fees_counted=("subscription and usage fees, before tax", "before tax and discounts"),
        **HALF_UP,
    )
    ends = {"inclusive": timedelta(days=1), "exclusive": timedelta(0)}
    more = asked.convention.choose("proration.period_end", ends, timedelta(0))
    whole, served = (_days(asked[name], more) for name in ("period", "service"))
    fees = [amount(asked, fee) for fee in asked["fees"]]
    found = true_up(amount(asked, asked["minimum"]), fees, share=served.share_of(whole))
    return {"true_up": found.major}


def _days(said: dict[str, str], more: timedelta) -> Period:
    return Period(date.fromisoformat(said["from"]), date.fromisoformat(said["to"]) + more)


def plan(asked: Asked) -> Answer:
    asked.convention.accept(
        fees_counted="prorated subscription fee after the trial plus usage of the period"
    )
    fees = [amount(asked, fee) for fee in asked["fees_in_period"]]
    return {"true_up": true_up(amount(asked, asked["minimum"]), fees).major}


def invoice(asked: Asked) -> Answer:
    """Each part, usage and true-up, is taxed and rounded on its own."""
    asked.convention.accept(rounding__stage="per fee", **HALF_UP)
    share = Fraction(int(asked["days_used"]), int(asked["days_in_period"]))
    usage = amount(asked, asked["usage"])
    missing = true_up(amount(asked, asked["minimum"]), [usage], share=share)
    rate = Treatment("S", asked.number("tax_percent"), "standard")
    taxes = [tax_on(one, rate) for one in (usage, missing)]
    return {
        "usage_tax": taxes[0].major,
        "true_up": missing.major,
        "true_up_tax": taxes[1].major,
        "total": sum([usage, missing, *taxes], Money(0, usage.currency)).major,
    }


def limits(asked: Asked) -> Answer:
    asked.convention.accept(
        maximum=(
            "applied as a discount on the part above the cap",
            "applied after the line discount",
        ),
        minimum="charged as a top-up at period end",
    )
    bounds = Limits(
        *(None if asked.get(name) is None else amount(asked, asked[name]) for name in BOUNDS)
    )
    percent = Fraction(asked.number("line_discount_percent", "0")) / 100
    before, to_date = (amount(asked, asked[name]) for name in ("previously_rated", "rated_to_date"))
    off_before, off = (one.share(percent, Rounding.HALF_AWAY) for one in (before, to_date))
    found = limited(bounds, before=before - off_before, to_date=to_date - off)
    return {
        "net": found.net.major,
        "discount": found.discount.major,
        "top_up": found.top_up.major,
        "line_discount": (off - off_before).major,
    }


BOUNDS = ("minimum", "maximum")


def windowed(asked: Asked) -> Answer:
    asked.convention.accept(
        overage="amount above the commitment multiplied by the factor, window by window"
    )
    price = asked.number("unit_price")
    windows = [amount(asked, Decimal(one) * price) for one in asked["windows"]]
    commitment = WindowCommitment(
        amount(asked, asked["commitment"]["value"]),
        asked.number("overage_factor"),
        asked["true_up"],
    )
    return {"total": committed(commitment, windows).major}


KINDS = {
    "minimum_commitment": minimum,
    "commitment_plan": plan,
    "spending_minimum_invoice": invoice,
    "spend_limits": limits,
    "windowed_commitment": windowed,
}
