"""Whole trees: what they say of late usage, of a price that changes, of credits; and no more."""

from decimal import Decimal
from typing import Any

import pytest

from solde.domain.catalog import Applies, ChargeKind
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.subscriptions import Cancelled
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal
JUNE = {"start_on": "2027-06-01", "end_on": "2027-07-01"}
MADE = {"schema": 2, "engine": "1"}


def last(story: Story) -> dict[str, Any]:
    tree = dict(story.trees()[-1])
    assert broken(story.documents[-1], tree) == []
    return tree


def test_late_usage_is_what_it_is_worth_now_less_what_was_billed() -> None:
    """5 calls at 1.00 were billed; 2 more come."""
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D(1)))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-10", 5)
    story.bills("2027-07-01")
    story.uses("calls", "2027-06-11", 2)
    story.bills("2027-07-02")
    before = {"exact": "5", "gross": 5_00}
    usage = {"result": "7", "events": 2, "after": {"total": "7"}}
    assert last(story) == {
        **MADE,
        "lines": [{"how": "difference", "tariff": 0, "key": 0, "before": before}],
        "tariffs": [
            {"price": "calls", "version": 1, "proration": "day", "model": "perunit", "amount": "1"}
        ],
        "keys": [
            {
                "now": [{**JUNE, "rows": [["7", "1"]], "usage": usage}],
                "billed": [["inv_1", "5", 5_00]],
                "elsewhere": [],
                "untold": [],
            }
        ],
    }


@pytest.mark.parametrize(
    ("model", "first", "exact"),
    [
        # 4 × 1.00 and 0.50; then 3 × 0.60
        (Graduated, {}, ["4.5", "1.8"]),
        # the band of 8 counts for all: 5 × 0.50, then 3 × 0.60
        (Volume, {"total": {"total": "8"}}, ["2.5", "1.8"]),
    ],
)
def test_a_price_that_changes_within_a_count_says_what_was_counted_before(
    model, first, exact
) -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, model((Tier(D(4), D(1)), Tier(None, D("0.50")))))
    story.subscribes("s", "2027-06-01", {"calls": 1})
    story.uses("calls", "2027-06-10", 5)
    story.uses("calls", "2027-06-20", 3)
    dearer = model((Tier(D(4), D(2)), Tier(None, D("0.60"))))
    story.publishes("calls", dearer, "2027-06-16", Applies.EXISTING)
    story.bills("2027-07-01")
    tree = last(story)
    told = [{name: one["usage"].get(name) for name in USAGE} for one in tree["lines"]]
    assert told == [
        {"after": {"total": "5"}, "before": None, "total": first.get("total")},
        {"after": {"total": "8"}, "before": {"total": "5"}, "total": None},
    ]
    assert [one["tariff"] for one in tree["lines"]] == [0, 1]
    assert [line["exact"] for line in story.documents[-1]["lines"]] == exact


USAGE = ("after", "before", "total")


def test_a_credit_by_hand_stands_beside_its_price() -> None:
    """100.00 less 20.00; half of the month is not used: 50.00 less 10.00 go back."""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D(100)))
    story.subscribes("s", "2027-06-01", {"seat": 1})
    story.bills("2027-06-01")
    story.credits(0, 20_00)
    story.bills("2027-06-02")
    assert last(story)["lines"] == [{"how": "credit", "tariff": 0, "key": 0}]
    story.changes("s", Cancelled(day("2027-06-16"), 1))
    story.bills("2027-06-16")
    tree = last(story)
    before = {"exact": "100", "gross": 100_00}
    assert tree["lines"] == [{"how": "difference", "tariff": 0, "key": 0, "before": before}]
    (key,) = tree["keys"]
    half = {"start_on": "2027-06-01", "end_on": "2027-06-16"}
    assert key["now"] == [{**half, "share": "1/2", "rows": [["1", "100"]], "units": "1"}]
    assert key["billed"] == [["inv_1", "100", 100_00], ["inv_2", "0", 0]]
    (credit,) = key["credits"]
    assert (credit["stands"], credit["billed"]) == ("1/2", [["inv_2", "-20", -20_00]])
    assert credit["before"] == {"exact": "30", "gross": 30_00}
    assert tree["back"] == [
        {"original": "inv_1", "rate": "O/0", "before": 20_00, "base": 40_00, "tax_before": 0}
    ]
    assert tree.keys() == {*MADE, "lines", "tariffs", "keys", "back"}
