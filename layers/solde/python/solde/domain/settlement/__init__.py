"""Settlement: what pays an invoice, and what state that leaves it in. Documents never change."""

from solde.domain.settlement.apply import Applied, OpenDocument, apply_credit
from solde.domain.settlement.collected import collected
from solde.domain.settlement.cover import Part, Source, cover, in_order
from solde.domain.settlement.deposit import (
    deposit_document,
    lot_of_deposit,
    must_be_paid,
    note_of_deposit,
    received,
    taken_back,
)
from solde.domain.settlement.funds import EVERYTHING, RANK, Funds, Scope
from solde.domain.settlement.lot import Lot, Use
from solde.domain.settlement.notes import Settlement, settle_notes
from solde.domain.settlement.prepaid import order_of, prepaid_of, prepay, taken_at_issue
from solde.domain.settlement.refill import RequestStatus, TopUpRequest, followed
from solde.domain.settlement.sale import must_be_of_one_rate, said_of_sale, sold
from solde.domain.settlement.state import SettlementState, state_of
from solde.domain.settlement.wallet import Purpose, Refill, Wallet
from solde.domain.settlement.withdrawal import Paid, Taken, disputed, refunded, restored

__all__ = [
    "EVERYTHING",
    "RANK",
    "Applied",
    "Funds",
    "Lot",
    "OpenDocument",
    "Paid",
    "Part",
    "Purpose",
    "Refill",
    "RequestStatus",
    "Scope",
    "Settlement",
    "SettlementState",
    "Source",
    "Taken",
    "TopUpRequest",
    "Use",
    "Wallet",
    "apply_credit",
    "collected",
    "cover",
    "deposit_document",
    "disputed",
    "followed",
    "in_order",
    "lot_of_deposit",
    "must_be_of_one_rate",
    "must_be_paid",
    "note_of_deposit",
    "order_of",
    "prepaid_of",
    "prepay",
    "received",
    "refunded",
    "restored",
    "said_of_sale",
    "settle_notes",
    "sold",
    "state_of",
    "taken_at_issue",
    "taken_back",
]
