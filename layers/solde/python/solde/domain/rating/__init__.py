"""Propose and compare: the one way in which anything comes to be billed."""

from solde.domain.rating.charge import BilledLine, Charge, ChargeKey, Proposal, Stretch
from solde.domain.rating.compare import compare
from solde.domain.rating.propose import (
    Measure,
    Outlook,
    Terms,
    Window,
    next_due_on,
    outlook,
    propose,
    withdrawn,
)

__all__ = [
    "BilledLine",
    "Charge",
    "ChargeKey",
    "Measure",
    "Outlook",
    "Proposal",
    "Stretch",
    "Terms",
    "Window",
    "compare",
    "next_due_on",
    "outlook",
    "propose",
    "withdrawn",
]
