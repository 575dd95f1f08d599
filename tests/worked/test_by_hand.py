"""Worked scenario 27: what a person gives back is never billed again."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import Cancelled
from tests.support.story import Story, day


def test_27_goodwill_then_nothing_then_what_is_left_of_the_days() -> None:
    story = Story()
    story.sells("plan", ChargeKind.ADVANCE, PerUnit(Decimal(100)))
    story.subscribes("s", "2027-06-01", {"plan": 1})
    story.bills("2027-06-01")
    story.credits(0, 20_00)
    assert story.bills("2027-06-02") == ["CN plan 2027-06-01..2027-06-30 20.00"]
    story.dirty_from = day("2027-06-01")
    assert story.bills("2027-06-03") == []
    story.changes("s", Cancelled(day("2027-06-15"), 1))
    # (100.00 - 20.00) × 16/30 = 42.666…
    assert story.bills("2027-06-15") == ["CN plan 2027-06-15..2027-06-30 42.67"]
