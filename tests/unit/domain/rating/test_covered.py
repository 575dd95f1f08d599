"""The discounts of a charge stand in its inputs: those of the document do not."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Level, Offer
from solde.domain.pricing.flat import Flat
from solde.domain.rating import Terms, Window, propose
from solde.domain.subscriptions import DiscountGranted
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
