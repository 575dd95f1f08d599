"""Tax: a rate that changes inside a period, and what is issued already."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import DiscountGranted
from solde.domain.tax import Regime
from solde.domain.tax.rates import Rate
from tests.support.story import Story, day

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


def inclusive(quantity: int = 1, percent_off: int = 0) -> dict:
    """Sell at 9.99 with 20 % of tax inside; return the closed document."""
    story = Story(regime="FR")
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")), tax_included=True)
    story.subscribes("s", "2027-06-01", {"seat": quantity})
    if percent_off:
        offer = Offer("Ten", Discount(percent=D(percent_off)))
        grant = Grant("g", offer, day("2027-06-01"))
        story.changes("s", DiscountGranted(day("2027-06-01"), 1, grant))
    story.bills("2027-06-01")
    return dict(story.documents[0])


@pytest.mark.parametrize(
    ("sold", "net", "tax", "rounding", "gross"),
    [
        ({}, 8_33, 1_67, -1, 9_99),  # 9.99 ÷ 1.2 = 8.325; 8.33 × 0.2 = 1.666
        ({"percent_off": 10}, 7_49, 1_50, 0, 8_99),  # 9.99 less 1.00; 8.99 ÷ 1.2 = 7.4916
        ({"quantity": 3}, 24_98, 5_00, -1, 29_97),  # 29.97 ÷ 1.2 = 24.975
    ],
)
def test_13_prices_that_include_tax(sold, net: int, tax: int, rounding: int, gross: int) -> None:
    totals = inclusive(**sold)["totals"]
    found = (totals["net"], totals["tax"], totals["rounding"], totals["gross"])
    assert found == (net, tax, rounding, gross)
