"""Recurring charges day by day: cuts that add up, credits of what was billed, rates by days."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.periods import Unit
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.proration import Proration
from solde.domain.subscriptions import Cancelled, PlanChanged, QuantityChanged
from tests.support.laws import often
from tests.support.story import Story, day, item

D = Decimal
ADVANCE = ChargeKind.ADVANCE


def prolonged(amount: str, code: str, ends: list[str]) -> list[str]:
    """Agree on January bit by bit, each bit billed as it comes: four cuts make four lines."""
    story = Story(currency=code)
    story.sells("fee", ADVANCE, Flat(D(amount)))
    story.subscribes("s", "2027-01-01", {"fee": 1})
    whole, found, first = story.subscriptions["s"], [], "2027-01-01"
    for end in ends:
        story.subscriptions["s"] = whole
        if end < "2027-02-01":
            story.changes("s", Cancelled(day(end), 1))
        story.dirty_from = day("2027-01-01")
        found += [line.split()[-1] for line in story.bills(first)]
        first = end
    return found


CUTS = [
    # 7 of 31 days of 19.99 are 4.5139, 14 are 9.0277, 21 are 13.5416
    ("19.99", "EUR", ["08", "15", "22"], ["4.51", "4.52", "4.51", "6.45"]),
    ("100.00", "EUR", ["10"], ["29.03", "70.97"]),  # 29.0323
    ("1000", "JPY", ["08", "15", "22"], ["226", "226", "225", "323"]),  # 225.8, 451.6, 677.4
    ("10.000", "KWD", ["10"], ["2.903", "7.097"]),
    ("0.01", "EUR", ["08", "17", "24"], ["0.01"]),  # 0.0023 is no line; 0.0052 is the whole cent
]


@pytest.mark.parametrize(("amount", "code", "cuts", "lines"), CUTS)
def test_a_month_cut_in_pieces_adds_up(amount, code, cuts, lines) -> None:
    ends = [*(f"2027-01-{cut}" for cut in cuts), "2027-02-01"]
    assert prolonged(amount, code, ends) == lines
    assert sum(map(D, lines)) == D(amount)


@often(100)
@given(
    minor=st.integers(1, 100_000),
    code=st.sampled_from(("EUR", "JPY", "KWD")),
    cuts=st.sets(st.integers(2, 31), max_size=8),
)
def test_however_a_month_is_cut_it_costs_its_price(minor, code, cuts) -> None:
    amount = D(minor).scaleb({"EUR": -2, "JPY": 0, "KWD": -3}[code])
    ends = [*(f"2027-01-{cut:02d}" for cut in sorted(cuts)), "2027-02-01"]
    assert sum(map(D, prolonged(str(amount), code, ends))) == amount


def plan(on: str, old: str, new: str) -> PlanChanged:
    return PlanChanged(day(on), 1, new, (f"sit_{old}",), (item(new),))


def test_an_upgrade_and_then_an_end_keep_the_days_that_were_served() -> None:
    """100.00, from the 15th 160.00, last day the 20th: 46.67 + 32.00 are kept."""
    story = Story()
    story.sells("basic", ADVANCE, Flat(D("100.00")))
    story.sells("plus", ADVANCE, Flat(D("160.00")))
    story.subscribes("s", "2027-06-01", {"basic": 1})
    story.bills("2027-06-01")
    story.changes("s", plan("2027-06-15", "basic", "plus"))
    story.bills("2027-06-15")
    story.changes("s", Cancelled(day("2027-06-21"), 2))
    assert story.bills("2027-06-21") == ["CN plus 2027-06-21..2027-06-30 53.33"]  # 10 of 30 days
    assert sum(line.net.minor for line in story.lines) == 46_67 + 32_00


def test_a_year_by_days() -> None:
    """1,200.00 from 1 January; from 1 April 1,320.00; ended on 1 July: 624.99 are kept."""
    story = Story()
    story.sells("year", ADVANCE, Flat(D("1200.00")))
    story.sells("more", ADVANCE, Flat(D("1320.00")))
    story.subscribes("s", "2027-01-01", {"year": 1}, unit=Unit.YEAR)
    story.bills("2027-01-01")
    story.changes("s", plan("2027-04-01", "year", "more"))
    assert story.bills("2027-04-01") == [
        "year 2027-04-01..2027-12-31 -904.11",  # 275 of 365 days
        "more 2027-04-01..2027-12-31 994.52",
    ]
    story.changes("s", Cancelled(day("2027-07-01"), 2))
    assert story.bills("2027-07-01") == ["CN more 2027-07-01..2027-12-31 665.42"]  # 184 days
    assert sum(line.net.minor for line in story.lines) == 624_99


@pytest.mark.parametrize(
    ("amount", "left"),
    [("1.01", "0.50"), ("1.02", "0.51"), ("0.03", "0.01")],  # of 1.01 stays 0.505, that is 0.51
)
def test_half_a_month_is_given_back_by_what_stays(amount, left) -> None:
    story = Story()
    story.sells("fee", ADVANCE, Flat(D(amount)))
    story.subscribes("s", "2027-06-01", {"fee": 1})
    story.bills("2027-06-01")
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    assert story.bills("2027-06-16") == [f"CN fee 2027-06-16..2027-06-30 {left}"]


def test_a_start_dated_back_is_billed_at_the_rates_of_its_days() -> None:
    """31.00 a month from 15 December; 19.6 % until the year ends, then 20 %."""
    story = Story(regime="FR")
    story.sells("fee", ADVANCE, Flat(D("31.00")))
    story.subscribes("s", "2013-12-15", {"fee": 1})
    assert story.bills("2014-01-10") == [
        "fee 2013-12-15..2013-12-31 17.00",
        "fee 2014-01-01..2014-01-14 14.00",
    ]
    assert story.last_totals() == [("invoice", 31_00, 3_33 + 2_80, 37_13)]


def test_a_change_of_rate_reopens_nothing_that_was_issued() -> None:
    story = Story(regime="FR")
    story.sells("fee", ADVANCE, Flat(D("31.00")))
    story.subscribes("s", "2013-12-15", {"fee": 1})
    story.bills("2013-12-15")
    story.dirty_from = day("2013-12-15")
    assert story.bills("2014-01-10") == []


def test_units_go_back_to_the_line_that_billed_them_last() -> None:
    """Two seats at 19.6 %, two more at 20 %; three go: first the two, then one of the others."""
    story = Story(regime="FR")
    story.sells("seat", ADVANCE, PerUnit(D("31.00")))
    story.subscribes("s", "2013-12-01", {"seat": 2}, unit=Unit.YEAR)
    story.bills("2013-12-01")
    story.changes("s", QuantityChanged(day("2014-01-01"), 1, "sit_seat", D(4)))
    story.bills("2014-01-01")
    story.changes("s", QuantityChanged(day("2014-02-01"), 2, "sit_seat", D(1)))
    story.bills("2014-02-01")
    (note,) = (one for one in story.documents if one["kind"] == "credit_note")
    found = [
        (line["units"], line["net"], line["tax"]["rate"], line["corrects"]["number"])
        for line in note["lines"]
    ]
    assert found == [
        ("-2", 51_46, "20", "E-2"),  # 303 of 365 days: of 118.734 (118.73) stay 67.266 (67.27)
        ("-1", 25_74, "20", "E-1"),  # and then 41.532 (41.53); billed at 20 % for these days
    ]


@pytest.mark.parametrize("ends_on", ["2027-06-16", "2027-06-30"])
def test_what_is_not_prorated_is_whole_and_stays(ends_on) -> None:
    story = Story()
    story.sells("fixed", ADVANCE, Flat(D("50.00")), proration=Proration.FULL_PERIOD)
    story.subscribes("s", "2027-06-10", {"fixed": 1}, anchor="2027-06-01")
    assert story.bills("2027-06-10") == ["fixed 2027-06-10..2027-06-30 50.00"]
    story.changes("s", Cancelled(day(ends_on), 1))
    assert story.bills("2027-07-01") == []


def test_more_units_go_up_the_bands_from_where_they_stood() -> None:
    """Two at 10.00, then 8.00 each: two more on the 16th are 2 × 8.00 for 15 of 30 days."""
    story = Story()
    bands = Graduated((Tier(D(2), D(10)), Tier(None, D(8))))
    story.sells("seat", ADVANCE, bands)
    story.subscribes("s", "2027-06-01", {"seat": 2})
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 20.00"]
    story.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", D(4)))
    assert story.bills("2027-06-16") == ["seat 2027-06-16..2027-06-30 8.00"]
