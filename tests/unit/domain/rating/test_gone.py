"""What was billed and is on the timeline no more goes back whole, in the words it was sold with."""

from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.ramp import RampStep
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.unit import PricingUnit, Value
from solde.domain.rating import withdrawn
from solde.domain.rating.charge import ChargeKey
from solde.domain.subscriptions import ItemsAdded, QuantityChanged
from tests.support.story import Story, day, item

D = Decimal


def story() -> Story:
    told = Story()
    told.sells("seat", ChargeKind.ADVANCE, PerUnit(D("50.00")))
    told.sells("desk", ChargeKind.ADVANCE, PerUnit(D("20.00")))
    told.subscribes("s", "2027-06-01", {"seat": 1})
    return told


def test_an_item_that_was_never_added_after_all_gives_back_what_it_cost() -> None:
    told = story()
    before = told.subscriptions["s"]
    told.changes("s", ItemsAdded(day("2027-06-16"), 1, (item("desk", 2),)))
    assert told.bills("2027-06-16") == [
        "seat 2027-06-01..2027-06-30 50.00",
        "desk 2027-06-16..2027-06-30 20.00",  # half of two at 20.00
    ]
    told.subscriptions["s"] = before
    told.dirty_from = day("2027-06-16")
    assert told.bills("2027-06-17") == ["CN desk 2027-06-16..2027-06-30 20.00"]
    assert told.bills("2027-06-18") == []


@pytest.mark.parametrize(
    ("says", "billed"),
    [
        ({"ramp": (RampStep(Flat(D("75.00")), from_on=day("2027-06-01")),)}, "75.00"),
        ({"priced_in": "credit"}, "1.00"),  # 50 of 0.02
        ({"priced_in": "fresh"}, "1.50"),  # 50 of 0.03, from 1 June on
        (
            {"ramp": (RampStep(Flat(D(75)), from_on=day("2027-06-01")),), "priced_in": "fresh"},
            "2.25",
        ),
    ],
)
def test_what_goes_back_is_what_was_said_when_it_was_billed(says, billed: str) -> None:
    """Not what its price says first, nor units as if they were money."""
    told = Story()
    for code, *later in (("credit",), ("fresh", Value("EUR", day("2027-05-10"), D("0.03")))):
        values = (Value("EUR", day("2020-01-01"), D("0.02")), *later)
        told.units[code] = PricingUnit(code, 1, code, values)
    told.sells("fee", ChargeKind.ADVANCE, Flat(D("50.00")), **says)
    told.subscribes("s", "2027-05-01", {"fee": 0})
    told.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_fee", D(1)))
    assert told.bills("2027-06-01") == [f"fee 2027-06-01..2027-06-30 {billed}"]
    told.changes("s", QuantityChanged(day("2027-06-01"), 2, "sit_fee", D(0)))
    assert told.bills("2027-06-02") == [f"CN fee 2027-06-01..2027-06-30 {billed}"]


def test_tiers_that_are_lines_go_back_each_at_its_own_price() -> None:
    """Five at 10.00 and four at 4.00, not five and four at 10.00."""
    told = Story()
    tiers = (Tier(D(5), D("10.00")), Tier(None, D("4.00")))
    told.sells("fee", ChargeKind.ADVANCE, Graduated(tiers), by_tier=True)
    told.subscribes("s", "2027-05-01", {"fee": 0})
    told.changes("s", QuantityChanged(day("2027-06-01"), 1, "sit_fee", D(9)))
    amounts = ["fee 2027-06-01..2027-06-30 50.00", "fee 2027-06-01..2027-06-30 16.00"]
    assert told.bills("2027-06-01") == amounts
    told.changes("s", QuantityChanged(day("2027-06-01"), 2, "sit_fee", D(0)))
    assert told.bills("2027-06-02") == [f"CN {one}" for one in amounts]


def test_nothing_is_proposed_for_a_key_that_is_gone() -> None:
    told = story()
    sold = told.subscriptions["s"].items[0]
    told.bills("2027-06-01")
    key = told.lines[0].key
    unknown = ChargeKey("sit_x", "desk", ChargeKind.ADVANCE, "desk", 1, key.period)
    known, other = withdrawn(dict.fromkeys((key, unknown), told.subscriptions["s"]), told.catalog())
    assert (known.key, known.item, known.stretches, known.inputs) == (key, sold, (), "")
    assert (known.price.id, known.due_on) == ("seat", day("2027-06-01"))
    assert (other.item.id, other.item.quantity, other.price.id) == ("sit_x", D(0), "desk")
