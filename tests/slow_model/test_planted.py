"""Histories that chance seldom finds: engine and slow model agree on them, too, and on the sum."""

from dataclasses import replace
from datetime import date

import pytest

from tests.slow_model.allowances import Allowances
from tests.slow_model.engine import billed
from tests.slow_model.test_slow_model import allowed_alike, lived
from tests.slow_model.told import Bill, Coupon, History, Price, Terms, Told, Used, Version

START = date(2027, 6, 1)
CALLS = Price("c", "usage", "per_unit", ("1.00",), meter="c")
SEATS = Price("a", "advance", "per_unit", ("30.00",))
FIVE = Told("grant", START, coupon=Coupon("five", START, 10, least="5"))


def june(day: int) -> date:
    return START.replace(day=day)


def history(price: Price, *acts, **more) -> History:
    item = "u" if price is CALLS else "i"
    known = {"prices": {price.name: price}, "items": ((item, price.name, 1),), "acts": acts}
    return History(START, START, "month", 1, more.pop("trial_days", 0), **known, **more)


def sums(lived_through: History) -> list[int]:
    """Return what is billed in all after each run, which must be what is owed."""
    found = []
    for story, life, on in lived(lived_through):
        owed = {key: minor for key, minor in life.owed(on).items() if minor}
        assert billed(story) == owed
        found.append(sum(owed.values()))
    return found


EARLY, LATE = Used(june(5), "c", "4"), Used(june(15), "c", "4")
DEARER = Version(CALLS, june(11), "existing", mid_period=False, numbers=("2.00",))
SWAPPED = Told("swap", june(11), "u", 1, "n", "c")


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        # eight in the whole period: 4 × 1.00 and 4 × 2.00, each less 10 %
        ((FIVE, DEARER, EARLY, LATE, Bill(june(30)), Bill(date(2027, 7, 1))), [0, 3_60 + 7_20]),
        # four are not enough until eight are: what was billed of the first four gives 0.40 back
        ((FIVE, SWAPPED, EARLY, Bill(june(12)), LATE, Bill(date(2027, 7, 1))), [4_00, 7_20]),
    ],
)
def test_the_volume_of_usage_is_that_of_all_prices_of_a_period(acts, expected) -> None:
    assert sums(history(CALLS, *acts)) == expected


@pytest.mark.parametrize(
    ("metered", "expected"),
    [
        ("sum", 12_00),  # 4 × 1.00 and 4 × 2.00
        ("count", 3_00),  # 1 × 1.00 and 1 × 2.00
        ("max", 4_00),  # the first price for the whole of June
        ("unique", 1_00),
        ("latest", 4_00),
        # 4 from 5 June on, 6 of 30 days at 1.00 and 20 at 2.00: 0.80 and 5.3333
        ("time_weighted", 6_13),
    ],
)
def test_a_price_changes_inside_a_period(metered, expected) -> None:
    acts = (DEARER, EARLY, LATE, Bill(date(2027, 7, 1)))
    assert sums(history(CALLS, *acts, metered=metered)) == [expected]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # 8.00 of June's usage, not the one seat: 0.80
        ({"least": "5"}, [0, 80]),
        # 30.00, then 8.00 and 30.00
        ({"together": ("standard", "reduced")}, [3_00, 80 + 3_00]),
        ({"together": ("standard", "intermediate")}, [0, 0]),
    ],
)
def test_a_coupon_of_documents_asks_for_a_volume_or_a_bundle(asked, expected) -> None:
    coupon = Coupon("ten", START, 10, level="document", **asked)
    acts = (Told("grant", START, coupon=coupon), Bill(START), EARLY, LATE, Bill(date(2027, 7, 1)))
    prices = {"a": SEATS, "c": replace(CALLS, tax_class="reduced")}
    items = (("i", "a", 1), ("u", "c", 1))
    lived_through = History(START, START, "month", 1, 0, prices, items, acts)
    allowances, found, seen = Allowances(), [], 0
    for story, life, _ in lived(lived_through):
        issued, seen = story.documents[seen:], len(story.documents)
        allowed_alike(issued, allowances, life)
        lines = [line for one in issued for line in one["lines"]]
        found.append(sum(one["amount"] for line in lines for one in line.get("allowances", ())))
    assert found == expected


@pytest.mark.parametrize(
    ("across", "agreed", "expected"),
    [
        # June and July of both, and 150.00 less what the other one's June costs
        (False, None, 4 * 30_00 + 120_00),
        (True, None, 4 * 30_00 + 90_00),
        # a term of a month: no July
        (True, Terms("month", 1, False, 0, "refused"), 3 * 30_00 + 90_00),
        (True, Terms("month", 1, True, 0, "refused"), 3 * 30_00 + 90_00),
    ],
)
def test_the_other_subscription_has_a_least_and_terms(across, agreed, expected) -> None:
    least = Price("commitment", "commitment", "flat", ("150.00",), across=across)
    end = (Told("cancel", june(30), whose="t"),) if agreed and agreed.renews else ()
    prices, items = {"a": SEATS, "commitment": least}, (("i", "a", 1),)
    other = History(
        START, START, "month", 1, 0, prices, (("t", "a", 1), ("l", "commitment", 1)), ()
    )
    main = replace(other, items=items, acts=(*end, Bill(date(2027, 7, 1))))
    assert sums(replace(main, other=replace(other, contract=agreed))) == [expected]


@pytest.mark.parametrize(
    ("early", "told", "expected"),
    [
        # a trial to the 14th is left freely
        ("refused", Told("leave", june(15)), 0),
        ("remainder", Told("leave", june(10)), 0),
        # two months from the 15th: 16.00 of June, July, 14 of 31 days of August: 13.55
        ("remainder", Told("leave", june(20)), 16_00 + 30_00 + 13_55),
        ("allowed", Told("leave", june(20)), 5_00),
        # refused: June to September
        ("refused", Told("leave", june(20)), 16_00 + 3 * 30_00),
        # the end of 15 August is told 45 days ahead
        ("refused", Told("cancel", date(2027, 7, 1)), 16_00 + 30_00 + 13_55),
        # a day too late: 15 October
        ("refused", Told("cancel", date(2027, 7, 2)), 16_00 + 3 * 30_00),
    ],
)
def test_a_contract_is_left(early, told, expected) -> None:
    terms = Terms("month", 2, True, 45 if told.what == "cancel" else 0, early)
    acts = (told, Bill(date(2027, 9, 30)))
    assert sums(history(SEATS, *acts, trial_days=14, contract=terms)) == [expected]


def test_what_is_cut_by_a_rate_and_comes_to_nothing_goes_back_with_the_rest() -> None:
    """0.0123 a period, whole or not: 17 of 31 days come to a cent in 2013, 14 to none in 2014."""
    start = date(2013, 12, 15)
    price = Price("a", "advance", "flat", ("0.0123",), share="full_period")
    acts = (Bill(start), Told("cancel", start), Bill(date(2013, 12, 16)))
    lived_through = History(start, start, "month", 1, 0, {"a": price}, (("i", "a", 1),), acts)
    assert sums(lived_through) == [1, 0]
