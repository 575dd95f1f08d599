"""Anchors, cycles, and the periods that hold a day."""

from typing import Any

from solde.domain.billing_days import aligned_cycle, calendar_start
from solde.domain.periods import Cycle, Period
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.dates import ONE_DAY, day, unit

Answer = dict[str, Any]
ALIGNED = (
    "anchor_day_first_on_or_after_start_else_next_period; clamp_to_month_end",
    "anchor day in start month if not before start, else one interval later; clamp to month end",
)


def cycle_of(asked: Asked) -> Cycle:
    start = day(asked["start"])
    what, count = unit(asked)
    anchor = start.day if asked.get("anchor_day") is None else int(asked["anchor_day"])
    return aligned_cycle(start, anchor, what, count)


def first_day(asked: Asked) -> Answer:
    asked.convention.accept(alignment=ALIGNED)
    cycle, start = cycle_of(asked), day(asked["start"])
    period = cycle.period(cycle.number_at(start))
    return {
        "first_billing_date": start if period.start_on == start else period.end_on,
    }


def containing(asked: Asked) -> Answer:
    asked.convention.accept(period_end="exclusive")
    cycle = cycle_of(asked)
    found = cycle.period(cycle.number_at(day(asked["at"])))
    return {"from": max(found.start_on, day(asked["start"])), "to": found.end_on}


def elapsed(asked: Asked) -> Answer:
    asked.convention.accept(period_end="exclusive")
    cycle = cycle_of(asked)
    return {"count": cycle.number_at(day(asked["at"])) - cycle.number_at(day(asked["start"]))}


def whole(asked: Asked) -> Answer:
    within = Period(day(asked["from"]), day(asked["to"]))
    return {"count": Cycle(*unit(asked), within.start_on).number_at(within.end_on)}


def anchored(asked: Asked) -> Answer:
    asked.convention.accept(month_end="clamp_from_anchor")
    if asked["rule"] != "clamp_from_anchor":
        raise UnsupportedError(f"no policy for month_end: {asked['rule']}")
    cycle = Cycle(*unit(asked), day(asked["anchor"]))
    return {"dates": [cycle.start(number) for number in range(1, asked["occurrences"] + 1)]}


def anniversaries(asked: Asked) -> Answer:
    """Vectors list as many periods as they like: what is asked for cannot be known, so three."""
    asked.convention.accept(month_end="clamp_from_anchor", period_end="inclusive")
    cycle = Cycle(*unit(asked), day(asked["anchor"]))
    periods = [cycle.period(number) for number in range(asked.get("periods", 3))]
    return {"periods_inclusive": [[one.start_on, one.last_on] for one in periods]}


def next_day(asked: Asked) -> Answer:
    asked.convention.accept(month_end="clamp_from_anchor", week_start="monday")
    current = day(asked["current"])
    if asked["alignment"] == "calendar":
        what, count = unit(asked)
        return {"next": Cycle(what, count, calendar_start(current, what)).start(1)}
    cycle = Cycle(*unit(asked), day(asked["anchor"]))
    return {"next": cycle.start(cycle.number_at(current) + 1)}


def first_fraction(asked: Asked) -> Answer:
    asked.convention.accept(
        proration__unit="day",
        proration__denominator="aligned_period_days",
        proration__period_end="exclusive",
    )
    cycle, start = cycle_of(asked), day(asked["start"])
    whole_one = cycle.period(cycle.number_at(start))
    served = Period(start, whole_one.end_on)
    return {"from": start, "to": served.end_on, "fraction": served.share_of(whole_one)}


def cycle_date(asked: Asked) -> Answer:
    asked.convention.accept(period_end="inclusive")
    if asked["rule"] != "day_after_cycle_end":
        raise UnsupportedError(f"no policy for invoice date: {asked['rule']}")
    cycle = Period(day(asked["cycle_from"]), day(asked["cycle_to_inclusive"]) + ONE_DAY)
    return {"invoice_date": cycle.end_on}


KINDS = {
    "first_billing_date": first_day,
    "containing_period": containing,
    "elapsed_cycles": elapsed,
    "whole_periods": whole,
    "anchored_dates": anchored,
    "anniversary_periods": anniversaries,
    "next_billing_date": next_day,
    "first_cycle_fraction": first_fraction,
    "cycle_invoice_date": cycle_date,
}
