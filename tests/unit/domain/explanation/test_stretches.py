"""The parts of an exact amount as a tree says them: days, share, rows, what was measured."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.stretches import cut, days, measured, units, walked
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.quantity import computed, step
from solde.domain.proration import Proration
from solde.domain.subscriptions import Cancelled
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal
JUNE = Period(day("2027-06-01"), day("2027-07-01"))
LATER = Period(day("2027-06-15"), day("2027-07-01"))


class Part(NamedTuple):
    exact: Fraction
    steps: tuple[Step, ...]
    units: Decimal = D(3)
    service: Period = JUNE
    events: int = 0


def billed(policy: Proration, on: str, until: str = "", *, regime: str = "none") -> Story:
    """Bill one device at 12.00 a month in arrears, for the calendar month of its first day."""
    story = Story(regime=regime)
    story.sells("device", ChargeKind.ARREARS, PerUnit(D("12.00")), proration=policy)
    story.subscribes("s", on, {"device": 1}, anchor=f"{on[:8]}01")
    if until:
        story.changes("s", Cancelled(day(until), 1))
    year, month = int(on[:4]), int(on[5:7])
    story.bills(f"{year}-{month + 1:02}-01")
    return story


SHARES = [
    # (policy, from, until, net, what is said of the share)
    ("day", "2027-06-15", "", 6_40, {"share": "8/15"}),  # 16 of 30 days
    ("day", "2027-06-01", "", 12_00, {}),
    ("30/360", "2027-02-15", "", 6_40, {"share": "8/15"}),  # 16 of 30 days: 30 - 14
    ("30/360", "2027-02-01", "", 12_00, {}),
    ("30/360 strict", "2027-02-01", "", 11_20, {"share": "14/15"}),  # 28 of 30 days
    ("actual/30", "2027-02-01", "", 11_20, {"share": "14/15"}),
    ("actual/30", "2027-05-01", "", 12_00, {}),  # 31 of 30 days, at most all
    ("actual/30", "2027-05-10", "", 8_80, {"share": "11/15"}),  # 22 of 30 days
    ("half_month", "2027-06-16", "", 6_00, {"share": "1/2"}),
    # what begins in the first half is charged whole, though it ends on the 9th
    (
        "half_month",
        "2027-06-01",
        "2027-06-10",
        12_00,
        {"start_on": "2027-06-01", "end_on": "2027-07-01"},
    ),
    ("full_period", "2027-06-16", "", 12_00, {}),
    # what begins with the period is charged whole
    ("none", "2027-06-01", "2027-06-10", 12_00, {"start_on": "2027-06-01", "end_on": "2027-07-01"}),
]


@pytest.mark.parametrize(("policy", "on", "until", "net", "said"), SHARES)
def test_rows_times_share_are_the_amount_whatever_the_policy(policy, on, until, net, said) -> None:
    story = billed(Proration(policy), on, until)
    (document,), (tree,) = story.documents, story.trees()
    (node,) = tree["lines"]
    assert document["lines"][0]["net"] == net
    assert node == {"how": "walk", "tariff": 0, **said}
    assert broken(document, tree) == []


CUTS = [
    # 31 days from 15 December 2013: 17 at 19.6 %, and 14 at 20 % in the new year
    ("full_period", [{"cut": "17/31"}, {"cut": "14/31"}], [6_58, 5_42]),
    ("day", [{"share": "17/31"}, {"share": "14/31"}], [6_58, 5_42]),
    (
        "half_month",
        [
            {"cut": "17/31", "start_on": "2013-12-15", "end_on": "2014-01-15"},
            {"cut": "14/31", "start_on": "2013-12-15", "end_on": "2014-01-15"},
        ],
        [6_58, 5_42],
    ),
    (
        "30/360 strict",
        [
            {"cut": "17/31", "start_on": "2013-12-15", "end_on": "2014-01-15"},
            {"cut": "14/31", "start_on": "2013-12-15", "end_on": "2014-01-15"},
        ],
        [6_58, 5_42],
    ),
]


@pytest.mark.parametrize(("policy", "said", "nets"), CUTS)
def test_a_change_of_rate_cuts_what_is_no_sum_of_days(policy, said, nets) -> None:
    story = Story(regime="FR")
    price = PerUnit(D("12.00"))
    story.sells("device", ChargeKind.ADVANCE, price, proration=Proration(policy))
    story.subscribes("s", "2013-12-15", {"device": 1})
    story.bills("2013-12-15")
    (document,), (tree,) = story.documents, story.trees()
    assert [line["net"] for line in document["lines"]] == nets  # 12.00 × 17/31 = 6.580…
    assert [{**one, "before": None} for one in tree["lines"]] == [
        {"how": "walk", "tariff": 0, "before": None, **one} for one in said
    ]
    assert broken(document, tree) == []


def test_days_cut_another_amount() -> None:
    assert cut(LATER, JUNE) == {"cut": "8/15"}
    assert cut(JUNE, JUNE) == {}
    assert days(LATER) == {"start_on": "2027-06-15", "end_on": "2027-07-01"}


def test_rows_are_quantity_and_amount_and_an_outcome_that_is_no_product() -> None:
    rows = (step(D(3), D("9.99")), computed(D(2), Fraction(1, 3), "formula"))
    assert walked(Part(Fraction(1), rows)) == {"rows": [["3", "9.99"], ["2", "1", "1/3"]]}


def test_an_amount_without_rows_is_not_passed_over() -> None:
    assert walked(Part(Fraction(5), ())) == {"how": "unexplained"}
    assert walked(Part(Fraction(0), ())) == {"rows": []}


def test_units_are_text() -> None:
    assert units(Part(Fraction(0), ())) == {"units": "3"}


def test_what_was_counted_says_its_dimensions_and_elsewhere_only_what_it_came_to() -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(1)))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-10", 3)
    story.bills("2027-07-01")
    reasons = story.plans[-1].reasons
    assert reasons is not None
    (proposal,), (charge,) = reasons.proposals, reasons.charges
    counted = Quantity(D(3), cells=((("JFK",), D(3)),))
    by_cell = proposal._replace(stretches=(proposal.stretches[0]._replace(quantity=counted),))
    cells = {"total": "3", "cells": [[["JFK"], "3"]]}
    assert measured(charge, by_cell) == {"result": "3", "events": 1, "after": cells}
    assert measured(charge._replace(service=LATER), proposal) == {"result": "3", "events": 1}


def test_a_count_that_a_rate_of_tax_cuts_says_what_was_counted_before() -> None:
    """10 calls of 2013 at 19.6 %, 5 of the new year at 20 %."""
    story = Story(regime="FR")
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(1)))
    story.subscribes("s", "2013-12-15", {"calls": 1})
    story.uses("calls", "2013-12-20", 10)
    story.uses("calls", "2014-01-05", 5)
    story.bills("2014-01-15")
    (document,), (tree,) = story.documents, story.trees()
    ten, all_of_it = {"total": "10"}, {"total": "15"}
    said = {"result": "15", "events": 1}
    assert [one["usage"] for one in tree["lines"]] == [
        {**said, "after": ten, "total": all_of_it},
        {**said, "after": all_of_it, "before": ten},
    ]
    assert [line["net"] for line in document["lines"]] == [10_00, 5_00]
    assert broken(document, tree) == []
