"""Propose and compare: the one way in which anything comes to be billed."""

from solde.domain.rating.adjusted import Given
from solde.domain.rating.adjustments import (
    Adjustment,
    ExtraLine,
    credited,
    extras,
    next_extra_on,
)
from solde.domain.rating.charge import (
    Above,
    BilledLine,
    Charge,
    ChargeKey,
    Counted,
    Credited,
    LineCredit,
    Proposal,
    Stretch,
    own_count,
)
from solde.domain.rating.compare import anew, compare, given, taken_off, untold
from solde.domain.rating.gone import withdrawn
from solde.domain.rating.layered import Layer, layers
from solde.domain.rating.propose import Outlook, next_due_on, outlook, proposals_of, propose
from solde.domain.rating.recurring import Difference
from solde.domain.rating.reduced import Taken
from solde.domain.rating.stands import Stand, held
from solde.domain.rating.terms import Measure, Terms, Window

__all__ = [
    "Above",
    "Adjustment",
    "BilledLine",
    "Charge",
    "ChargeKey",
    "Counted",
    "Credited",
    "Difference",
    "ExtraLine",
    "Given",
    "Layer",
    "LineCredit",
    "Measure",
    "Outlook",
    "Proposal",
    "Stand",
    "Stretch",
    "Taken",
    "Terms",
    "Window",
    "anew",
    "compare",
    "credited",
    "extras",
    "given",
    "held",
    "layers",
    "next_due_on",
    "next_extra_on",
    "outlook",
    "own_count",
    "proposals_of",
    "propose",
    "taken_off",
    "untold",
    "withdrawn",
]
