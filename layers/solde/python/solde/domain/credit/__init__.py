"""Credit: what is left of an issued invoice, and the credit note that takes of it by hand."""

from solde.domain.credit.note import Cause, note_draft
from solde.domain.credit.remains import LineLeft, Remains, charge_of, remains
from solde.domain.credit.wanted import LineWanted, by_amount, by_lines, whole

__all__ = [
    "Cause",
    "LineLeft",
    "LineWanted",
    "Remains",
    "by_amount",
    "by_lines",
    "charge_of",
    "note_draft",
    "remains",
    "whole",
]
