"""Recurring charges up to a day: periods, fractions, items with amounts."""

from datetime import date
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.money import Money
from solde.domain.rating import Proposal
from tests.conformance.asked import Asked
from tests.conformance.kinds.alignment import ALIGNED
from tests.conformance.kinds.dates import day
from tests.conformance.kinds.engine import KINDS as TIMINGS
from tests.conformance.kinds.engine import charges, proposals, segment

Answer = dict[str, Any]
BY_DAY = {
    "proration__unit": "day",
    "proration__denominator": "aligned_period_days",
    "proration__period_end": "exclusive",
    "alignment": ALIGNED,
    "rounding__mode": "half_up",
    "rounding__scale": 2,
    "rounding__stage": "per_item",
}


def items(asked: Asked) -> Answer:
    asked.convention.accept(**BY_DAY)
    kind = TIMINGS[asked["timing"]]
    segments = [segment(one, kind) for one in asked["segments"]]
    for one in asked["segments"]:
        if fee := one.get("one_time_fee_at_start"):
            once = {**one, "unit_price": fee, "quantity": "1"}
            segments.append(segment(once, ChargeKind.ONE_TIME))
    through, currency = day(asked["bill_through"]), asked["currency"]
    found = sorted(charges(segments, through, currency), key=lambda one: one.service.start_on)
    return {
        "items": [
            {
                "from": one.service.start_on,
                "to": one.service.end_on,
                "amount": one.net.major,
            }
            for one in found
        ],
        "item_count": len(found),
        "total": sum((one.net for one in found), Money(0, currency)).major,
    }


def periods(asked: Asked) -> Answer:
    """Days are local; where a zone is given, the same days in it."""
    asked.convention.accept(period_end="exclusive")
    return {"periods": [_served(one) for one in _proposed(asked, day(asked["bill_through"]))]}


def fractions(asked: Asked) -> Answer:
    asked.convention.accept(**BY_DAY)
    found = _proposed(asked, day(asked["bill_through"]), prorated=True)
    return {"terms": [one.stretches[0].service.share_of(one.key.period) for one in found]}


def position(asked: Asked) -> Answer:
    """Billed through the last day whose charge is due; the next day of billing after it."""
    asked.convention.accept(timing="in_arrears")
    as_of, never = day(asked["as_of"]), date(9000, 1, 1)
    known = {**asked.input, "timing": "in_arrears", "currency": "XXX"}
    those = _proposed(Asked(asked.kind, known, asked.convention), _later(as_of, never))
    due = [one for one in those if one.due_on <= as_of]
    ahead = [one.due_on for one in those if one.due_on > as_of]
    return {
        "billed_through": _served(due[-1])[1] if due else None,
        "next_billing_date": ahead[0] if ahead else None,
    }


def _later(as_of: date, never: date) -> date:
    return min(as_of.replace(year=as_of.year + 12, day=1), never)


def _proposed(asked: Asked, through: date, *, prorated: bool = False) -> list[Proposal]:
    said = {
        "unit_price": "1",
        "start": asked["start"],
        "end": asked.get("end"),
        "anchor_day": asked.get("anchor_day"),
        "interval": asked["interval"],
    }
    one = segment(said, TIMINGS[asked["timing"]], prorated=prorated)
    return proposals([one], through, "EUR")


def _served(one: Proposal) -> list[date]:
    return [one.stretches[0].service.start_on, one.stretches[-1].service.end_on]


KINDS = {
    "recurring_items": items,
    "period_list": periods,
    "cycle_fraction": fractions,
    "arrears_position": position,
}
