"""What is doubtful, lost, and found again; each step sums to zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import StateConflictError
from solde.domain.ledger import NO_LOSS, Loss, doubted, recovered, written_off


def test_first_doubtful_then_lost_with_the_tax_relieved() -> None:
    """100.00 + 20.00: 416 from 411; then 100.00 are an expense and 20.00 of tax come back."""
    loss, moved = doubted(NO_LOSS, 120_00)
    assert (loss, moved) == (Loss(doubtful=120_00), {"411": -120_00, "416": 120_00})
    loss, moved = written_off(loss, 0, relieved=20_00)
    assert loss == Loss(0, 120_00, 20_00)
    assert moved == {"411": 0, "416": -120_00, "654": 100_00, "4457": 20_00}


def test_without_relief_the_tax_is_an_expense_too() -> None:
    loss, moved = written_off(NO_LOSS, 120_00, relieved=0)
    assert (loss, moved["654"], moved["411"]) == (Loss(lost=120_00), 120_00, -120_00)


def test_money_that_comes_later_reverses_its_share() -> None:
    """Of 120.00 lost, 20.00 of it tax, 60.00 come: 50.00 of expense and 10.00 of tax go back."""
    loss, moved = recovered(Loss(0, 120_00, 20_00), 0, 60_00)
    assert loss == Loss(0, 60_00, 10_00)
    assert moved == {"411": 60_00, "416": 0, "654": -50_00, "4457": -10_00}


def test_what_is_open_and_doubtful_is_paid_before_what_is_lost() -> None:
    loss, moved = recovered(Loss(30_00, 50_00, 0), 20_00, 60_00)
    assert loss == Loss(0, 40_00, 0)
    assert moved == {"411": 40_00, "416": -30_00, "654": -10_00, "4457": 0}
    assert recovered(NO_LOSS, 20_00, 20_00) == (NO_LOSS, {})
    assert recovered(Loss(30_00), 20_00, -5_00)[0] == Loss(30_00)  # what opens again is open


@pytest.mark.parametrize(
    "step", [doubted, lambda loss, minor: written_off(loss, minor, relieved=0)]
)
def test_of_nothing_nothing_is_written_off(step) -> None:
    with pytest.raises(StateConflictError, match="expected something open, found 0"):
        step(NO_LOSS, 0)


def test_a_cent_is_written_off_too_and_counts_beside_what_is_lost() -> None:
    assert doubted(NO_LOSS, 1)[0] == Loss(doubtful=1)
    assert written_off(NO_LOSS, 1, relieved=0)[0] == Loss(lost=1)
    assert Loss(30, 50).all == 80
    assert recovered(Loss(30, 30), 0, 10)[0] == Loss(20, 30)


@given(
    first=st.integers(0, 500),
    then=st.integers(1, 500),
    tax=st.integers(0, 100),
    parts=st.lists(st.integers(1, 300), max_size=5),
)
def test_found_again_in_any_parts_it_comes_to_what_was_lost(first, then, tax, parts) -> None:
    loss = NO_LOSS
    booked: dict[str, int] = {}

    def book(moved) -> None:
        assert sum(moved.values()) == 0
        for account, minor in moved.items():
            booked[account] = booked.get(account, 0) + minor

    if first:
        loss, moved = doubted(loss, first)
        book(moved)
    whole = first + then
    loss, moved = written_off(loss, then, relieved=min(tax, whole))
    book(moved)
    for part in [*parts, whole]:
        minor = min(part, loss.lost)
        loss, moved = recovered(loss, 0, minor)
        book(moved)
        assert 0 <= loss.relieved <= loss.lost
    assert loss == NO_LOSS
    assert not any(booked.values())
