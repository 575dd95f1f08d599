"""Money that goes back: whence it is taken, and where it goes when it comes again."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.money import Money
from solde.domain.settlement import Lot, Paid, Taken, Use, disputed, refunded, restored


def lot(identity: str, left: int, *uses: Use, on: int = 1, **more) -> Lot:
    return Lot(identity, "cus", "fr", Money(left, "EUR"), date(2027, 6, on), uses, **more)


def test_a_dispute_takes_the_rest_and_then_allocations_latest_first() -> None:
    own = lot("pay", 20_00, Use("b", 5_00), Use("c", 7_00))
    paid = Paid("pay", Use("a", 100_00), own)
    assert disputed(30_00, paid) == (
        Taken("pay", "", 20_00),
        Taken("pay", "c", 7_00),
        Taken("pay", "b", 3_00),
    )
    assert disputed(120_00, paid)[-1] == Taken("", "a", 88_00)
    assert disputed(50_00, Paid("pay", Use("a", 100_00), None)) == (Taken("", "a", 50_00),)


def test_scenario_18_the_rest_is_refunded_and_the_invoice_opens_by_the_dispute() -> None:
    """120.00 paid on 100.00, 20.00 refunded, then the payment is disputed: 100.00 are taken."""
    paid = Paid("pay", Use("a", 100_00), lot("pay", 20_00))
    assert refunded(20_00, paid, ()) == (Taken("pay", "", 20_00),)
    after = Paid("pay", Use("a", 100_00), lot("pay", 0))
    assert disputed(100_00, after) == (Taken("", "a", 100_00),)


def test_a_refund_takes_what_waits_for_it_then_other_credit_then_allocations() -> None:
    paid = Paid("pay", Use("a", 100_00), lot("pay", 10_00))
    others = [
        lot("crn_new", 5_00, on=9),
        lot("crn_old", 5_00, on=2),
        lot("crn_back", 15_00, on=5, to_refund=True),
    ]
    assert refunded(37_00, paid, others) == (
        Taken("crn_back", "", 15_00),
        Taken("pay", "", 10_00),
        Taken("crn_old", "", 5_00),
        Taken("crn_new", "", 5_00),
        Taken("", "a", 2_00),
    )


def test_a_lot_that_says_no_day_is_the_oldest_and_a_cent_is_taken_too() -> None:
    others = [lot("crn_old", 5_00, on=2), Lot("crn_first", "cus", "fr", Money(1, "EUR"))]
    assert refunded(2, Paid("pay", Use("a", 100_00), None), others) == (
        Taken("crn_first", "", 1),
        Taken("crn_old", "", 1),
    )


def test_what_one_part_of_a_payment_finds_open_the_next_does_not() -> None:
    """5.00 of its lot and 5.00 of its own, on an invoice that has room for 6.00."""
    taken = (Taken("pay", "a", 5_00), Taken("", "a", 5_00))
    again = (Taken("pay", "", 4_00), Taken("pay", "a", 5_00), Taken("", "a", 1_00))
    assert restored(taken, {"a": 6_00}, "pay") == again


def test_what_is_won_goes_back_whence_it_came_as_far_as_there_is_room() -> None:
    taken = (Taken("pay", "", 20_00), Taken("pay", "b", 5_00), Taken("", "a", 100_00))
    assert restored(taken, {"a": 100_00, "b": 5_00}, "pay") == taken
    assert restored(taken, {"a": 60_00}, "pay") == (Taken("pay", "", 65_00), Taken("", "a", 60_00))
    assert restored((Taken("", "a", 5_00),), {"a": 5_00}, "pay") == (Taken("", "a", 5_00),)


@given(
    minor=st.integers(1, 500),
    left=st.integers(0, 100),
    uses=st.lists(st.integers(1, 100), max_size=3),
    allocated=st.integers(0, 200),
    open_=st.integers(0, 300),
)
def test_nothing_is_lost_on_either_way(minor, left, uses, allocated, open_) -> None:
    own = lot("pay", left, *(Use(f"i{at}", one) for at, one in enumerate(uses)))
    taken = disputed(minor, Paid("pay", Use("a", allocated), own))
    gone = sum(one.minor for one in taken)
    assert gone == min(minor, left + sum(uses) + allocated)
    again = restored(taken, {"a": open_, "i0": open_}, "pay")
    assert sum(one.minor for one in again) == gone
