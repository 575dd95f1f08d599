"""Books: entries balance, receivables equal what invoices show, money is booked once."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from solde.domain.ledger import RECEIVABLE
from solde.ports.audit import Stored
from solde.workflows.verify.report import Finding, differing, finding


def ledger_balances(stored: Stored) -> Finding:
    """I2: each entry sums to zero, and so does the ledger; 411 equals what is open."""

    def violations() -> Iterator[str]:
        receivable: Counter[str] = Counter()
        for one in stored.entries:
            yield from differing(f"entry of {one.name}", 0, sum(one.movements.values()))
            receivable[one.currency] += one.movements.get(RECEIVABLE, 0)
        shown: Counter[str] = Counter()
        for header in stored.headers:
            sign = 1 if header.kind == "invoice" else -1
            shown[header.currency] += sign * header.gross_minor - header.paid_minor
        for currency in sorted(set(receivable) | set(shown)):
            what = f"{RECEIVABLE} in {currency} against what invoices show"
            yield from differing(what, shown[currency], receivable[currency])

    return finding("I2", "the ledger balances", len(stored.entries), violations())


def payments_once(stored: Stored) -> Finding:
    """I8: one provider payment is booked once."""

    def violations() -> Iterator[str]:
        booked = Counter(f"{one.provider}#{one.reference}" for one in stored.payments)
        for reference, times in sorted(booked.items()):
            yield from differing(f"payment {reference} booked", 1, times)
            if reference not in stored.references:
                yield f"payment {reference}: expected its reference item, found none"

    return finding("I8", "every payment is booked once", len(stored.payments), violations())


def allocations(stored: Stored) -> Finding:
    """I9: allocated money equals what invoices show as paid, and never exceeds either side."""

    def violations() -> Iterator[str]:
        paid: dict[str, int] = defaultdict(int)
        refunded: Counter[str] = Counter()
        for payment_id, amount in stored.refunds:
            refunded[payment_id] += amount
        for one in stored.payments:
            paid[one.invoice_id] += one.allocated_minor
            rest = one.amount.minor - one.allocated_minor
            yield from differing(f"unapplied of {one.id}", rest, stored.unapplied.get(one.id, 0))
            yield from differing(f"refunded of {one.id}", refunded[one.id], one.refunded_minor)
            if one.refunded_minor > one.amount.minor:
                yield f"{one.id}: refunded {one.refunded_minor} of {one.amount.minor}"
        for header in stored.headers:
            yield from differing(f"paid of {header.number}", paid[header.id], header.paid_minor)
            settled = header.paid_minor == header.gross_minor
            if (header.status == "paid") != settled and header.kind == "invoice":
                yield f"{header.number}: {header.status} with {header.paid_minor} paid"

    return finding("I9", "allocations add up", len(stored.payments), violations())
