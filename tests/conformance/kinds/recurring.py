"""Recurring charges up to a day: periods, fractions, items with amounts."""

from datetime import date
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Catalog, ChargeKind, Price
from solde.domain.money import Money
from solde.domain.periods import Cycle, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.ramp import RampStep
from solde.domain.rating import Proposal, Terms, Window, compare, propose
from solde.domain.subscriptions import Item, Subscription
from solde.domain.tax import SHIPPED
from tests.conformance.asked import Asked
from tests.conformance.kinds.alignment import ALIGNED
from tests.conformance.kinds.dates import day
from tests.conformance.kinds.engine import KINDS as TIMINGS
from tests.conformance.kinds.engine import PRODUCT, charges, proposals, segment, unmetered

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


def ramp(asked: Asked) -> Answer:
    """Years of a contract, each at its own price: a price that takes a step every year."""
    start, currency = date(2027, 1, 1), asked["currency"]
    first, *more = [Flat(Decimal(one["annual_price"])) for one in asked["years"]]
    steps = tuple(RampStep(each, 12 * place) for place, each in enumerate(more, 1))
    price = Price("p", 1, "p", currency, ChargeKind.ADVANCE, first, ramp=steps)
    cycle, item = Cycle(Unit.YEAR, 1, start), Item("i", "i", "p", Decimal(1))
    agreed = ("s", "s", "c", "c", "e", "plan", currency, start, cycle)
    terms = Terms(Catalog({"p": PRODUCT}, {}, {"p": price}, {}), SHIPPED["none"], unmetered)
    window = Window(after=date.min, target_on=start.replace(year=start.year + len(more)))
    found = propose(Subscription(*agreed, items=(item,)), window, terms)
    nets = [one.net for one in compare(found, [], regime=SHIPPED["none"])]
    return {"contract_total": sum(nets, Money(0, currency)).major}


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
    "ramp_schedule": ramp,
}
