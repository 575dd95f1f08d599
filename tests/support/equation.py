"""What money must come to, per currency: received and credited = settled, unapplied and gone."""

from collections import Counter

from solde.storage.audit import Stored


def unequal(stored: Stored) -> dict[str, tuple[int, int]]:
    """
    Return by currency what came and what it became, where the two differ.

    Came: payments, and what credit notes give back. Became: what invoices are settled by, what is
    left in lots, and what of payments went back to payers and their banks.
    """
    came, became = Counter[str](), Counter[str]()
    for one in stored.payments:
        came[one.amount.currency] += one.amount.minor
        became[one.amount.currency] += one.refunded_minor + one.disputed_minor
    for header in stored.headers:
        if header.kind == "credit_note":
            came[header.currency] += header.gross_minor
        else:
            became[header.currency] += header.paid_minor
    for lot in stored.lots.values():
        became[lot.left.currency] += lot.left.minor
    return {
        code: (came[code], became[code])
        for code in came.keys() | became.keys()
        if came[code] != became[code]
    }
