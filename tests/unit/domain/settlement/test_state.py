"""The state of an invoice follows from what has settled it."""

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.settlement import state_of


@pytest.mark.parametrize(
    ("due", "settled", "state"),
    [(120_00, 0, "open"), (120_00, 1, "partly_paid"), (120_00, 120_00, "paid"), (0, 0, "paid")],
)
def test_it_may_go_any_way(due, settled, state) -> None:
    assert state_of(due, settled).value == state


@pytest.mark.parametrize("settled", [-1, 120_01])
def test_no_invoice_is_overpaid_or_owes_a_payment(settled) -> None:
    with pytest.raises(StateConflictError, match=f"expected 0 to 12000, found {settled}"):
        state_of(120_00, settled)
