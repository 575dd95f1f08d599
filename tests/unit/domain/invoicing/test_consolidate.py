"""Which charges share a document, and why others do not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.consolidate import Group, GroupKey
from solde.domain.pricing.flat import Flat
from tests.support.story import Story


def test_subscriptions_with_other_terms_are_billed_apart_and_say_so() -> None:
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("10.00")))
    story.subscribes("a", "2027-06-01", {"fee": 1}, terms_days=30)
    story.subscribes("b", "2027-06-01", {"fee": 1}, terms_days=45)
    story.subscribes("c", "2027-06-01", {"fee": 1})  # the entity's 30 days
    story.bills("2027-06-01")
    assert [
        ([line["subscription"]["external_id"] for line in one["lines"]], one["group"]["apart"])
        for one in story.documents
    ] == [(["a", "c"], ""), (["b"], "terms_days")]
    assert [one["terms"]["days"] for one in story.documents] == [30, 45]


def test_groups_are_billed_apart_by_choice() -> None:
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("10.00")))
    story.subscribes("a", "2027-06-01", {"fee": 1}, group="Lyon")
    story.subscribes("b", "2027-06-01", {"fee": 1})
    story.subscribes("c", "2027-06-01", {"fee": 1}, group="Lyon")
    story.subscribes("d", "2027-06-01", {"fee": 1}, collection="charge")
    story.bills("2027-06-01")
    assert [
        ([line["subscription"]["external_id"] for line in one["lines"]], one["group"]["apart"])
        for one in story.documents
    ] == [(["a", "c"], ""), (["b"], "group"), (["d"], "collection")]


def test_a_subscription_is_collected_as_its_customer_unless_it_says_otherwise() -> None:
    story = Story()
    story.customer = replace(story.customer, collection="charge", terms_days=14)
    story.sells("fee", ChargeKind.ADVANCE, Flat(Decimal("10.00")))
    story.subscribes("a", "2027-06-01", {"fee": 1})
    story.subscribes("b", "2027-06-01", {"fee": 1}, collection="send", terms_days=0)
    story.bills("2027-06-01")
    assert [one["terms"] for one in story.documents] == [
        {"days": 14, "collection": "charge"},
        {"days": 0, "collection": "send"},
    ]


SAME = GroupKey("e", "cus_1", "EUR", 30, "send", "FR")


@pytest.mark.parametrize(
    ("other", "first"),
    [
        ({}, ""),
        ({"group": "Lyon"}, "group"),
        ({"tax_regime": "none", "group": "Lyon"}, "tax_regime"),
        ({"collection": "charge", "tax_regime": "none"}, "collection"),
        ({"terms_days": 31, "collection": "charge"}, "terms_days"),
        ({"currency": "USD", "terms_days": 31}, "currency"),
        ({"customer": "cus_2", "currency": "USD"}, "customer"),
        ({"entity": "f", "customer": "cus_2"}, "entity"),
    ],
)
def test_the_first_key_that_differs_is_told(other: dict, first: str) -> None:
    assert SAME.first_difference(SAME._replace(**other)) == first
    assert (SAME.group, Group(SAME, ()).apart) == ("", "")
