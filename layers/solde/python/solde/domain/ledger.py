"""Double entry: every fact's entry sums to zero in its currency; balances are folds of entries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solde.domain.errors import UnbalancedEntryError
from solde.domain.invoicing.amounts import counted
from solde.domain.invoicing.draft import CREDIT_NOTE
from solde.domain.money import Money

RECEIVABLE = "411"
"""Auxiliary: the customer, in whose partition the fact lies."""
VAT = "4457"
BANK = "512"
UNAPPLIED = "4191"
SERVICES = "706"
ROUNDED_DOWN, ROUNDED_UP = "658", "758"
"""What net and tax are above, or below, a price that includes tax (BT-114)."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A debit is positive, a credit negative, in minor units."""

    account: str
    minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    currency: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        off = sum(posting.minor for posting in self.postings)
        if off:
            raise UnbalancedEntryError(f"entry is off by {off} {self.currency}: {self.postings}")


def entry(currency: str, movements: Mapping[str, int]) -> Entry:
    """Make an entry from account → signed minor units; accounts that do not move are left out."""
    moved = sorted((account, minor) for account, minor in movements.items() if minor)
    return Entry(currency, tuple(Posting(account, minor) for account, minor in moved))


def entry_of_document(document: Mapping[str, Any]) -> Entry:
    """Book an issued invoice or credit note: 411 against revenue, VAT and what was rounded."""
    sign = -1 if document["kind"] == CREDIT_NOTE else 1
    movements: Counter[str] = Counter()
    for line in document["lines"]:
        movements[line["account"]] -= sign * counted(line)
    for tax in document["taxes"]:
        movements[VAT] -= sign * tax["tax"]
    if rounding := document["totals"].get("rounding"):
        movements[ROUNDED_UP if rounding > 0 else ROUNDED_DOWN] -= sign * rounding
    movements[RECEIVABLE] += sign * document["totals"]["gross"]
    return entry(document["currency"], movements)


def entry_of_payment(received: Money, *, allocated: Money) -> Entry:
    """Book money received: what fits no invoice yet is the customer's unapplied credit."""
    return entry(
        received.currency,
        {
            BANK: received.minor,
            RECEIVABLE: -allocated.minor,
            UNAPPLIED: -(received - allocated).minor,
        },
    )


def entry_of_refund(given_back: Money) -> Entry:
    """Book money sent back by the provider against unapplied credit."""
    return entry(given_back.currency, {BANK: -given_back.minor, UNAPPLIED: given_back.minor})
