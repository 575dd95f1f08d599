"""The days that a meter counts in a period, whoever prices it."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.domain.periods import NEVER, Period
from solde.domain.rating.counting import Count, Counting
from solde.domain.subscriptions import Item, Segment

JUNE = Period(date(2027, 6, 1), date(2027, 7, 1))
SUM = Meter("calls", "call", Aggregation.SUM, "n")


def on(number: int) -> date:
    return date(2027, 6, number)


def span(name: str, first: date, end: date, gone: date = NEVER) -> Segment:
    return Segment(Item(name, name, name, Decimal(1)), Period(first, end), Decimal(1), gone)


COUNTS = [
    ([span("a", on(1), NEVER), span("b", on(1), NEVER)], Count(JUNE, JUNE.end_on, False)),
    ([span("a", on(1), on(15), on(15)), span("b", on(15), NEVER)], Count(JUNE, JUNE.end_on, True)),
    (
        [span("a", on(3), on(15), on(15)), span("b", on(15), on(20), on(20))],
        Count(Period(on(3), on(20)), on(20), True),
    ),
    # one item whose quantity changes is handed on to nobody
    ([[span("a", on(1), on(9)), span("a", on(9), NEVER)]], Count(JUNE, JUNE.end_on, False)),
]


@pytest.mark.parametrize(("spans", "expected"), COUNTS)
def test_what_is_counted_of_a_period(spans, expected) -> None:
    charges = [one if isinstance(one, list) else [one] for one in spans]
    assert Counting(SUM, charges).of(JUNE) == expected


@pytest.mark.parametrize("aggregation", Aggregation)
def test_what_is_a_sum_of_its_days(aggregation) -> None:
    at_once = {Aggregation.MAX, Aggregation.UNIQUE, Aggregation.LATEST}
    meter = Meter("calls", "call", aggregation, "n")
    assert Counting(meter, [[span("a", on(1), NEVER)]]).by_days == (aggregation not in at_once)
