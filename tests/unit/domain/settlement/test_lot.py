"""A lot of credit: left and used, and never below nothing."""

from datetime import date

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.money import Money
from solde.domain.settlement import Funds, Lot, Scope, Source, Use

LOT = Lot("crn_1", "cus_1", "fr", Money(50_00, "EUR"), uses=(Use("inv_1", 20_00),))


def test_what_moves_is_added_to_the_rest_or_to_a_use() -> None:
    assert LOT.moved(-10_00).left == Money(40_00, "EUR")
    assert LOT.moved(5_00, "inv_1").uses == (Use("inv_1", 25_00),)
    assert LOT.moved(5_00, "inv_2").uses == (Use("inv_1", 20_00), Use("inv_2", 5_00))
    assert LOT.moved(-20_00, "inv_1").uses == ()
    assert (LOT.used, LOT.moved(-20_00, "inv_1").used) == (20_00, 0)


def test_it_settles_invoices_where_nobody_says_that_it_waits_for_a_refund() -> None:
    assert not LOT.to_refund


@pytest.mark.parametrize(
    ("minor", "invoice", "found"),
    [(-50_01, "", -1), (-20_03, "inv_1", -3), (-1, "inv_2", -1)],
)
def test_what_is_not_there_cannot_be_taken(minor, invoice, found) -> None:
    said = f"^credit crn_1: expected 0 or more, found {found}$"
    with pytest.raises(StateConflictError, match=said):
        LOT.moved(minor, invoice)


def test_all_of_a_lot_can_be_taken() -> None:
    taken = LOT.moved(-50_00)
    assert (taken.left, taken.uses) == (Money(0, "EUR"), LOT.uses)


def paid(left: int, **more) -> Lot:
    """Return what is left of 120.00 that hold 20.00 of tax, or of what is said."""
    held = Funds("wal", **{"put": 120_00, "tax": 20_00, **more})
    return Lot("lot_1", "cus_1", "fr", Money(left, "EUR"), date(2027, 6, 1), funds=held)


@pytest.mark.parametrize(
    ("lot", "gone", "tax_gone", "tax_lost", "booked"),
    [
        (LOT, 0, 0, 0, 50_00),
        (paid(120_00), 0, 0, 0, 100_00),
        (paid(66_00), 54_00, 9_00, 0, 55_00),  # 54.00 hold 9.00; of 66.00 left 11.00 are tax
        (paid(0), 120_00, 20_00, 0, 0),
        (paid(0, lost=66_00), 120_00, 20_00, 11_00, 0),  # 9.00 of the tax went with 54.00
        (paid(0, lost=120_00), 120_00, 20_00, 20_00, 0),
        (paid(0, lost=1), 120_00, 20_00, 0, 0),  # 119.99 hold 19.998, rounded 20.00
        # 30.00 of 120.00 are not paid yet: 90.00 can be used, and all but the tax is owed
        (paid(90_00, waits=30_00), 0, 0, 0, 100_00),
        (paid(36_00, waits=30_00), 54_00, 9_00, 0, 55_00),
        (paid(66_00, tax=0), 54_00, 0, 0, 66_00),
        (paid(36_00, tax=0, waits=30_00), 54_00, 0, 0, 66_00),
        (paid(0, tax=0, lost=66_00), 120_00, 0, 0, 0),
        # 1.00 with 0.17 of tax: 0.33 hold 0.0561, so 0.11 of it went with what was lost
        (paid(0, put=1_00, tax=17, lost=67), 1_00, 17, 11, 0),
    ],
)
def test_what_is_gone_of_it_and_of_its_tax_and_what_is_owed(
    lot, gone, tax_gone, tax_lost, booked
) -> None:
    assert (lot.gone, lot.tax_gone, lot.tax_lost, lot.booked) == (gone, tax_gone, tax_lost, booked)


@pytest.mark.parametrize(
    ("lot", "minor", "tax", "found"),
    [  # what is left, waits, is gone, and is booked after it
        (paid(120_00), 60_00, 10_00, (60_00, 0, 0, 50_00)),
        (paid(66_00), 30_00, 5_00, (36_00, 0, 54_00, 30_00)),  # 36.00 hold 6.00 of tax
        # 30.00 of 120.00 are not paid for: these go first
        (paid(90_00, waits=30_00), 20_00, 3_33, (90_00, 10_00, 0, 83_33)),
        (paid(90_00, waits=30_00), 40_00, 6_67, (80_00, 0, 0, 66_67)),
        (
            paid(80_00, waits=30_00, back=10_00, tax_back=1_67),
            5_00,
            83,
            (80_00, 25_00, 0, 87_50),  # 105.00 of 120.00 with 17.50 of tax
        ),
    ],
)
def test_what_a_note_takes_back_takes_first_what_is_not_paid(lot, minor, tax, found) -> None:
    after = lot.taken_back(minor, tax)
    assert (after.left.minor, after.funds.waits, after.gone, after.booked) == found
    held = lot.funds
    assert (after.funds.back, after.funds.tax_back) == (held.back + minor, held.tax_back + tax)


def test_no_more_is_taken_back_than_is_neither_used_nor_lost() -> None:
    assert paid(66_00).taken_back(66_00, 11_00).left == Money(0, "EUR")
    with pytest.raises(StateConflictError, match=r"credit lot_1: expected 0 or more, found -1$"):
        paid(66_00).taken_back(66_01, 11_00)
    assert LOT.taken_back(1, 0) == LOT  # no deposit


@pytest.mark.parametrize(
    ("lot", "unused"), [(LOT, 50_00), (paid(66_00), 66_00), (paid(90_00, waits=30_00), 120_00)]
)
def test_what_no_invoice_has_used_is_there_paid_for_or_not(lot, unused) -> None:
    assert lot.unused == unused


def test_credit_that_nobody_has_ranked_stands_at_50_and_is_good_for_everything() -> None:
    assert LOT.source == Source("crn_1", 50_00, 50, None, None, Scope())
    end, calls = date(2028, 1, 1), Scope(products=frozenset({"calls"}))
    mine = paid(66_00, rank=3, until_on=end, scope=calls)
    assert mine.source == Source("lot_1", 66_00, 3, end, date(2027, 6, 1), calls)


def test_what_is_left_is_lost_at_the_end_and_once() -> None:
    """54.00 of 120.00 are used, 66.00 lost; ended again there is nothing more to lose."""
    used = paid(120_00).moved(-54_00).moved(54_00, "inv_1")
    ended = used.ended()
    assert ended.funds == Funds("wal", 120_00, tax=20_00, lost=66_00)
    assert (ended.left, ended.uses) == (Money(0, "EUR"), (Use("inv_1", 54_00),))
    assert ended.ended() == ended
    again = paid(10_00, lost=5_00).ended()  # what was lost before is not forgotten
    assert again.funds == Funds("wal", 120_00, tax=20_00, lost=15_00)


def test_what_was_not_paid_in_advance_does_not_end() -> None:
    assert LOT.ended() == LOT
