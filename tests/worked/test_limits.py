"""Commitments and caps of a month."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from tests.support.story import Story

D = Decimal


def test_10_a_commitment_and_late_usage() -> None:
    story = Story()
    story.sells("calls", ChargeKind.USAGE, PerUnit(D("1.00")))
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("300.00")))
    story.subscribes("s", "2027-06-01", {"calls": 1, "least": 1})
    story.uses("calls", "2027-06-10", 240)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-30 240.00",
        "least 2027-06-01..2027-06-30 60.00",
    ]
    story.uses("calls", "2027-06-20", 40)
    assert story.bills("2027-07-02") == [
        "calls 2027-06-01..2027-06-30 40.00",
        "least 2027-06-01..2027-06-30 -40.00",
    ]
    assert story.last_totals() == [("invoice", 0, 0, 0)]


def test_29_free_units_are_whole_and_limits_are_prorated() -> None:
    """From the 15th, 16 of 30 days: 300.00 are 160.00, and 60.00 are 32.00."""
    story = Story()
    free = Graduated((Tier(D(50), D(0)), Tier(None, D("1.00"))))
    story.sells("calls", ChargeKind.USAGE, free)
    story.sells("least", ChargeKind.COMMITMENT, Flat(D("300.00")))
    story.sells("most", ChargeKind.CAP, Flat(D("60.00")))
    story.subscribes("s", "2027-06-15", {"calls": 1, "least": 1}, anchor="2027-06-01")
    story.subscribes("t", "2027-06-15", {"calls": 1, "most": 1}, anchor="2027-06-01")
    story.uses("calls", "2027-06-20", 90)
    assert story.bills("2027-07-01") == [
        "calls 2027-06-15..2027-06-30 40.00",  # 90 less 50 free
        "least 2027-06-15..2027-06-30 120.00",  # 160.00 - 40.00
        "calls 2027-06-15..2027-06-30 32.00",  # 40.00, at most 32.00
    ]
