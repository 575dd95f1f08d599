"""What money that comes and goes books."""

from solde.domain.ledger.chart import BANK, RECEIVABLE, UNAPPLIED
from solde.domain.ledger.entry import Entry, entry
from solde.domain.money import Money


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
