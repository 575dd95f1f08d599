"""The books: accounts, entries that balance, and what each family of facts books."""

from solde.domain.ledger.balances import Balance, balanced, opened, post
from solde.domain.ledger.chart import (
    BANK,
    FEES,
    RECEIVABLE,
    ROUNDED_DOWN,
    ROUNDED_UP,
    UNAPPLIED,
    VAT,
)
from solde.domain.ledger.deferral import Deferral, deferrals_of, entry_of_release
from solde.domain.ledger.documents import entry_of_document
from solde.domain.ledger.entry import Entry, Posting, entry
from solde.domain.ledger.payments import entry_of_payment, entry_of_withdrawal
from solde.domain.ledger.settlement import with_credit

__all__ = [
    "BANK",
    "FEES",
    "RECEIVABLE",
    "ROUNDED_DOWN",
    "ROUNDED_UP",
    "UNAPPLIED",
    "VAT",
    "Balance",
    "Deferral",
    "Entry",
    "Posting",
    "balanced",
    "deferrals_of",
    "entry",
    "entry_of_document",
    "entry_of_payment",
    "entry_of_release",
    "entry_of_withdrawal",
    "opened",
    "post",
    "with_credit",
]
