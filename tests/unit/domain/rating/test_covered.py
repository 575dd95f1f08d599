"""The discounts of a charge stand in its inputs: those of the document do not."""

from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import Terms, Window, propose
from solde.domain.subscriptions import Cancelled, DiscountGranted, QuantityChanged
from solde.domain.tax import SHIPPED
from tests.support.story import Story, day


@pytest.fixture
def story() -> Story:
    told = Story()
    told.sells("basic", ChargeKind.ADVANCE, Flat(Decimal("100.00")))
    told.subscribes("s", "2027-06-01", {"basic": 1})
    return told


def proposed(story: Story):
    window = Window(day("2027-05-31"), day("2027-06-30"))
    catalog = story.catalog()
    (found,) = propose(
        story.subscriptions["s"], window, Terms(catalog, SHIPPED["none"], story._measured)
    )
    return found


def test_a_discount_of_the_line_changes_the_inputs(story: Story) -> None:
    plain = proposed(story)
    offer = Offer("Ten", Discount(percent=Decimal(10)))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, Grant("g", offer, day("2027-06-01"))))
    found = proposed(story)
    assert [one.id for one in found.discounts] == ["g"]
    assert found.inputs != plain.inputs


def test_another_period_or_another_level_leaves_them(story: Story) -> None:
    plain = proposed(story)
    offer = Offer("Ten", Discount(percent=Decimal(10)), Level.DOCUMENT)
    later = Offer("Ten", Discount(percent=Decimal(10)))
    story.changes("s", DiscountGranted(day("2027-06-01"), 1, Grant("g", offer, day("2027-06-01"))))
    story.changes("s", DiscountGranted(day("2027-06-02"), 2, Grant("h", later, day("2027-06-02"))))
    found = proposed(story)
    assert found.discounts == ()
    assert found.inputs == plain.inputs


@pytest.fixture
def many() -> Story:
    told = Story()
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(Decimal("10.00")))
    told.sells("calls", ChargeKind.USAGE, PerUnit(Decimal("1.00")))
    told.sells("support", ChargeKind.ADVANCE, Flat(Decimal("50.00")), tax_class="reduced")
    return told


def tenth(story: Story, **conditions) -> None:
    offer = Offer("Ten", Discount(percent=Decimal(10)), **conditions)
    story.grants.append(Grant("g", offer, day("2027-06-01")))


def test_a_volume_is_that_of_the_day_on_which_the_period_begins(many: Story) -> None:
    tenth(many, from_quantity=Decimal(5), components=frozenset({"seat"}))
    many.subscribes("s", "2027-06-01", {"seat": 4})
    assert many.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 40.00"]
    many.changes("s", QuantityChanged(day("2027-06-16"), 1, "sit_seat", Decimal(6)))
    assert many.bills("2027-06-16") == ["seat 2027-06-16..2027-06-30 10.00"]
    assert many.bills("2027-07-01") == ["seat 2027-07-01..2027-07-31 54.00"]  # 60.00 - 6.00
    many.changes("s", QuantityChanged(day("2027-07-17"), 2, "sit_seat", Decimal(4)))
    # 2 seats of 9.00 for 15 of 31 days: 17.42 of 18.00 is kept for 16: 8.71
    assert many.bills("2027-07-17") == ["CN seat 2027-07-17..2027-07-31 8.71"]


def test_the_volume_of_usage_is_that_of_its_whole_period(many: Story) -> None:
    tenth(many, from_quantity=Decimal(100), components=frozenset({"calls"}))
    many.subscribes("s", "2027-06-01", {"calls": 1})
    many.uses("calls", "2027-06-10", 95)
    assert many.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 95.00"]
    many.uses("calls", "2027-06-11", 5)
    # 100.00 less 10.00 are 90.00, of which 95.00 were billed
    found = many.bills("2027-07-02")
    assert sum(line.net.minor for line in many.lines) == 90_00, found
    assert many.bills("2027-07-03") == []


def test_the_volume_of_usage_counts_through_the_prices_of_a_period(many: Story) -> None:
    tenth(many, from_quantity=Decimal(100))
    many.subscribes("s", "2027-06-01", {"calls": 1})
    many.uses("calls", "2027-06-10", 60)
    many.uses("calls", "2027-06-20", 40)
    many.publishes("calls", PerUnit(Decimal("2.00")), "2027-06-16", Applies.EXISTING)
    assert many.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-15 54.00",  # 60 × 1.00 less 6.00
        "calls 2027-06-16..2027-06-30 72.00",  # 40 × 2.00 less 8.00
    ]


def test_a_bundle_is_of_all_that_the_customer_has(many: Story) -> None:
    tenth(many, together=frozenset({"standard", "reduced"}), components=frozenset({"seat"}))
    many.subscribes("s", "2027-06-01", {"seat": 4})
    assert many.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 40.00"]
    many.subscribes("t", "2027-06-10", {"support": 1}, anchor="2027-06-01")
    assert many.bills("2027-06-10") == ["support 2027-06-10..2027-06-30 35.00"]  # 21 of 30 days
    assert many.bills("2027-07-01")[0] == "seat 2027-07-01..2027-07-31 36.00"
    many.changes("t", Cancelled(day("2027-07-10"), 1))
    many.bills("2027-07-10")
    assert many.bills("2027-08-01") == ["seat 2027-08-01..2027-08-31 40.00"]
