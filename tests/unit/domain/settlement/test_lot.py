"""A lot of credit: left and used, and never below nothing."""

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.money import Money
from solde.domain.settlement import Lot, Use

LOT = Lot("crn_1", "cus_1", "fr", Money(50_00, "EUR"), uses=(Use("inv_1", 20_00),))


def test_what_moves_is_added_to_the_rest_or_to_a_use() -> None:
    assert LOT.moved(-10_00).left == Money(40_00, "EUR")
    assert LOT.moved(5_00, "inv_1").uses == (Use("inv_1", 25_00),)
    assert LOT.moved(5_00, "inv_2").uses == (Use("inv_1", 20_00), Use("inv_2", 5_00))
    assert LOT.moved(-20_00, "inv_1").uses == ()
    assert (LOT.used, LOT.moved(-20_00, "inv_1").used) == (20_00, 0)


def test_it_settles_invoices_where_nobody_says_that_it_waits_for_a_refund() -> None:
    assert not LOT.to_refund


@pytest.mark.parametrize(("minor", "invoice"), [(-50_01, ""), (-20_01, "inv_1"), (-1, "inv_2")])
def test_what_is_not_there_cannot_be_taken(minor, invoice) -> None:
    with pytest.raises(StateConflictError, match="credit crn_1: expected 0 or more"):
        LOT.moved(minor, invoice)
