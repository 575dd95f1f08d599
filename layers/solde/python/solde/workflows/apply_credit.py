"""Apply credit: what a customer has over settles an invoice that is open already (R20)."""

from dataclasses import dataclass
from datetime import datetime

from solde.domain.errors import InvalidError, StateConflictError, StoreUnavailableError
from solde.domain.invoicing.draft import NOTES
from solde.domain.money import Money
from solde.domain.settlement import OpenDocument, apply_credit
from solde.ports.billing import Header
from solde.ports.credits import CreditApplied, Credits, Known

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """`id` is the same for the same request; without an amount, all that is open and there."""

    id: str
    minor: int | None = None


def settle_by_credit(header: Header, wanted: Wanted, at: datetime, store: Credits) -> Header:
    """
    Settle an open invoice by its customer's credit; asked again, it changes nothing.

    Raises:
        InvalidError: it is no invoice, or more is wanted than is open or there.
        StateConflictError: nothing is open, there is no credit, or the id is that of another.
        StoreUnavailableError: others moved invoice or credit again and again.

    """
    if header.kind in NOTES:
        raise InvalidError(f"invoice: expected an invoice, found {header.kind}")
    for _ in range(ATTEMPTS):
        read = store.header(header.customer_id, header.id) or header
        if known := store.known(header.customer_id, wanted.id):
            if known != Known(header.id, wanted.minor):
                raise StateConflictError("Idempotency-Key: expected one not in use for another")
            return read
        left = Money(read.due_minor, read.currency)
        invoice = OpenDocument(read.id, read.entity, left)
        applied = apply_credit(invoice, store.lots(read.customer_id), wanted.minor)
        store.write(CreditApplied(wanted.id, read, applied, wanted.minor), at=at)
    raise StoreUnavailableError(f"{header.number}: moved {ATTEMPTS} times meanwhile")
