"""The books: accounts, entries that balance, and what each family of facts books."""

from solde.domain.ledger.accrual import accruals_of, reversal_of
from solde.domain.ledger.balances import Balance, balanced, opened, post
from solde.domain.ledger.chart import (
    BANK,
    DOUBTFUL,
    EXPIRED,
    FEES,
    LATE,
    LOST,
    RECEIVABLE,
    ROUNDED_DOWN,
    ROUNDED_UP,
    TO_BILL,
    UNAPPLIED,
    VAT,
    VAT_WAITING,
)
from solde.domain.ledger.deferral import Deferral, deferrals_of, entry_of_release
from solde.domain.ledger.documents import entry_of_document
from solde.domain.ledger.entry import Entry, Posting, entry
from solde.domain.ledger.loss import NO_LOSS, Loss, doubted, recovered, written_off
from solde.domain.ledger.payments import entry_of_fee, entry_of_payment, entry_of_withdrawal
from solde.domain.ledger.prepaid import entry_of_end, entry_of_top_up, of_tax_used
from solde.domain.ledger.settlement import also, entry_of_credit, with_credit
from solde.domain.ledger.waiting import of_settlement, waiting_of

__all__ = [
    "BANK",
    "DOUBTFUL",
    "EXPIRED",
    "FEES",
    "LATE",
    "LOST",
    "NO_LOSS",
    "RECEIVABLE",
    "ROUNDED_DOWN",
    "ROUNDED_UP",
    "TO_BILL",
    "UNAPPLIED",
    "VAT",
    "VAT_WAITING",
    "Balance",
    "Deferral",
    "Entry",
    "Loss",
    "Posting",
    "accruals_of",
    "also",
    "balanced",
    "deferrals_of",
    "doubted",
    "entry",
    "entry_of_credit",
    "entry_of_document",
    "entry_of_end",
    "entry_of_fee",
    "entry_of_payment",
    "entry_of_release",
    "entry_of_top_up",
    "entry_of_withdrawal",
    "of_settlement",
    "of_tax_used",
    "opened",
    "post",
    "recovered",
    "reversal_of",
    "waiting_of",
    "with_credit",
    "written_off",
]
