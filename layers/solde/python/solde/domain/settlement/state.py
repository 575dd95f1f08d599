"""The state of an invoice: a fold of what was allocated to it; it may go back (R20)."""

from enum import Enum

from solde.domain.errors import StateConflictError


class SettlementState(Enum):
    OPEN = "open"
    PARTLY = "partly_paid"
    SETTLED = "paid"
    LOST = "uncollectible"


def state_of(due: int, settled: int, lost: int = 0) -> SettlementState:
    """
    Return the state of a document of `due` minor units of which `settled` are, and others `lost`.

    Raises:
        StateConflictError: less than nothing is settled, or more than is due.

    """
    if not 0 <= settled <= due:
        raise StateConflictError(f"settled: expected 0 to {due}, found {settled}")
    if settled == due:
        return SettlementState.SETTLED
    if lost and settled + lost == due:
        return SettlementState.LOST
    return SettlementState.PARTLY if settled else SettlementState.OPEN
