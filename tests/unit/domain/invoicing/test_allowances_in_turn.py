"""Amounts and percentages that meet several documents and periods: what is used is used once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.invoicing.allowances import in_turn
from solde.domain.invoicing.consolidate import Group, GroupKey
from solde.domain.money import Money
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged, Subscription
from tests.support.story import Story, day
from tests.unit.domain.invoicing.test_expression import SUBSCRIPTION, charge

D = Decimal


@pytest.fixture
def story() -> Story:
    told = Story(regime="FR")
    told.sells("a", ChargeKind.ADVANCE, Flat(D("33.33")))
    told.sells("b", ChargeKind.ADVANCE, Flat(D("66.67")))
    told.sells("c", ChargeKind.ADVANCE, Flat(D("49.99")), tax_class="reduced")
    told.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    return told


def grants(story: Story, name: str, minor: int = 0, percent: int = 0, rank: int = 0, **of) -> None:
    amount = None if percent else Money(minor, "EUR")
    discount = Discount(D(percent) if percent else None, amount, rank)
    offer = Offer(name, discount, Level.DOCUMENT, **of)
    story.grants.append(Grant(name, offer, day("2027-06-01")))


def taken(story: Story) -> dict[str, list[tuple[str, int]]]:
    """Return what was taken off each document, by its first subscription."""
    return {
        one["lines"][0]["subscription"]["external_id"]: [
            (each["name"], each["amount"]) for each in one.get("allowances", ())
        ]
        for one in story.documents
    }


def test_a_percentage_is_of_all_lines_together(story: Story) -> None:
    grants(story, "tenth", percent=10)
    story.subscribes("s", "2027-06-01", {"a": 1, "b": 1, "c": 1})
    story.bills("2027-06-01")
    # 10 % of 149.99: 10.00 of 100.00 at 20 %, 5.00 of 49.99 at 5.5 %
    shares = [line["allowances"][0]["amount"] for line in story.documents[0]["lines"]]
    assert shares == [3_33, 6_67, 5_00]


@pytest.mark.parametrize(
    ("minor", "x", "y"),
    [
        (40_00, 33_33, 6_67),
        (20_00, 20_00, 0),
        (33_33, 33_33, 0),
        (33_34, 33_33, 1),
        (100_00, 33_33, 66_67),
        (200_00, 33_33, 66_67),
    ],
)
def test_what_one_document_has_taken_the_next_has_not(story: Story, minor, x, y) -> None:
    grants(story, "amount", minor)
    story.subscribes("y", "2027-06-01", {"b": 1}, terms_days=10)
    story.subscribes("x", "2027-06-01", {"a": 1}, terms_days=20)
    story.bills("2027-06-01")
    assert taken(story) == {"x": [("amount", x)], "y": [("amount", y)] if y else []}


def test_a_document_that_is_free_uses_nothing_up(story: Story) -> None:
    grants(story, "free", percent=100, components=frozenset({"a"}))
    grants(story, "amount", 20_00, rank=1)
    story.subscribes("x", "2027-06-01", {"a": 1}, terms_days=20)
    story.subscribes("y", "2027-06-01", {"b": 1}, terms_days=10)
    story.bills("2027-06-01")
    assert taken(story) == {"x": [("free", 33_33)], "y": [("amount", 20_00)]}


@pytest.mark.parametrize("carry", [False, True])
def test_an_amount_that_is_used_up_takes_nothing_of_later_documents(story: Story, carry) -> None:
    grants(story, "amount", 33_33, carry=carry)
    story.subscribes("s", "2027-06-01", {"a": 1, "calls": 1})
    story.bills("2027-06-01")
    story.changes("s", QuantityChanged(day("2027-07-01"), 1, "sit_a", D(0)))
    story.uses("calls", "2027-06-10", 5)
    story.bills("2027-07-01")
    assert [one["totals"].get("allowances", 0) for one in story.documents] == [33_33, 0]


def test_what_is_carried_of_one_is_not_of_the_other(story: Story) -> None:
    grants(story, "first", 30_00, carry=True)
    grants(story, "second", 10_00, rank=1, carry=True)
    story.subscribes("s", "2027-06-01", {"a": 1})
    story.bills("2027-06-01")
    # 33.33: 30.00 and 3.33, so that 6.67 of the second are left; July: 30.00 and 3.33 of 16.67
    story.bills("2027-07-01")
    found = [[(x["name"], x["amount"]) for x in one["allowances"]] for one in story.documents]
    assert found == [[("first", 30_00), ("second", 3_33)]] * 2


def test_documents_come_in_turn_by_currency_and_lowest_subscription() -> None:
    def group(code: str, *subscriptions: str) -> Group:
        key = GroupKey("e", "c", code, 30, "send", "FR")
        one = charge(Flat(D(1)), 1, 1_00, code=code)
        named = [one._replace(subscription=_named(name)) for name in subscriptions]
        return Group(key, tuple(named))

    groups = [group("USD", "a"), group("EUR", "d", "b"), group("EUR", "c")]
    assert in_turn(groups) == [1, 2, 0]
    assert in_turn(groups, {0, 2}) == [2, 0]
    assert in_turn(groups, ()) == []


def _named(identity: str) -> Subscription:
    return replace(SUBSCRIPTION, id=identity)
