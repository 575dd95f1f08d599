"""The billing periods of a charge, the days of them that are served, and when they are due."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, ChargeKind
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.rating.served import by_charge, served
from solde.domain.subscriptions import (
    CycleChanged,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
)
from tests.support.story import Story, day, item

BANDS = (Tier(Decimal(100), Decimal(1)), Tier(None, Decimal("0.8")))
JUNE = Period(date(2027, 6, 1), date(2027, 7, 1))


def found(story: Story) -> dict[str, list[tuple[str, str, str]]]:
    """Return first day, last day and due day of June, by price."""
    catalog, (subscription,) = story.catalog(), story.subscriptions.values()
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for charge in by_charge(subscription, catalog):
        for one in served(charge, JUNE.start_on):
            if one.period != JUNE:
                break
            row = (str(one.whole.start_on), str(one.whole.last_on), str(one.due_on))
            rows.setdefault(charge.price.id, []).append(row)
    return rows


def begun(kind: ChargeKind, model, *, aggregation=Aggregation.SUM) -> Story:
    story = Story()
    story.sells("a", kind, model, aggregation=aggregation)
    story.sells("b", kind, model, meter="a")
    story.subscribes("s", "2027-06-01", {"a": 1})
    return story


def test_when_a_period_is_due() -> None:
    assert found(begun(ChargeKind.ADVANCE, Flat(Decimal(1)))) == {
        "a": [("2027-06-01", "2027-06-30", "2027-06-01")]
    }
    assert found(begun(ChargeKind.ARREARS, Flat(Decimal(1)))) == {
        "a": [("2027-06-01", "2027-06-30", "2027-07-01")]
    }
    assert found(begun(ChargeKind.ONE_TIME, Flat(Decimal(1)))) == {}
    gone = begun(ChargeKind.ARREARS, Flat(Decimal(1)))
    gone.changes("s", QuantityChanged(day("2027-06-10"), 1, "sit_a", Decimal(0)))
    assert found(gone) == {"a": [("2027-06-01", "2027-06-09", "2027-07-01")]}


def changed(model, *, aggregation=Aggregation.SUM) -> dict[str, list[tuple[str, str, str]]]:
    story = begun(ChargeKind.USAGE, model, aggregation=aggregation)
    story.changes("s", PlanChanged(day("2027-06-15"), 1, "p", ("sit_a",), (item("b"),)))
    return found(story)


def test_a_band_of_the_whole_waits_for_it_and_a_position_does_not() -> None:
    second = [("2027-06-15", "2027-06-30", "2027-07-01")]
    assert changed(Graduated(BANDS)) == {
        "a": [("2027-06-01", "2027-06-14", "2027-06-15")],
        "b": second,
    }
    assert changed(Volume(BANDS)) == {
        "a": [("2027-06-01", "2027-06-14", "2027-07-01")],
        "b": second,
    }


def test_a_maximum_is_priced_once_by_who_was_there_first() -> None:
    assert changed(Graduated(BANDS), aggregation=Aggregation.MAX) == {
        "a": [("2027-06-01", "2027-06-30", "2027-07-01")]
    }


MIDDLE = Cycle(Unit.MONTH, 1, date(2027, 6, 15))


def turned(kind: ChargeKind, model, *turns: tuple[str, int, Cycle]) -> Story:
    """Bill from 1 June by month, and by other cycles in turn."""
    story = Story()
    story.sells("a", kind, model)
    story.subscribes("s", "2027-06-01", {"a": 1})
    for on, sequence, cycle in turns:
        story.changes("s", CycleChanged(day(on), sequence, cycle))
    return story


TURN = ("2027-06-10", 1, MIDDLE)
BACK = ("2027-06-20", 2, Cycle(Unit.MONTH, 1, date(2027, 6, 1)))


def test_what_is_paid_once_is_not_paid_again_by_another_cycle() -> None:
    story = turned(ChargeKind.ONE_TIME, Flat(Decimal(49)), TURN, BACK)
    assert story.bills("2027-09-01") == ["a 2027-06-01..2027-06-01 49.00"]


def test_a_cut_period_and_a_stub_are_charged_by_their_days() -> None:
    story = turned(ChargeKind.ADVANCE, Flat(Decimal(100)), TURN)
    assert story.bills("2027-06-15") == [
        "a 2027-06-01..2027-06-09 30.00",  # 9/30
        "a 2027-06-10..2027-06-14 16.13",  # 5/31 of 15 May to 14 June
        "a 2027-06-15..2027-07-14 100.00",
    ]


def test_arrears_of_a_cut_period_are_due_where_it_is_cut() -> None:
    story = turned(ChargeKind.ARREARS, Flat(Decimal(100)), TURN)
    assert story.bills("2027-06-09") == []
    assert story.bills("2027-06-10") == ["a 2027-06-01..2027-06-09 30.00"]
    assert story.bills("2027-06-15") == ["a 2027-06-10..2027-06-14 16.13"]


def test_a_cycle_that_comes_back_inside_its_period_has_one_charge_of_it() -> None:
    story = turned(ChargeKind.ADVANCE, Flat(Decimal(100)), TURN)
    assert story.bills("2027-06-10") == [
        "a 2027-06-01..2027-06-09 30.00",
        "a 2027-06-10..2027-06-14 16.13",
    ]
    story.changes("s", CycleChanged(day("2027-06-20"), 2, BACK[2]))
    # 15 to 19 June by the second: 5/30; from the 20th by the first again: 11/30
    assert story.bills("2027-06-20") == [
        "a 2027-06-20..2027-06-30 36.67",
        "a 2027-06-15..2027-06-19 16.67",
    ]
    assert story.bills("2027-07-01") == ["a 2027-07-01..2027-07-31 100.00"]


def test_usage_is_counted_anew_by_each_cycle() -> None:
    story = turned(ChargeKind.USAGE, Graduated(BANDS), TURN)
    for on, used in (("2027-06-09", 90), ("2027-06-10", 90), ("2027-06-15", 20)):
        story.uses("a", on, used)
    assert story.bills("2027-07-15") == [
        "a 2027-06-01..2027-06-09 90.00",
        "a 2027-06-10..2027-06-14 90.00",
        "a 2027-06-15..2027-07-14 20.00",
    ]


def test_usage_of_a_cycle_that_comes_back_leaves_the_days_between_to_the_other() -> None:
    """80 by 9 June; 40 on the 15th by the other cycle, 40 × 1.00; 30 from 120 on, × 0.80."""
    story = turned(ChargeKind.USAGE, Graduated(BANDS), TURN, BACK)
    for on, units in (("2027-06-05", 80), ("2027-06-15", 40), ("2027-06-25", 30)):
        story.uses("a", on, units)
    assert story.bills("2027-07-15") == [
        "a 2027-06-01..2027-06-09 80.00",
        "a 2027-06-20..2027-06-30 24.00",
        "a 2027-06-15..2027-06-19 40.00",
    ]


@pytest.mark.parametrize("model", [Graduated(BANDS), Volume(BANDS)])
def test_a_plan_that_comes_back_has_items_of_its_own(model) -> None:
    """80, 40 and 30 by three items that count on: 150 in all, and no day twice."""
    story = begun(ChargeKind.USAGE, model)
    again = replace(item("a"), id="sit_again")
    story.changes("s", PlanChanged(day("2027-06-10"), 1, "p", ("sit_a",), (item("b"),)))
    story.changes("s", PlanChanged(day("2027-06-20"), 2, "q", ("sit_b",), (again,)))
    for on, units in (("2027-06-05", 80), ("2027-06-15", 40), ("2027-06-25", 30)):
        story.uses("a", on, units)
    nets = {row.split()[-1]: row.split()[1] for row in story.bills("2027-07-01")}
    if isinstance(model, Graduated):  # 80 × 1.00; 20 × 1.00 and 20 × 0.80; 30 × 0.80
        assert [*nets] == ["80.00", "36.00", "24.00"]
    else:  # all × 0.80
        assert [*nets] == ["64.00", "32.00", "24.00"]


def test_a_pause_is_between_nobody_s_days_and_its_usage_is_the_item_s() -> None:
    story = begun(ChargeKind.USAGE, Graduated(BANDS))
    story.changes("s", Paused(day("2027-06-10"), 1))
    story.changes("s", Resumed(day("2027-06-20"), 2))
    story.uses("a", "2027-06-15", 40)
    assert story.bills("2027-07-01") == ["a 2027-06-01..2027-06-30 40.00"]
