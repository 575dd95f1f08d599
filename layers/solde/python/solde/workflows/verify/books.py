"""Books: entries balance, receivables equal what invoices show, money is booked once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from solde.domain.invoicing.draft import NOTES
from solde.domain.ledger import DOUBTFUL, RECEIVABLE, TO_BILL, UNAPPLIED, VAT_WAITING
from solde.domain.payments import DISPUTED, RETURNED, UNDONE
from solde.domain.settlement import state_of
from solde.domain.tax.chargeability import freed
from solde.ports.audit import Stored
from solde.ports.billing import Header
from solde.workflows.verify.report import Finding, differing, finding

BY_BANKS = (DISPUTED, UNDONE, RETURNED, "restored")
"""Kinds of withdrawals that no refund is, and what gives them back."""


def ledger_balances(stored: Stored) -> Finding:
    """I2: each entry sums to zero, and so does the ledger; 411 is what is open, 4191 is credit."""

    def violations() -> Iterator[str]:
        receivable: Counter[str] = Counter()
        credit: Counter[str] = Counter()
        for one in stored.entries:
            yield from differing(f"entry of {one.name}", 0, sum(one.movements.values()))
            receivable[one.currency] += one.movements.get(RECEIVABLE, 0)
            credit[one.currency] -= one.movements.get(UNAPPLIED, 0)
        shown: Counter[str] = Counter()
        for header in stored.headers:
            sign = -1 if header.kind in NOTES else 1
            shown[header.currency] += sign * header.open_minor
        for currency in sorted(set(receivable) | set(shown)):
            what = f"{RECEIVABLE} in {currency} against what invoices show"
            yield from differing(what, shown[currency], receivable[currency])
        yield from _credit(credit, stored)
        yield from _waiting(stored)
        yield from _doubtful(stored)
        yield from _to_bill(stored)

    return finding("I2", "the ledger balances", len(stored.entries), violations())


def _credit(booked: Counter[str], stored: Stored) -> Iterator[str]:
    """Compare what is booked as credit of customers with their lots, by currency."""
    lots: Counter[str] = Counter()
    for lot in stored.lots.values():
        lots[lot.left.currency] += lot.booked
    currencies = {one.id: one.amount.currency for one in stored.payments}
    for one in stored.withdrawals:
        if not one.taken:  # stored before it said of which lot it was
            lots[currencies[one.payment_id]] -= one.minor
    for currency in sorted(set(booked) | set(lots)):
        what = f"{UNAPPLIED} in {currency} against what is left of credit"
        yield from differing(what, lots[currency], booked[currency])


def _doubtful(stored: Stored) -> Iterator[str]:
    """Compare what is booked as doubtful with what invoices show so, by currency."""
    booked: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for one in stored.entries:
        booked[one.currency] += one.movements.get(DOUBTFUL, 0)
    for header in stored.headers:
        shown[header.currency] += header.loss.doubtful
    for currency in sorted(booked):
        what = f"{DOUBTFUL} in {currency} against what invoices show"
        yield from differing(what, shown[currency], booked[currency])


def _to_bill(stored: Stored) -> Iterator[str]:
    """Prove that each accrual of unbilled usage is taken back in the month after it."""
    booked: Counter[tuple[str, str]] = Counter()
    for one in stored.entries:
        booked[one.entity, one.currency] += one.movements.get(TO_BILL, 0)
    for (entity, currency), minor in sorted(booked.items()):
        yield from differing(f"{TO_BILL} of {entity} in {currency} after reversals", 0, minor)


def _waiting(stored: Stored) -> Iterator[str]:
    """Compare the tax that waits for payment with what invoices have not been paid of."""
    booked: Counter[str] = Counter()
    for entry in stored.entries:
        booked[entry.currency] -= entry.movements.get(VAT_WAITING, 0)
    waits: Counter[str] = Counter()
    for one in stored.headers:
        if one.waiting:
            paid = freed(one.waiting, one.gross_minor, settled=one.paid_minor)
            waits[one.currency] += sum(one.waiting.values()) - paid - one.loss.relieved
    for currency in sorted({*booked, *waits}):
        what = f"{VAT_WAITING} in {currency} against what invoices wait for"
        yield from differing(what, waits[currency], booked[currency])


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
        taken = Withdrawals.of(stored)
        paid: Counter[str] = Counter()
        for one in stored.payments:
            paid[one.invoice_id] += one.allocated_minor
            rest = one.amount.minor - one.allocated_minor - taken.of_payment[one.id]
            yield from differing(f"unapplied of {one.id}", rest, taken.lot(one.id, stored))
            back = taken.minor["refund", one.id]
            yield from differing(f"refunded of {one.id}", back, one.refunded_minor)
            back = sum(taken.minor[kind, one.id] for kind in BY_BANKS)
            yield from differing(f"disputed of {one.id}", back, one.disputed_minor)
            if one.refunded_minor + one.disputed_minor > one.amount.minor:
                yield f"{one.id}: refunded {one.refunded_minor} of {one.amount.minor}"
        uses = [use for header in stored.headers for use in header.uses]
        for use in (*uses, *(use for lot in stored.lots.values() for use in lot.uses)):
            paid[use.invoice_id] += use.minor
        for header in stored.headers:
            yield from _settled(header, paid[header.id], taken, stored)

    return finding("I9", "allocations add up", len(stored.payments), violations())


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """What went back, by kind and payment; what of it was taken of a payment, and of each lot."""

    minor: Counter[tuple[str, str]]
    of_payment: Counter[str]
    of_lot: Counter[str]

    @classmethod
    def of(cls, stored: Stored) -> "Withdrawals":
        found = cls(Counter(), Counter(), Counter())
        for one in stored.withdrawals:
            found.minor[one.kind, one.payment_id] += one.minor
            sign = 1 if one.minor > 0 else -1
            for part in one.taken:
                if part.lot_id:
                    found.of_lot[part.lot_id] += sign * part.minor
                else:
                    found.of_payment[one.payment_id] += sign * part.minor
        return found

    def lot(self, source: str, stored: Stored) -> int:
        """Return what became credit of a payment or note: left, used, or gone back since."""
        lot = stored.lots.get(source)
        return (lot.left.minor + lot.used if lot else 0) + self.of_lot[source]


def _settled(header: Header, paid: int, taken: Withdrawals, stored: Stored) -> Iterator[str]:
    """Compare what a document shows as settled with what was allocated to it, or of it."""
    if header.kind in NOTES:
        paid = sum(one.minor for one in header.uses) + taken.lot(header.id, stored)
    yield from differing(f"paid of {header.number}", paid, header.paid_minor)
    if not 0 <= header.paid_minor <= header.gross_minor - header.loss.all:
        yield f"{header.number}: {header.paid_minor} paid of {header.gross_minor}"
        return
    state = state_of(header.gross_minor, header.paid_minor, header.loss.lost).value
    yield from differing(f"state of {header.number}", state, header.status)
