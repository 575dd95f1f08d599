"""Contracts with a first and a last day, invoiced in advance or in arrears."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from solde.domain.billing_days import Timing, invoicing_day
from solde.domain.periods import NEVER, Cycle, Period, Unit
from tests.conformance.asked import Asked
from tests.conformance.kinds.dates import ONE_DAY, day, unit

Answer = dict[str, Any]


def invoice_day(asked: Asked) -> Answer:
    asked.convention.accept(period_end="inclusive")
    start, end = day(asked["period_start"]), _end(asked)
    if end is not None and end <= start:
        return {"invoice_date": None}
    period = _within(_period_from(asked, start), end)
    return {"invoice_date": invoicing_day(period, Timing(asked["timing"]), asked["offset_days"])}


def invoicing_period(asked: Asked) -> Answer:
    asked.convention.accept(period_end="inclusive")
    last, end = asked.get("last_invoiced_through"), _end(asked)
    start = day(last) + ONE_DAY if last else day(asked["contract_start"])
    if end is not None and end <= start:
        return {"from": None, "to_inclusive": None}
    period = _within(Period(start, _through(asked)), end)
    return {"from": period.start_on, "to_inclusive": period.last_on}


def advance(asked: Asked) -> Answer:
    asked.convention.accept(period_end="inclusive")
    what, count = unit(asked)
    current = day(asked["next_invoice_date"])
    following = Cycle(what, count, current).start(1)
    return {"new_next_invoice_date": following, "invoiced_through": _through(asked) - ONE_DAY}


def run(asked: Asked) -> Answer:
    asked.convention.accept(period_end="inclusive")
    offset = 0 if asked["timing"] == "in_advance" or _is_last_day(asked) else 1
    periods = list(_periods(asked))
    return {
        "invoice_dates": [invoicing_day(one, Timing(asked["timing"]), offset) for one in periods],
        "invoiced_through": [one.last_on for one in periods],
    }


def _periods(asked: Asked) -> Iterator[Period]:
    start, end = day(asked["contract_start"]), _end(asked)
    assert end is not None
    cycle = Cycle(*unit(asked), start)
    for period in cycle.periods(Period(start, end)):
        yield _within(period, end)


def _within(period: Period, end: date | None) -> Period:
    """A period ends with its contract."""
    found = period.common(Period(period.start_on, end or NEVER))
    assert found is not None
    return found


def _period_from(asked: Asked, start: date) -> Period:
    """A period by last days of months begins anywhere and ends with a month."""
    what, count = unit(asked)
    if _is_last_day(asked):
        return Period(start, Cycle(Unit.MONTH, count, start.replace(day=1)).start(1))
    return Period(start, Cycle(what, count, start).start(1))


def _through(asked: Asked) -> date:
    """The first day that the next invoice does not cover."""
    on = day(asked["next_invoice_date"])
    if asked["timing"] == "in_advance":
        return _period_from(asked, on).end_on
    return on + ONE_DAY if _is_last_day(asked) else on


def _is_last_day(asked: Asked) -> bool:
    return asked["interval"]["unit"] == "month_last_day"


def _end(asked: Asked) -> date | None:
    last = asked.get("contract_end_inclusive")
    return None if last is None else day(last) + ONE_DAY


KINDS = {
    "contract_invoice_date": invoice_day,
    "contract_invoicing_period": invoicing_period,
    "advance_contract": advance,
    "contract_run": run,
}
