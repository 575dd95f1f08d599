"""Which charges share a document, and why others do not."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
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
