"""Settlement: what pays an invoice, and what state that leaves it in. Documents never change."""

from solde.domain.settlement.apply import Applied, OpenDocument, apply_credit
from solde.domain.settlement.lot import Lot, Use
from solde.domain.settlement.notes import Settlement, settle_notes
from solde.domain.settlement.prepaid import prepaid_of, prepay, taken_at_issue
from solde.domain.settlement.state import SettlementState, state_of
from solde.domain.settlement.withdrawal import Paid, Taken, disputed, refunded, restored

__all__ = [
    "Applied",
    "Lot",
    "OpenDocument",
    "Paid",
    "Settlement",
    "SettlementState",
    "Taken",
    "Use",
    "apply_credit",
    "disputed",
    "prepaid_of",
    "prepay",
    "refunded",
    "restored",
    "settle_notes",
    "state_of",
    "taken_at_issue",
]
