"""What goes back of each original, and the tax that went back before (R14)."""

from decimal import Decimal
from typing import Any, cast

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.explanation.back import backs as backs_of
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.taken import Back, Taken
from solde.domain.money import Money
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled
from solde.domain.tax import Regime, Treatment
from solde.domain.tax.rates import Rate
from tests.support.second_opinion import broken
from tests.support.story import Story, day

D = Decimal
TWENTY = Regime("X", 1, {"standard": (Rate(day("2020-01-01"), D(20), "S", "test"),)})


def taken_back(*days: str, says: dict[str, Any] | None = None, **price: Any) -> Story:
    """Bill three seats at 33.33 for June, and end them one after the other."""
    story = Story(regime=TWENTY, says=says or {})
    for name in "abc"[: len(days)]:
        story.sells(name, ChargeKind.ADVANCE, PerUnit(D("33.33")), **price)
        story.subscribes(name, "2027-06-01", {name: 1})
    story.bills("2027-06-01")
    for name, on in zip("abc", days, strict=False):
        story.changes(name, Cancelled(day(on), 1))
        story.bills(on)
    return story


def backs(story: Story) -> list[dict[str, Any]]:
    for document, tree in zip(story.documents, story.trees(), strict=True):
        assert broken(document, tree) == []
    return [one for tree in story.trees() for one in tree.get("back", ())]


def test_tax_is_counted_up_over_all_that_was_taken_back() -> None:
    """20 of 30 days of 33.33 are 22.22, and 15 of 30 are 16.665: 4.444 and 7.776… less 4.44."""
    story = taken_back("2027-06-11", "2027-06-16")
    said = {"original": "inv_1", "rate": "S/20"}
    assert backs(story) == [
        {**said, "before": 0, "base": 22_22, "tax_before": 0},
        {**said, "before": 22_22, "base": 16_66, "tax_before": 4_44},
    ]
    assert [one["totals"]["tax"] for one in story.documents] == [13_33, 4_44, 3_34]


def test_what_was_supplied_is_told_where_tax_per_line_goes_back_in_proportion() -> None:
    """Three lines of 33.33 have 6.67 of tax each: 20.01; 22.22 of 99.99 are 4.446…"""
    story = taken_back("2027-06-11", "2027-06-11", "2027-06-11", says={"tax_level": "line"})
    first = backs(story)[0]
    assert (first["charged"], first["supplied"], first["tax_before"]) == (20_01, 99_99, 0)
    assert story.documents[1]["totals"]["tax"] == 4_45


def test_of_prices_with_tax_what_is_told_is_with_tax() -> None:
    """22.22 with 20 % of tax: 18.52 and 3.70."""
    story = taken_back("2027-06-11", tax_included=True)
    (one,) = backs(story)
    assert (one["base"], one["before"], one["tax_before"]) == (22_22, 0, 0)
    assert story.documents[1]["totals"]["tax"] == 3_70


def told(supplied: dict[str, dict[str, int]], **more: Any) -> dict[str, Any]:
    """Tell a note that takes 10.00 of an original, of which 25.00 went back before."""
    taken = Taken(supplied, {}, more.pop("charged", {}))
    money = (Money(minor, "EUR") for minor in (10_00, 2_00, 5_00))
    one = Back("inv_1", Treatment("S", D("20.00")), 25_00, *money, **more)
    draft = Draft(
        "credit_note", cast("Any", None), (), (), Money(0, "EUR"), Money(0, "EUR"), (one,)
    )
    (found,) = backs_of(draft, taken)
    return found


SAID = {"original": "inv_1", "rate": "S/20", "before": 25_00, "base": 10_00, "tax_before": 5_00}
BY_LINE = {"inv_1": {"S/20": 6_99}}


@pytest.mark.parametrize(
    ("supplied", "more", "beside"),
    [
        ({}, {}, {}),  # nothing is known of what it supplied
        ({"inv_1": {"S/5.5": 1}}, {}, {}),  # nothing at this rate
        ({"inv_1": {"S/20": 35_00}}, {}, {}),  # 35.00 in all are what it supplied
        ({"inv_1": {"S/20": 34_99}}, {}, {"supplied": 34_99}),  # a cent is beyond it
        (
            {"inv_1": {"S/20": 50_00}},
            {"charged": BY_LINE},
            {"charged": 6_99, "supplied": 50_00},
        ),
        ({"inv_1": {"S/20": 0}}, {"charged": BY_LINE}, {"supplied": 0}),
        ({"inv_2": {"S/20": 50_00}}, {"charged": BY_LINE}, {}),
    ],
)
def test_what_was_supplied_is_told_where_it_takes_part(supplied, more, beside) -> None:
    assert told(supplied, **more) == SAID | beside


def test_with_tax_it_is_that_which_counts() -> None:
    supplied = {"inv_1": {"S/20": 36_99}}
    whole = told(supplied, charged=BY_LINE, gross=Money(12_00, "EUR"))
    assert whole == SAID | {"base": 12_00, "supplied": 36_99}
