"""France: gas by the cubic metre, seats in advance with changes in mid-month, devices by day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from recompute.lines import Line, bounds, cents, month_before, month_of, share

Record = dict[str, Any]

GAS = Fraction("3.20")
SEAT = Fraction("12.50")
DEVICE = Fraction(31)
VAT, VAT_FROM_2014 = "19.6", "20"


def french_lines(book: Record, days: Sequence[date]) -> Iterator[Line]:
    """Yield gas, devices and late changes of the month that ended, seats of the one that begins."""
    for day in days:
        for one in book["customers"]:
            begins = _line(one, day, month_of(day))
            if day != days[0]:
                ended = _line(one, day, month_before(day))
                yield from _gas(one["gas"], ended)
                yield from _seats(one["seats"], ended)
                yield from _devices(one["devices"], ended)
            yield from _seats(one["seats"], begins)


def _line(customer: Record, issued_on: date, month: str) -> Line:
    rate = VAT_FROM_2014 if month >= "2014-01" else VAT
    return Line("fr", issued_on, customer["code"], "", month, "", rate=rate)


def _gas(gas: Record, line: Line) -> Iterator[Line]:
    """Sum the readings of the month; their time is local, so its text says the month."""
    metered = [Decimal(m3) for at, m3 in gas["readings"] if at.startswith(line.month)]
    if metered:
        quantity = sum(metered, Decimal(0))
        yield replace(
            line,
            subject=gas["subscription"],
            charge="gas",
            quantity=quantity,
            count=len(metered),
            net=cents(Fraction(quantity) * GAS),
        )


def _seats(seats: Record, line: Line) -> Iterator[Line]:
    """
    Yield what is new about a month of seats: all of it, or the change since it was billed.

    Parts of a month are rounded on the running sum (SEMANTICS R3): however a month is cut, its
    lines add up to the rounding of the whole.
    """
    first_on, end_on = bounds(line.month)
    begins = line.issued_on == first_on
    if begins and seats["start_on"] > str(first_on):
        return  # not due yet: a start in mid-month is due on its own day
    billed = 0 if begins else _held(seats, first_on, known_on=first_on)
    exact = billed * SEAT
    for start_on, until_on in _parts(seats, first_on, end_on, known_on=line.issued_on):
        more = _held(seats, start_on, known_on=line.issued_on) - billed
        if more:
            before = cents(exact)
            exact += more * SEAT * share(start_on, until_on, line.month)
            yield replace(
                line,
                subject=seats["subscription"],
                charge="software_seats",
                quantity=Decimal(more),
                net=cents(exact) - before,
            )


def _parts(
    seats: Record, first_on: date, end_on: date, *, known_on: date
) -> Iterator[tuple[date, date]]:
    """Cut a month where seats begin or change, as far as it had been entered by a day."""
    changes = [one for one in seats["changes"] if one["entered_on"] <= str(known_on)]
    days = [seats["start_on"], *(one["effective_on"] for one in changes)]
    cuts = sorted(date.fromisoformat(day) for day in days)
    return pairwise([first_on, *(day for day in cuts if first_on < day < end_on), end_on])


def _held(seats: Record, day: date, *, known_on: date) -> int:
    """Return the seats of a day, as far as they had been entered on another."""
    if str(day) < seats["start_on"]:
        return 0
    held: int = seats["quantity"]
    for one in seats["changes"]:
        if one["entered_on"] <= str(known_on) and one["effective_on"] <= str(day):
            held = one["quantity"]
    return held


def _devices(devices: Record, line: Line) -> Iterator[Line]:
    first_on, end_on = bounds(line.month)
    for one in devices["switched_on"]:
        start_on = max(first_on, date.fromisoformat(one["on"]))
        if start_on < end_on:
            yield replace(
                line,
                subject=devices["subscription"],
                charge="devices",
                item=one["id"],
                net=cents(DEVICE * share(start_on, end_on, line.month)),
            )
