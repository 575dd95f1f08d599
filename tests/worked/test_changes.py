"""Changes of a subscription: June has 30 days, and on the 15th 16 are left."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import PlanChanged, QuantityChanged
from tests.support.story import Story, day, item

D = Decimal


def seats() -> Story:
    """Three seats at 9.99 a month, paid for June: 29.97."""
    story = Story()
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    story.subscribes("s", "2027-06-01", {"seat": 3})
    assert story.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 29.97"]
    return story


def to(quantity: int, on: str, sequence: int) -> QuantityChanged:
    return QuantityChanged(day(on), sequence, "sit_seat", D(quantity))


def test_02_more_seats_at_once_and_fewer_at_the_end_of_the_period() -> None:
    story = seats()
    story.changes("s", to(5, "2027-06-15", 1))
    story.changes("s", to(3, "2027-07-01", 2))  # asked for at 15:00, effective at period end
    # 2 × 9.99 × 16/30 = 10.656
    assert story.bills("2027-06-15") == ["seat 2027-06-15..2027-06-30 10.66"]
    assert story.bills("2027-07-01") == ["seat 2027-07-01..2027-07-31 29.97"]  # 3 × 9.99


def test_02_the_last_state_of_a_day_is_billed() -> None:
    story = seats()
    story.changes("s", to(5, "2027-06-15", 1))
    story.changes("s", to(3, "2027-06-15", 2))
    assert story.bills("2027-06-15") == []


def dearer(kind: ChargeKind) -> Story:
    story = Story()
    story.sells("old", kind, Flat(D("100.00")))
    story.sells("new", kind, Flat(D("110.00")))
    story.subscribes("s", "2027-06-01", {"old": 1})
    return story


def dearer_from_the_15th(story: Story) -> None:
    change = PlanChanged(day("2027-06-15"), 1, "p", ("sit_old",), (item("new"),))
    story.changes("s", change)


def test_22_a_dearer_price_when_the_first_part_is_invoiced() -> None:
    story = dearer(ChargeKind.ADVANCE)
    assert story.bills("2027-06-01") == ["old 2027-06-01..2027-06-30 100.00"]
    dearer_from_the_15th(story)
    assert story.bills("2027-06-15") == [
        "old 2027-06-15..2027-06-30 -53.33",  # 100.00 × 16/30 = 53.333…
        "new 2027-06-15..2027-06-30 58.67",  # 110.00 × 16/30 = 58.666…
    ]
    assert story.last_totals() == [("invoice", 5_34, 0, 5_34)]


def test_22_a_dearer_price_in_arrears() -> None:
    story = dearer(ChargeKind.ARREARS)
    dearer_from_the_15th(story)
    assert story.bills("2027-07-01") == [
        "old 2027-06-01..2027-06-14 46.67",  # 100.00 × 14/30 = 46.666…
        "new 2027-06-15..2027-06-30 58.67",
    ]
    assert story.last_totals() == [("invoice", 105_34, 0, 105_34)]  # 100.00 + 5.34


def test_25_half_a_period_is_given_back_by_days() -> None:
    story = dearer(ChargeKind.ADVANCE)
    story.bills("2027-06-01")
    dearer_from_the_15th(story)
    story.bills("2027-06-15")
    lines = {line["component"]: line["expression"] for line in story.documents[-1]["lines"]}
    # −16 × 100.00 ÷ 30 = −53.33 and 16 × 110.00 ÷ 30 = 58.67
    days = {"unit": "DAY", "base_quantity": 30}
    assert lines["old"] == {"quantity": "-16", "price": "100", **days}
    assert lines["new"] == {"quantity": "16", "price": "110", **days}
