"""What money that comes and goes books."""

from solde.domain.ledger.chart import BANK, FEES, RECEIVABLE, UNAPPLIED
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


def entry_of_withdrawal(given_back: Money, *, reopened: int, fee: int = 0) -> Entry:
    """
    Book money that went back: off the customer's credit, and `reopened` off his invoices.

    Below zero it has come back again. `fee` is what the provider keeps for it.
    """
    return entry(
        given_back.currency,
        {
            BANK: -given_back.minor - fee,
            UNAPPLIED: given_back.minor - reopened,
            RECEIVABLE: reopened,
            FEES: fee,
        },
    )


def entry_of_fee(fee: Money) -> Entry:
    """Book what a provider keeps of a payment that it passes on."""
    return entry(fee.currency, {FEES: fee.minor, BANK: -fee.minor})
