"""The state of an invoice: a fold of what was allocated to it; it may go back (R20)."""

from enum import Enum

from solde.domain.errors import StateConflictError


class SettlementState(Enum):
    OPEN = "open"
    PARTLY = "partly_paid"
    SETTLED = "paid"


def state_of(due: int, settled: int) -> SettlementState:
    """
    Return the state of a document of `due` minor units of which `settled` are.

    Raises:
        StateConflictError: less than nothing is settled, or more than is due.

    """
    if not 0 <= settled <= due:
        raise StateConflictError(f"settled: expected 0 to {due}, found {settled}")
    if settled == due:
        return SettlementState.SETTLED
    return SettlementState.PARTLY if settled else SettlementState.OPEN
