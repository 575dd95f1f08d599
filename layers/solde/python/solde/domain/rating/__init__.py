"""Propose and compare: the one way in which anything comes to be billed."""

from solde.domain.rating.adjusted import held
from solde.domain.rating.adjustments import (
    Adjustment,
    ExtraLine,
    credited,
    extras,
    next_extra_on,
)
from solde.domain.rating.charge import (
    BilledLine,
    Charge,
    ChargeKey,
    Credited,
    LineCredit,
    Proposal,
    Stretch,
    own_count,
)
from solde.domain.rating.compare import anew, compare
from solde.domain.rating.gone import withdrawn
from solde.domain.rating.propose import (
    Measure,
    Outlook,
    Terms,
    Window,
    next_due_on,
    outlook,
    propose,
)

__all__ = [
    "Adjustment",
    "BilledLine",
    "Charge",
    "ChargeKey",
    "Credited",
    "ExtraLine",
    "LineCredit",
    "Measure",
    "Outlook",
    "Proposal",
    "Stretch",
    "Terms",
    "Window",
    "anew",
    "compare",
    "credited",
    "extras",
    "held",
    "next_due_on",
    "next_extra_on",
    "outlook",
    "own_count",
    "propose",
    "withdrawn",
]
