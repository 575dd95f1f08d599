"""What issued documents book."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from solde.domain.invoicing.amounts import counted
from solde.domain.invoicing.draft import NOTES
from solde.domain.invoicing.taken import rate_key
from solde.domain.ledger.chart import (
    RECEIVABLE,
    ROUNDED_DOWN,
    ROUNDED_UP,
    UNAPPLIED,
    VAT,
    VAT_WAITING,
)
from solde.domain.ledger.deferral import account_of
from solde.domain.ledger.entry import Entry, entry
from solde.domain.ledger.waiting import waiting_of


def entry_of_document(document: Mapping[str, Any]) -> Entry:
    """
    Book an issued invoice or credit note: 411 against revenue, VAT and what was rounded.

    What is rounded of money in advance is owed to the customer like the rest of it.
    """
    sign = -1 if document["kind"] in NOTES else 1
    movements: Counter[str] = Counter()
    for line in document["lines"]:
        account = _waiting(line, document) if "deferred" in line else line["account"]
        movements[account] -= sign * counted(line)
    waiting = waiting_of(document)
    for tax in document["taxes"]:
        waits = waiting and rate_key(tax["category"], tax["rate"]) in waiting
        movements[VAT_WAITING if waits else VAT] -= sign * tax["tax"]
    if rounding := document["totals"].get("rounding"):
        account = UNAPPLIED if "deposit" in document else _rounded(rounding)
        movements[account] -= sign * rounding
    movements[RECEIVABLE] += sign * document["totals"]["gross"]
    return entry(document["currency"], movements)


def _rounded(rounding: int) -> str:
    return ROUNDED_UP if rounding > 0 else ROUNDED_DOWN


def _waiting(line: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    return account_of(line, date.fromisoformat(document["envelope"]["issued_on"]))
