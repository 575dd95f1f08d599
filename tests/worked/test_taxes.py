"""Tax: a rate that changes inside a period, and what is issued already."""

from datetime import date
from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.tax import Regime
from solde.domain.tax.rates import Rate
from tests.support.story import Story

D = Decimal
DEARER = Regime(
    "XX",
    1,
    {
        "standard": (
            Rate(date(2020, 1, 1), D(20), "made up"),
            Rate(date(2027, 1, 1), D(21), "made up"),
        )
    },
)
"""20 % until the end of 2026, then 21 %."""


def sold() -> Story:
    """31.00 for 15 December to 14 January: 1.00 a day, 17 of them in December."""
    story = Story(regime=DEARER)
    story.sells("basic", ChargeKind.ADVANCE, Flat(D("31.00")))
    story.subscribes("s", "2026-12-15", {"basic": 1})
    return story


def test_03_what_is_entered_late_is_split_where_the_rate_changes() -> None:
    story = sold()
    assert story.bills("2027-01-10") == [
        "basic 2026-12-15..2026-12-31 17.00",
        "basic 2027-01-01..2027-01-14 14.00",
    ]
    (document,) = story.documents
    taxes = [(one["rate"], one["base"], one["tax"]) for one in document["taxes"]]
    assert taxes == [("20", 17_00, 3_40), ("21", 14_00, 2_94)]


def test_03_what_is_issued_already_keeps_its_rate() -> None:
    story = sold()
    story.regime = Regime("XX", 0, {"standard": DEARER.classes["standard"][:1]})
    assert story.bills("2026-12-15") == ["basic 2026-12-15..2027-01-14 31.00"]
    assert story.last_totals() == [("invoice", 31_00, 6_20, 37_20)]
    story.regime = DEARER
    story.dirty_from = date(2026, 12, 15)
    assert story.bills("2027-01-10") == []
