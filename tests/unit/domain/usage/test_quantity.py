"""From days to the quantity of a period, with the sum beside each case."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.domain.money import Rounding
from solde.domain.periods import Period
from solde.domain.pricing import Quantity
from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.day_state import DayState, day_state
from solde.domain.usage.distinct import Unique
from solde.domain.usage.extreme import Max
from solde.domain.usage.gauge import Points
from solde.domain.usage.log import Latest
from solde.domain.usage.quantity import NegativeUsageError, quantity

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
PARIS = "Europe/Paris"


def largest(events: int, value: int) -> Max:
    return Max.from_json(events, str(value))


def meter(aggregation: Aggregation, **more: object) -> Meter:
    return Meter("m", "t", aggregation, value="v", **more)  # type: ignore[arg-type]


def days(**cells: object) -> dict[date, DayState]:
    """`d0531=Sum(…)` is the only cell of 31 May 2026."""
    return {
        date(2026, int(name[1:3]), int(name[3:])): day_state(
            1, cell if isinstance(cell, dict) else {(): cell}
        )
        for name, cell in cells.items()
    }


CASES = [
    (
        "count: 2 + 3; the days around are not of the period",
        meter(Aggregation.COUNT),
        days(d0531=Count(50), d0601=Count(2), d0630=Count(3), d0701=Count(60)),
        ("5", 5),
    ),
    (
        "sum: 3.20 - 0.20004 = 2.99996, to four decimals 3.0000",
        meter(Aggregation.SUM),
        days(d0601=Sum(1, Decimal("3.20")), d0602=Sum(2, Decimal("-0.20004"))),
        ("3.0000", 3),
    ),
    (
        "sum, prorated: 5 stood before, 24 on the 26th with 5 of 30 days left",
        meter(Aggregation.SUM, prorated=True, rounding=Rounding.UP),
        days(d0520=Sum(1, Decimal(5)), d0626=Sum(2, Decimal("24.00001")), d0701=Sum(1, Decimal(9))),
        ("9.0001", 2),  # 5 + 24.00001 × 5 ÷ 30
    ),
    (
        "sum: 0.00005 is half and goes away from zero",
        meter(Aggregation.SUM),
        days(d0601=Sum(1, Decimal("0.00005"))),
        ("0.0001", 1),
    ),
    (
        "sum, signed: -0.00005 mirrors it",
        meter(Aggregation.SUM, signed=True),
        days(d0601=Sum(1, Decimal("-0.00005"))),
        ("-0.0001", 1),
    ),
    (
        "sum, whole units: 2.5 is 3",
        meter(Aggregation.SUM, decimals=0),
        days(d0601=Sum(1, Decimal("2.5"))),
        ("3", 1),
    ),
    (
        "max: 10 of 7, 10, 4",
        meter(Aggregation.MAX),
        days(
            d0531=largest(1, 99), d0601=largest(2, 7), d0602=largest(1, 10), d0603=largest(1, 4),
        ),
        ("10", 4),
    ),
    (
        "latest: that of the 20th",
        meter(Aggregation.LATEST),
        days(d0620=Latest(1, [(20, "a", Decimal(4))]), d0619=Latest(1, [(19, "z", Decimal(9))])),
        ("4", 2),
    ),
    (
        "unique: {a, b} and {b, c} are 3",
        meter(Aggregation.UNIQUE),
        days(d0601=Unique.from_json(2, "ab"), d0602=Unique.from_json(5, "bc")),
        ("3", 7),
    ),
    ("nothing used", meter(Aggregation.SUM), {}, ("0", 0)),
    ("no maximum of nothing", meter(Aggregation.MAX), days(d0531=largest(1, 9)), ("0", 0)),
    ("no average of nothing", meter(Aggregation.TIME_WEIGHTED), {}, ("0", 0)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "used", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_quantity_of_june(found, used, expected):
    total, count, _ = quantity(found, used, JUNE, zone_name=PARIS)
    assert (total.total, count) == (Decimal(expected[0]), expected[1])
    assert total.cells == ()


def test_cells_are_told_apart_and_rounded_each():
    by_airport = meter(Aggregation.SUM, dimensions=("airport",), decimals=1)
    used = days(
        d0601={("JFK",): Sum(1, Decimal("1.04")), ("EWR",): Sum(1, Decimal("2.05"))},
        d0602={("JFK",): Sum(1, Decimal("1.04"))},
    )
    # JFK 2.08 → 2.1; EWR 2.05 → 2.1; together 4.13 → 4.1
    assert quantity(by_airport, used, JUNE, zone_name=PARIS)[0] == Quantity(
        Decimal("4.1"), ((("EWR",), Decimal("2.1")), (("JFK",), Decimal("2.1"))), count=3
    )


def test_the_largest_of_all_cells_is_the_maximum():
    by_site = meter(Aggregation.MAX, dimensions=("site",))
    used = days(d0601={("a",): largest(1, 3), ("b",): largest(1, 5)})
    found, count, _ = quantity(by_site, used, JUNE, zone_name=PARIS)
    assert found == Quantity(Decimal(5), ((("a",), Decimal(3)), (("b",), Decimal(5))), count=2)
    assert count == 2


def test_a_period_below_zero_is_refused_unless_the_meter_is_signed():
    used = days(d0601=Sum(1, Decimal(-3)))
    with pytest.raises(NegativeUsageError, match="from 2026-06-01 to 2026-06-30, found -3"):
        quantity(meter(Aggregation.SUM), used, JUNE, zone_name=PARIS)
    signed = meter(Aggregation.SUM, signed=True)
    assert quantity(signed, used, JUNE, zone_name=PARIS)[0].total == Decimal(-3)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * 1_000_000


MARCH_2027 = Period(date(2027, 3, 1), date(2027, 4, 1))


def points(*found: tuple[str, str]) -> Points:
    rows = [(at(when), str(number), Decimal(value)) for number, (when, value) in enumerate(found)]
    return Points(len(rows), rows)


def test_ten_gigabytes_from_the_middle_of_a_month_with_23_hours_less_one():
    # 15 to 31 March 2027 in Paris: 17 × 24 - 1 = 407 of 31 × 24 - 1 = 743 hours; 10 × 407 ÷ 743
    used = {date(2027, 3, 15): day_state(1, {(): points(("2027-03-15T00:00:00+01:00", "10"))})}
    found, count, _ = quantity(meter(Aggregation.TIME_WEIGHTED), used, MARCH_2027, zone_name=PARIS)
    assert (found.total, count) == (Decimal("5.4778"), 1)


def test_the_value_carried_in_holds_until_the_first_point():
    used = {
        date(2026, 4, 2): day_state(1, {(): points(("2026-04-02T12:00:00+02:00", "1"))}),
        date(2026, 5, 20): day_state(1, {(): points(("2026-05-20T12:00:00+02:00", "4"))}),
        date(2026, 6, 16): day_state(
            1,
            {
                (): points(
                    ("2026-06-16T00:00:00+02:00", "10"), ("2026-06-16T12:00:00+02:00", "8"),
                    ("2026-06-16T18:00:00+02:00", "2"),
                )
            },
        ),
        date(2026, 7, 1): day_state(1, {(): points(("2026-07-01T00:00:00+02:00", "1000"))}),
    }  # fmt: skip
    # 15 days at 4, half a day at 10, a quarter at 8, then 2 for 14.25 days:
    # (60 + 5 + 2 + 28.5) ÷ 30 = 3.18333…
    found, count, _ = quantity(meter(Aggregation.TIME_WEIGHTED), used, JUNE, zone_name=PARIS)
    assert (found.total, count) == (Decimal("3.1833"), 3)


def test_averages_of_cells_add_up():
    by_disk = meter(Aggregation.TIME_WEIGHTED, dimensions=("disk",))
    used = {
        date(2026, 6, 1): day_state(1, {("a",): points(("2026-06-01T00:00:00+02:00", "3"))}),
        date(2026, 5, 1): day_state(1, {("b",): points(("2026-05-01T00:00:00+02:00", "4"))}),
    }
    found, count, _ = quantity(by_disk, used, JUNE, zone_name=PARIS)
    assert found == Quantity(Decimal(7), ((("a",), Decimal(3)), (("b",), Decimal(4))), count=1)
    assert count == 1


def test_the_digest_follows_the_content_and_not_the_generation():
    count = meter(Aggregation.COUNT)

    def digest(used: dict[date, DayState]) -> str:
        return quantity(count, used, JUNE, zone_name=PARIS)[2]

    once = digest({date(2026, 6, 1): day_state(1, {(): Count(2)})})
    assert once == digest({date(2026, 6, 1): day_state(9, {(): Count(2)})})
    assert once == digest(
        {date(2026, 6, 1): day_state(1, {(): Count(2)}), date(2026, 7, 1): day_state(1, {})}
    )
    assert once != digest({date(2026, 6, 1): day_state(1, {(): Count(3)})})
    assert once != digest({date(2026, 6, 2): day_state(1, {(): Count(2)})})
    assert len(once) == 16


def test_the_first_part_of_a_count_weighs_by_the_time_of_the_whole():
    """10 all June, asked on the 15th: 10 × 14 ÷ 30 = 4.6667, so that the parts make up 10."""
    first = Period(date(2026, 6, 1), date(2026, 6, 15))
    gauge = meter(Aggregation.TIME_WEIGHTED)
    held = {date(2026, 5, 1): day_state(1, {(): points(("2026-05-01T00:00:00+02:00", "10"))})}
    adding, stood = meter(Aggregation.SUM, prorated=True), days(d0531=Sum(1, Decimal(10)))
    for one, used in ((gauge, held), (adding, stood)):
        part = quantity(one, used, first, zone_name=PARIS, whole=JUNE)[0]
        assert part.total == Decimal("4.6667")
        assert quantity(one, used, JUNE, zone_name=PARIS)[0].total == 10
