"""What is moved between a customer's invoices and his credit."""

from solde.domain.ledger.chart import RECEIVABLE, UNAPPLIED
from solde.domain.ledger.entry import Entry, entry


def with_credit(booked: Entry, minor: int) -> Entry:
    """
    Return the entry of a document of which so much becomes credit of the customer.

    Below zero it is settled by credit that was there.
    """
    if not minor:
        return booked
    movements = {one.account: one.minor for one in booked.postings}
    for account, moved in ((RECEIVABLE, minor), (UNAPPLIED, -minor)):
        movements[account] = movements.get(account, 0) + moved
    return entry(booked.currency, movements)
