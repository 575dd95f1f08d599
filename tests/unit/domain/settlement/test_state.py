"""The state of an invoice follows from what has settled it."""

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.settlement import state_of


@pytest.mark.parametrize(
    ("due", "settled", "state"),
    [
        (120_00, 0, "open"),
        (1, 0, "open"),
        (120_00, 1, "partly_paid"),
        (120_00, 120_00, "paid"),
        (0, 0, "paid"),
    ],
)
def test_it_may_go_any_way(due, settled, state) -> None:
    assert state_of(due, settled).value == state


@pytest.mark.parametrize(
    ("settled", "lost", "state"),
    [
        (0, 120_00, "uncollectible"),
        (60_00, 60_00, "uncollectible"),
        (0, 60_00, "open"),
        (10_00, 60_00, "partly_paid"),
        (120_00, 0, "paid"),
    ],
)
def test_it_is_uncollectible_when_all_that_is_not_settled_is_lost(settled, lost, state) -> None:
    assert state_of(120_00, settled, lost).value == state


@pytest.mark.parametrize("settled", [-1, 120_01])
def test_no_invoice_is_overpaid_or_owes_a_payment(settled) -> None:
    with pytest.raises(StateConflictError, match=f"expected 0 to 12000, found {settled}"):
        state_of(120_00, settled)
