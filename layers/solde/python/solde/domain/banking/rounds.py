"""How often a transfer was assigned: each time is a record of its own, and so is what undoes it."""

from solde.domain.identity import is_id

ASSIGNED, UNDONE = "asg", "und"
"""Deliveries that begin so are what a person said of a transfer; no bank names its own so."""
TRANSFER = "btx"


def is_transfer(identity: str) -> bool:
    return is_id(TRANSFER, identity)


def reference_of(transfer_id: str, number: int) -> str:
    """Name the payment that a transfer is, when it is assigned for the nth time."""
    return transfer_id if number == 1 else f"{transfer_id}.{number}"


def assigned_name(transfer_id: str, number: int) -> str:
    return _named(ASSIGNED, transfer_id, number)


def undone_name(transfer_id: str, number: int) -> str:
    return _named(UNDONE, transfer_id, number)


def _named(kind: str, transfer_id: str, number: int) -> str:
    return f"{kind}_{transfer_id.partition('_')[2]}_{number}"
