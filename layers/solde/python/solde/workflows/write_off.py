"""Write off: what of an invoice is doubtful, then lost; no document changes (R23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.invoicing.draft import INVOICE, LATE_CHARGE
from solde.domain.ledger import VAT, VAT_WAITING, doubted, entry, written_off
from solde.domain.money import Rounding, rounded
from solde.domain.periods import day_of
from solde.domain.tax.chargeability import freed
from solde.ports.billing import Header
from solde.ports.losses import Losses, WriteOff
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.customer import closed_document

ATTEMPTS = 5
DOUBTFUL, LOST = "doubtful", "lost"


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    A step by hand; `id` is the same for the same request.

    `duplicate_sent_on` is the day on which the duplicate was sent that says the debt is lost
    (CGI 272-1): with it the VAT of what is lost is relieved, else it is an expense too.
    """

    id: str
    stage: str
    reason: str = ""
    duplicate_sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class WriteOffContext:
    run: BillRunContext
    losses: Losses


def write_off(header: Header, wanted: Wanted, at: datetime, context: WriteOffContext) -> Header:
    """
    Book that all that is open of an invoice is doubtful, or lost; asked again, change nothing.

    Raises:
        InvalidError: it is no invoice, or the day of the duplicate makes no sense.
        StateConflictError: nothing of it is open.
        StoreUnavailableError: payments were faster, again and again.

    """
    if header.kind not in (INVOICE, LATE_CHARGE):
        raise InvalidError(f"invoice: expected an invoice, found {header.kind}")
    zone = context.run.entities.entity(header.entity).time_zone
    _must_be_sent(header, wanted, day_of(at, zone))
    document = closed_document(header, context.run)
    for _ in range(ATTEMPTS):
        read = context.losses.header(header.customer_id, header.id) or header
        if context.losses.known(header.customer_id, wanted.id):
            return read
        context.losses.write(_step(read, document, wanted), at=at)
    raise StoreUnavailableError(f"{header.number}: moved {ATTEMPTS} times meanwhile")


def _step(read: Header, document: Mapping[str, Any], wanted: Wanted) -> WriteOff:
    if wanted.stage == DOUBTFUL:
        after, movements = doubted(read.loss, read.open_minor)
    else:
        minor = read.open_minor + read.loss.doubtful
        relieved = tax_of(document, minor) if wanted.duplicate_sent_on else 0
        vat = VAT
        if read.waiting:  # never chargeable: it is no tax to be relieved of
            relieved, vat = _still_waits(read), VAT_WAITING
        after, movements = written_off(read.loss, read.open_minor, relieved=relieved, vat=vat)
    return WriteOff(
        id=wanted.id,
        stage=wanted.stage,
        header=read,
        after=after,
        entry=entry(read.currency, movements),
        reason=wanted.reason,
        duplicate_sent_on=wanted.duplicate_sent_on,
    )


def _still_waits(read: Header) -> int:
    """Return the tax that waits for what is not paid yet, less that of what was lost before."""
    paid = freed(read.waiting, read.gross_minor, settled=read.paid_minor)
    return sum(read.waiting.values()) - paid - read.loss.relieved


def tax_of(document: Mapping[str, Any], minor: int) -> int:
    """Return the tax inside a part of what a document charges, rounded by category and rate."""
    gross = document["totals"]["gross"]
    return sum(
        rounded(Fraction(one["tax"] * minor, gross), Rounding.HALF_AWAY)
        for one in document["taxes"]
    )


def _must_be_sent(header: Header, wanted: Wanted, today: date) -> None:
    sent_on = wanted.duplicate_sent_on
    if sent_on is None:
        return
    if wanted.stage != LOST:
        raise InvalidError(
            f"duplicate_sent_on: expected with a debt that is lost, found {wanted.stage}",
            pointer="/duplicate_sent_on",
        )
    if not header.issued_on <= sent_on <= today:
        raise InvalidError(
            f"duplicate_sent_on: expected a day from {header.issued_on} to {today}, found "
            f"{sent_on}",
            pointer="/duplicate_sent_on",
        )
