"""Due dates, payments in parts, business days."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from solde.domain.billing_days import Timing, invoicing_day
from solde.domain.business_days import Calendar, Roll, rolled
from solde.domain.periods import Period
from solde.domain.terms import Part, PartKind, Terms, TermsKind, installments
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.dates import ONE_DAY, day
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def due(asked: Asked) -> Answer:
    said = asked["terms"]
    days = int(said.get("days") or 0)
    if said.get("count_from") == "invoice_date_is_day_one":
        days -= 1
    found = Terms(
        TermsKind(said["type"]),
        days=days,
        day=int(said.get("day") or 0),
        cut_off_day=int(said.get("next_month_if_after_day") or 0),
    ).due_on(day(asked["invoice_date"]))
    if said.get("plus_one_day"):
        found += ONE_DAY
    return {"due_date": found, "overdue_from": found + ONE_DAY}


def parts(asked: Asked) -> Answer:
    asked.convention.accept(
        delta_order="months, then set day, then days", rounding__mode="half_up", rounding__scale=2
    )
    total, on = amount(asked, asked["amount"]), day(asked["date"])
    lines = [_part(asked, one) for one in asked["lines"]]
    return {"installments": [[when, one.major] for when, one in installments(total, on, lines)]}


def _part(asked: Asked, one: dict[str, Any]) -> Part:
    delta = one["delta"]
    return Part(
        PartKind(one["type"]),
        amount(asked, one["amount"]) if "amount" in one else None,
        Decimal(one.get("percent", "0")),
        months=int(delta.get("months", 0)),
        set_day=int(delta.get("set_day", 0)),
        days=int(delta.get("days", 0)),
    )


def business(asked: Asked) -> Answer:
    rolls = {one.value: one for one in Roll}
    roll = asked.convention.choose("convention", rolls, rolls.get(asked["convention"]))
    holidays = {day(one) for one in asked["holidays"]}
    weekend = [WEEKDAYS.index(one) for one in asked["weekend"]]
    calendar = Calendar(holidays.__contains__, weekend)
    return {"date": rolled(day(asked["date"]), roll, calendar)}


def issued(asked: Asked) -> Answer:
    """The day after the period, or its last day; days of grace move it where it follows them."""
    last = day(asked["period_end_inclusive"])
    period = Period(last, last + ONE_DAY)
    offsets = {"current_period_end": 0, "next_period_start": 1}
    if asked["anchor"] not in offsets:
        raise UnsupportedError(f"no policy for issuing anchor {asked['anchor']}")
    found = invoicing_day(period, Timing.ARREARS, offsets[asked["anchor"]])
    if asked["align_with_finalization"]:
        found = max(found, period.end_on) if asked["grace_days"] else found
        found += timedelta(days=int(asked["grace_days"]))
    return {"issuing_date": found}


KINDS = {
    "due_date": due,
    "installments": parts,
    "business_day": business,
    "issuing_date": issued,
}
