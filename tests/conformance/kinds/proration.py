"""The share of a period, by the conventions of several systems."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.money import Rounding, money, rounded_to
from solde.domain.periods import Period
from solde.domain.pricing.tiers import Tier, stretched
from solde.domain.proration import (
    DayCount,
    Proration,
    counted,
    months_and_days,
    share,
    share_of_time,
)
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.dates import half_open, inclusive, instant
from tests.conformance.kinds.shared import rounding

Answer = dict[str, Any]
METHODS = {
    "actual": Proration.DAY,
    "actual_over_30": Proration.ACTUAL_30,
    "thirty_360": Proration.THIRTY_360,
    "thirty_360_strict": Proration.THIRTY_360_STRICT,
}


def _amount(asked: Asked, exact: Fraction) -> Decimal:
    """Round to the scale that the convention names, or to the currency's."""
    scale = asked.convention.choose("rounding.scale", {n: n for n in range(13)}, default=-1)
    mode = rounding(asked)
    if scale >= 0:
        return rounded_to(exact, scale, mode)
    return money(exact, asked.get("currency", "EUR"), mode).major


def prorate(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="day",
        proration__denominator="period_days",
        rounding__stage=("ratio", "per_line", "none", "total", "amount", "per_item"),
    )
    through = inclusive(asked)
    whole = half_open(asked["period"], inclusive=through)
    served = half_open(asked["service"], inclusive=through)
    part = share(Proration.DAY, served, whole)
    exact = Fraction(asked["price"]) * part
    return {
        "ratio_exact": part,
        "ratio": _amount(asked, part),
        "amount": _amount(asked, exact),
    }


def ratio(asked: Asked) -> Answer:
    """The price for a number of days of another number."""
    asked.convention.accept(
        proration__unit=("day", "month", "none"),
        proration__denominator=("366", "365", "31", "period_days"),
        rounding__stage=("total", "amount", "per_line", "multiplier"),
    )
    part = DayCount(int(asked["numerator"]), int(asked["denominator"])).share
    return {"amount": _amount(asked, Fraction(asked["price"]) * part)}


def day_count(asked: Asked) -> Answer:
    asked.convention.accept(
        denominator_rule="month containing the service dates",
        rounding__stage=("ratio", "amount", "days", "per_line"),
    )
    found = _count(asked)
    priced = Fraction(asked.get("price", "0")) * found.share
    return {
        "numerator": found.days,
        "denominator": found.of,
        "ratio": _amount(asked, found.share),
        "amount": _amount(asked, priced),
    }


def _count(asked: Asked) -> DayCount:
    served = half_open(asked.input, inclusive=inclusive(asked))
    first = served.start_on.replace(day=1)
    month = Period(first, (first + timedelta(days=32)).replace(day=1))
    return counted(METHODS[asked["method"]], served, month)


def total(asked: Asked) -> Answer:
    asked.convention.accept(rounding__stage=("partial", "total"))
    each = Fraction(asked["unit_price"]) * Fraction(asked["quantity"])
    part = _amount(asked, each * _count(asked).share)
    return {"partial_amount": part, "total": part + Decimal(str(each * asked["whole_months"]))}


def daily(asked: Asked) -> Answer:
    stages = {"amount": False, "daily_rate_first": True}
    first = asked.convention.choose("rounding.stage", stages, default=False)
    price, days = Fraction(asked["monthly_price"]), DayCount(asked["days"], asked["days_in_month"])
    if not first:
        return {"amount": _amount(asked, price * days.share)}
    rate = money(price * DayCount(1, days.of).share, asked["currency"], Rounding.HALF_AWAY)
    return {"amount": rate.share(Fraction(days.days), Rounding.HALF_AWAY).major}


def months(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="month_plus_day",
        proration__denominator="days_in_partial_month",
        rounding__stage=("total", "multiplier", "amount"),
    )
    parts = [DayCount(one["days"], one["days_in_month"]) for one in asked["partial"]]
    multiplier = months_and_days(asked["whole_months"], parts)
    return {
        "amount": _amount(asked, Fraction(asked["monthly_price"]) * multiplier),
        "multiplier": multiplier,
    }


def seconds(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="second",
        proration__denominator="period_seconds",
        proration__period_end="exclusive",
        rounding__stage="per_line",
    )
    if asked.get("timezone"):
        raise UnsupportedError("no policy for proration by second of local times")
    part = share_of_time(_instants(asked["service"]), _instants(asked["period"]))
    return {"amount": _amount(asked, Fraction(asked["price"]) * part)}


def _instants(said: dict[str, str]) -> tuple[datetime, datetime]:
    return instant(said["from"]), instant(said["to"])


def tier_bounds(asked: Asked) -> Answer:
    asked.convention.accept(proration__unit="day", proration__denominator="standard month")
    tiers = [Tier(Decimal(one), Decimal(1)) for one in asked["bounds"]]
    part = DayCount(asked["days"], asked["standard_days"]).share
    found = stretched([*tiers, Tier(None, Decimal(1))], part)
    return {"bounds": [one.up_to for one in found[:-1]]}


KINDS = {
    "prorate": prorate,
    "prorate_ratio": ratio,
    "day_count": day_count,
    "day_count_total": total,
    "daily_rate": daily,
    "months_fraction": months,
    "prorate_seconds": seconds,
    "prorated_tier_bounds": tier_bounds,
}
