"""Quantities, devices and add-ons: made from what the subscription is when they are entered."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError, SoldeError, StateConflictError
from solde.domain.subscriptions import Item, ItemsAdded, QuantityChanged
from solde.domain.subscriptions.effect import Moment
from solde.workflows.changes import Added, Which, add_item, change_quantity
from tests.support.desk import Desk

D = Decimal
DAY, JULY = date(2013, 6, 15), date(2013, 7, 1)
SEAT = Which("seat")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def sold(desk: Desk):
    """Three seats and a fee, by calendar month from 1 June."""
    return desk.subscribes("2013-06-01")


def last(desk: Desk, sold, make, on: str = "2013-06-15"):
    return desk.changes(sold, make, on).changes[-1]


@pytest.mark.parametrize(
    ("quantity", "when", "on"),
    [
        (5, None, DAY),  # more counts at once
        (3, None, DAY),  # as much, too
        (2, None, JULY),  # less at the end of the period
        (5, Moment.AT_PERIOD_END, JULY),
        (2, Moment.AT_ONCE, DAY),
        (2, date(2013, 6, 20), date(2013, 6, 20)),
        (5, date(2013, 6, 10), date(2013, 6, 10)),  # entered late
    ],
)
def test_from_which_day_a_quantity_counts(desk: Desk, sold, quantity: int, when, on: date) -> None:
    found = last(desk, sold, change_quantity(SEAT, D(quantity), when))
    assert found == QuantityChanged(on, 1, sold.items[0].id, D(quantity))


def test_less_than_on_the_day_it_is_entered_is_less(desk: Desk, sold) -> None:
    """Five from the 10th: four on the 15th are fewer, though three were agreed."""
    desk.changes(sold, change_quantity(SEAT, D(5), date(2013, 6, 10)), "2013-06-10")
    found = last(desk, sold, change_quantity(SEAT, D(4), None))
    assert (found.effective_on, found.sequence) == (JULY, 2)


@pytest.mark.parametrize(
    ("which", "pointer", "said"),
    [
        (
            Which("desk"),
            "/component",
            r"expected one of \['fee', 'seat'\] with one item on 2013-06-15, found 'desk' with 0",
        ),
        (Which(item_id="sit_x"), "/item", "item: expected one of .* found 'sit_x'"),
        (Which(item_id="ext:"), "/item", "found 'ext:'"),  # nothing has an empty name
    ],
)
def test_an_item_that_is_not_there_is_refused(desk: Desk, sold, which, pointer, said) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        last(desk, sold, change_quantity(which, D(1), None))
    assert refused.value.pointer == pointer


def device(reference: str = "", component: str = "seat", price: str = "") -> Added:
    return Added(component, D(1), "Device", price, reference)


def test_a_device_has_the_price_of_its_component_and_its_own_start(desk: Desk, sold) -> None:
    found = last(desk, sold, add_item(device("D-1"), DAY, desk.context.new_id))
    assert isinstance(found, ItemsAdded)
    (item,) = found.started
    assert found.effective_on == DAY
    assert item == Item(item.id, "seat", "team_seat", D(1), "Device", "D-1")
    assert item.id not in {one.id for one in sold.items}


def test_of_several_items_one_is_meant_by_its_id_or_name(desk: Desk, sold) -> None:
    found = last(desk, sold, add_item(device("D-1"), DAY, desk.context.new_id))
    (item,) = found.started
    with pytest.raises(InvalidError, match="found 'seat' with 2"):
        last(desk, sold, change_quantity(SEAT, D(5), None))
    for name in (item.id, "ext:D-1"):
        changed = last(desk, sold, change_quantity(Which(item_id=name), D(5), None))
        assert changed.item_id == item.id


def test_an_add_on_has_a_price_of_the_catalog_in_the_same_currency(desk: Desk, sold) -> None:
    make = add_item(device(component="extra", price="firm_fee"), DAY, desk.context.new_id)
    (item,) = last(desk, sold, make).started
    assert (item.component, item.price_id) == ("extra", "firm_fee")


@pytest.mark.parametrize(
    ("added", "error", "pointer", "said"),
    [
        (device(component="x"), InvalidError, "/component", "or a price, found 'x'"),
        (device(price="dollars"), InvalidError, "/price", "expected one in EUR, found USD"),
        (device(price="none"), SoldeError, None, "found 'none'"),
        (device("D-1"), StateConflictError, "/external_id", "not in use, found 'D-1'"),
    ],
)
def test_what_cannot_be_added_is_refused(desk: Desk, sold, added, error, pointer, said) -> None:
    desk.changes(sold, add_item(device("D-1"), DAY, desk.context.new_id), "2013-06-10")
    sells_in_dollars(desk)
    with pytest.raises(error, match=said) as refused:
        last(desk, sold, add_item(added, DAY, desk.context.new_id))
    if pointer:
        assert refused.value.pointer == pointer


def sells_in_dollars(desk: Desk) -> None:
    from dataclasses import replace  # noqa: PLC0415 - of this alone

    euros = desk.seller.catalog.get("price", "team_seat")
    desk.seller.catalog.put(replace(euros, id="dollars", currency="USD"))
