"""When periods begin and are invoiced: anchors, calendar alignment, and days of invoicing."""

from datetime import date, timedelta
from enum import Enum

from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle, Period, Unit, month_after

ONE_DAY = timedelta(days=1)
LAST_DAY = 31
LEAP_CYCLE = 12
"""Steps among which a day of month returns that is there at all, the 29 February of years too."""
MONTHS = {Unit.MONTH: 1, Unit.MONTH_LAST_DAY: 1, Unit.YEAR: 12}


class Timing(Enum):
    """Whether a period is invoiced at its start or at its end."""

    ADVANCE = "in_advance"
    ARREARS = "in_arrears"


def first_billing_day(start_on: date, anchor_day: int, unit: Unit, count: int) -> date:
    """
    Return the first aligned day on or after the start.

    The anchor day of the start's month unless it lies before the start, else one interval later;
    clamped to the month's last day. Days and weeks are aligned to the start itself.
    """
    if unit not in MONTHS:
        return start_on
    anchored = _on_day(start_on.replace(day=1), anchor_day)
    if anchored >= start_on:
        return anchored
    return _on_day(month_after(start_on.replace(day=1), count * MONTHS[unit]), anchor_day)


def aligned_cycle(start_on: date, anchor_day: int, unit: Unit, count: int) -> Cycle:
    """Return the cycle whose periods begin on the anchor day; the first may be cut short."""
    first = first_billing_day(start_on, anchor_day, unit, count)
    if unit not in MONTHS or first.day == anchor_day:
        return Cycle(unit, count, first)
    return Cycle(unit, count, _whole_anchor(first, anchor_day, count * MONTHS[unit]))


def anniversary_cycle(
    start_on: date, paid_from: date, unit: Unit, count: int, *, keeps_day: bool
) -> Cycle:
    """
    Return the cycle counted from the first day of the first paid phase (R6).

    `keeps_day` is for a trial of months: the day of the start stays the anchor's, whatever day a
    shorter month let the trial end on.
    """
    if keeps_day and unit in MONTHS:
        return aligned_cycle(paid_from, start_on.day, unit, count)
    return Cycle(unit, count, paid_from)


def cycle_like(first: Cycle, start_on: date, unit: Unit, count: int) -> Cycle:
    """
    Return the cycle that begins its periods with those of another; the first may be cut short.

    Of the same interval it is that cycle; months and years share the day of the month.

    Raises:
        InvalidError: the two have no common days, such as weeks and months.

    """
    if (first.unit, first.count) == (unit, count):
        return first
    if unit in MONTHS and first.unit in MONTHS:
        day = LAST_DAY if first.unit is Unit.MONTH_LAST_DAY else first.anchor_on.day
        return aligned_cycle(start_on, day, unit, count)
    if unit is first.unit and not (count % first.count and first.count % count):
        number = first.number_at(start_on)
        began_on = first.start(number)
        return Cycle(unit, count, began_on if began_on == start_on else first.start(number + 1))
    raise InvalidError(
        f"billing: expected a plan by {first.count} {first.unit.value}, as the first subscription, "
        f"found one by {count} {unit.value}",
        pointer="/billing",
    )


def _whole_anchor(first: date, anchor_day: int, months: int) -> date:
    """Return an aligned day on which the anchor day is not clamped."""
    for steps in range(1, LEAP_CYCLE):
        found = _on_day(month_after(first.replace(day=1), steps * months), anchor_day)
        if found.day == anchor_day:
            return found
    return first  # a 30th of February: the clamped day is all there is


def _on_day(month: date, anchor_day: int) -> date:
    last = month_after(month, 0, last_day=True)
    return month.replace(day=min(anchor_day, last.day))


def calendar_start(day: date, unit: Unit) -> date:
    """Return the first day of the calendar unit that holds a day; weeks begin on Monday."""
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.MONTH | Unit.MONTH_LAST_DAY:
            return day.replace(day=1)
        case Unit.YEAR:
            return day.replace(month=1, day=1)


def calendar_cycle(day: date, unit: Unit, count: int) -> Cycle:
    """
    Return the cycle aligned to the calendar: quarters from January, weeks from Monday.

    Several years, weeks or days are counted from the unit that holds the day.
    """
    start = calendar_start(day, unit)
    if unit is Unit.MONTH and 12 % count == 0:
        start = start.replace(month=1)
    return Cycle(unit, count, start)


def invoicing_day(period: Period, timing: Timing, offset_days: int) -> date:
    """Return the day a period is invoiced: so many days after its first, or after its last day."""
    day = period.start_on if timing is Timing.ADVANCE else period.last_on
    return day + timedelta(days=offset_days)
