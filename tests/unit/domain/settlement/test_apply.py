"""Credit for an open invoice: the oldest first, never more than is open or there."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, OpenDocument, Scope, Use, apply_credit

INVOICE = OpenDocument("inv_1", "fr", Money(100_00, "EUR"))


def lot(name: str, minor: int, on: int = 1, **more) -> Lot:
    fields = {"entity": "fr", "left": Money(minor, "EUR"), "on": date(2027, 6, on)} | more
    return Lot(id=name, customer_id="cus_1", **fields)


def taken(lots, wanted: int | None = None) -> list[tuple[str, int]]:
    return [(one.before.id, one.minor) for one in apply_credit(INVOICE, lots, wanted)]


@pytest.mark.parametrize(
    ("lots", "wanted", "expected"),
    [
        ([lot("b", 40_00, 2), lot("a", 30_00, 1)], None, [("a", 30_00), ("b", 40_00)]),
        ([lot("a", 80_00), lot("b", 40_00, 2)], None, [("a", 80_00), ("b", 20_00)]),
        ([lot("a", 80_00), lot("b", 40_00, 2)], 50_00, [("a", 50_00)]),
        ([lot("a", 0), lot("b", 40_00, 2)], 1, [("b", 1)]),
        ([lot("a", 1), lot("b", 40_00, 2)], 2, [("a", 1), ("b", 1)]),
        ([lot("a", 60_00), lot("b", 40_00, 2)], 100_00, [("a", 60_00), ("b", 40_00)]),
        ([lot("a", 60_00), lot("b", 40_00, 2)], 60_00, [("a", 60_00)]),
        ([lot("a", 90_00, to_refund=True), lot("b", 5, 2)], None, [("b", 5)]),
        ([lot("a", 9, left=Money(9, "USD")), lot("b", 5, 2)], None, [("b", 5)]),
        ([lot("a", 9, entity="us"), lot("b", 5, 2, entity="")], None, [("b", 5)]),
    ],
)
def test_the_oldest_credit_that_fits_is_taken(lots, wanted, expected) -> None:
    assert taken(lots, wanted) == expected


def test_money_for_some_charges_or_with_its_tax_is_left_for_them() -> None:
    held = Funds("wal", 9_00)
    particular = (
        replace(held, scope=Scope(frozenset({"usage"}))),
        replace(held, tax=1_50),
        replace(held, order="ord"),
    )
    lots = [lot(f"x{at}", 9_00, funds=one) for at, one in enumerate(particular)]
    assert taken([*lots, lot("a", 5), lot("w", 9_00, 2, funds=replace(held, rank=1))]) == [
        ("w", 9_00),
        ("a", 5),
    ]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (100_01, "expected at most 10000, which is open, found 10001, a difference of 1"),
        (70_01, "expected at most 7000, which is credit, found 7001, a difference of 1"),
    ],
)
def test_more_than_is_open_or_there_is_refused(wanted: int, said: str) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        taken([lot("a", 70_00)], wanted)
    assert refused.value.pointer == "/amount"


def test_nothing_open_or_no_credit_is_a_conflict() -> None:
    with pytest.raises(StateConflictError, match="credit: expected more than 0, found 0"):
        taken([lot("a", 0)])
    paid = OpenDocument("inv_1", "fr", Money(0, "EUR"))
    with pytest.raises(StateConflictError, match="open: expected more than 0, found 0"):
        apply_credit(paid, [lot("a", 1)])
    owing = OpenDocument("inv_1", "fr", Money(1, "EUR"))
    (one,) = apply_credit(owing, [lot("a", 1)])
    assert one.minor == 1


def test_the_lot_says_what_it_has_settled() -> None:
    before = lot("a", 80_00)
    (one,) = apply_credit(INVOICE, [before], 50_00)
    assert (one.before, one.after) == (
        before,
        replace(before, left=Money(30_00, "EUR"), uses=(Use("inv_1", 50_00),)),
    )


@given(lefts=st.lists(st.integers(0, 60_00), min_size=1, max_size=5))
def test_what_leaves_the_lots_settles_the_invoice(lefts) -> None:
    lots = [lot(f"l{place}", minor, place + 1) for place, minor in enumerate(lefts)]
    if not sum(lefts):
        return
    found = apply_credit(INVOICE, lots)
    assert sum(one.minor for one in found) == min(sum(lefts), 100_00)
    for one in found:
        assert one.after.left.minor + one.after.used == one.before.left.minor
        assert one.after.left.minor >= 0
