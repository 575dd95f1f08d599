"""What is moved between a customer's invoices and his credit."""

from collections import Counter
from collections.abc import Mapping

from solde.domain.ledger.chart import RECEIVABLE, UNAPPLIED
from solde.domain.ledger.entry import Entry, entry


def with_credit(booked: Entry, minor: int) -> Entry:
    """
    Return the entry of a document of which so much becomes credit of the customer.

    Below zero it is settled by credit that was there.
    """
    return also(booked, {RECEIVABLE: minor, UNAPPLIED: -minor})


def entry_of_credit(currency: str, minor: int, movements: Mapping[str, int]) -> Entry:
    """Book credit that settles an open invoice, with what its settlement moves beside 411."""
    return also(entry(currency, {UNAPPLIED: minor, RECEIVABLE: -minor}), movements)


def also(booked: Entry, movements: Mapping[str, int]) -> Entry:
    """Return an entry with further movements, which sum to zero as well."""
    if not any(movements.values()):
        return booked
    found = Counter(booked.movements)
    found.update(movements)
    return entry(booked.currency, found)
