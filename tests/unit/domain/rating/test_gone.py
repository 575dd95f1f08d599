"""What was billed and is on the timeline no more goes back whole, in the words it was sold with."""

from decimal import Decimal

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating import withdrawn
from solde.domain.rating.charge import ChargeKey
from solde.domain.subscriptions import ItemsAdded
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
