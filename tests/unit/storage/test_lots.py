"""Lots of credit come back as they went in; one that has moved is not written over."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, Scope, Use
from solde.storage.lots import lot_from_item, lot_moved, lot_put, lot_to_item
from solde.storage.reading import CorruptItemError
from solde.storage.table import ConditionFailedError
from tests.support.model_table import ModelTable

LOT = Lot("crn_1", "cus_1", "fr", Money(50_00, "EUR"), date(2027, 6, 1))


HELD = Funds("wal_1", 50_00)
PAID = replace(
    LOT,
    id="lot_1",
    funds=replace(
        HELD,
        rank=3,
        until_on=date(2028, 1, 1),
        scope=Scope(frozenset({"usage"}), frozenset({"a", "b"}), frozenset({"S/20"})),
        tax=8_33,
        waits=1,
        lost=2,
        order="ord",
        number="A-1",
        back=3,
        tax_back=1,
        request="dep",
    ),
)


@pytest.mark.parametrize(
    "lot",
    [
        LOT,
        replace(LOT, uses=(Use("inv_1", 5_00),)),
        replace(LOT, to_refund=True),
        replace(LOT, funds=HELD),
        PAID,
    ],
)
def test_a_lot_comes_back(lot) -> None:
    assert lot_from_item(lot_to_item(lot)) == lot


def test_one_from_before_it_said_so_is_of_no_entity_and_day() -> None:
    item = {"pk": "A#cus_1", "sk": "X#pay_1", "currency": "EUR", "left": 5, "from": "pay_1"}
    assert lot_from_item(item) == Lot("pay_1", "cus_1", "", Money(5, "EUR"))
    with pytest.raises(CorruptItemError):
        lot_from_item({**item, "left": "x", "currency": None, "uses": 3})


def test_each_move_stands_on_what_was_read() -> None:
    table = ModelTable()
    table.write(lot_put(LOT))
    used = LOT.moved(-20_00).moved(20_00, "inv_1")
    table.write(lot_moved(LOT, used))
    for stale in (LOT, replace(used, uses=(Use("inv_1", 1),))):
        with pytest.raises(ConditionFailedError):
            table.write(lot_moved(stale, used))
    table.write(lot_moved(used, LOT))
    (item,) = table.items.values()
    assert lot_from_item(item) == LOT
    with pytest.raises(ConditionFailedError):
        table.write(lot_put(LOT))


def test_what_expires_is_found_by_its_day_while_anything_is_left() -> None:
    table = ModelTable()
    table.write(lot_put(PAID))
    (item,) = table.items.values()
    assert item["due_sk"] == "2028-01-01#lot_1"
    part = PAID.moved(-10_00).moved(10_00, "inv_1")
    table.write(lot_moved(PAID, part))
    (item,) = table.items.values()
    assert "due_sk" in item
    ended = part.ended()
    table.write(lot_moved(part, ended))
    (item,) = table.items.values()
    assert "due_pk" in item  # a unit waits for its payment, and expires when that has come
    assert ended.funds is not None
    whole = replace(ended, funds=replace(ended.funds, waits=0))
    table.write(lot_moved(ended, whole))
    (item,) = table.items.values()
    assert "due_pk" not in item
    assert lot_from_item(item) == whole
    assert (whole.left.minor, item["funds"]["lost"]) == (0, 40_02)


def test_what_a_note_took_back_before_its_payment_is_not_written_over() -> None:
    """It leaves `left` and `uses` as they were, so they alone would not tell."""
    table = ModelTable()
    table.write(lot_put(PAID))
    table.write(lot_moved(PAID, PAID.taken_back(1, 0)))
    with pytest.raises(ConditionFailedError):
        table.write(lot_moved(PAID, PAID.ended()))
    table.write(lot_moved(PAID.taken_back(1, 0), PAID.taken_back(1, 0).ended()))
