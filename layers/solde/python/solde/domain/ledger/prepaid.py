"""What is paid in advance books: received, used, and lost to the customer (R22)."""

from collections.abc import Mapping

from solde.domain.ledger.chart import BANK, EXPIRED, UNAPPLIED, VAT
from solde.domain.ledger.entry import Entry, entry
from solde.domain.money import Money


def entry_of_top_up(received: Money) -> Entry:
    """Book multi-purpose money: it is owed to the customer, and no tax is due before its use."""
    return entry(received.currency, {BANK: received.minor, UNAPPLIED: -received.minor})


def entry_of_end(currency: str, *, booked: int) -> Entry:
    """
    Book what a customer has lost at expiry, or given up: income without VAT.

    `booked` is what was owed to him for it; tax that was due at receipt stays owed to the state.
    """
    return entry(currency, {UNAPPLIED: booked, EXPIRED: -booked})


def of_tax_used(minor: int, lost: int = 0) -> Mapping[str, int]:
    """
    Return what else a document books that uses money whose tax was due at receipt.

    `lost` is by how much the tax of what was lost of it before is another, counted anew: what is
    owed to the state for that is no income.
    """
    found = {UNAPPLIED: -minor - lost, VAT: minor, EXPIRED: lost}
    return {account: moved for account, moved in found.items() if moved}
