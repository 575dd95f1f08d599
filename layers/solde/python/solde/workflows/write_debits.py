"""
Write: debits that are due go to the bank in one file for each entity, each debit in one file ever.

A debit is claimed for a batch, then what the batch has is frozen, then its file is written once,
then the debit is sent. Whoever dies in between is followed by the next, who finishes what is
claimed first; a debit that its frozen batch is without is let go.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from solde.domain.banking.debit import Debit, DebitState, later
from solde.domain.banking.iban import iban
from solde.domain.banking.mandate import creditor_id
from solde.domain.errors import SoldeError, StateConflictError
from solde.domain.identity import derived_id
from solde.domain.invoicing.parties import Entity
from solde.ports.debits import Creditor, DebitBatch, Debits
from solde.ports.objects import ObjectStore

AHEAD = timedelta(days=5)
"""What is collected up to this many days from now goes into the file: weekends lie between."""
BATCH_MOST = 5_000
XML = "application/xml"
Write = Callable[[DebitBatch, Sequence[Debit], Creditor], bytes]


@dataclass(frozen=True, slots=True)
class DebitContext:
    debits: Debits
    objects: ObjectStore
    entity: Callable[[str], Entity]
    write: Write


@dataclass(frozen=True, slots=True)
class Written:
    batches: tuple[str, ...] = ()
    sent: int = 0
    dropped: int = 0
    failed: tuple[str, ...] = ()
    """Entities whose files could not be written."""


def file_key(batch_id: str) -> str:
    return f"debits/{batch_id}.xml"


def creditor_of(entity: Entity) -> Creditor:
    """
    Return who collects.

    Raises:
        StateConflictError: his registration lacks the creditor id or the account.

    """
    said = entity.registration or {}
    if not said.get("iban"):
        raise StateConflictError(f"entity {entity.code}: expected an iban in its registration")
    named = creditor_id(said.get("creditor_id", ""))
    return Creditor(entity.name, named, iban(said["iban"], ""), said.get("bic", ""))


def write_debits(at: datetime, context: DebitContext) -> Written:
    """Write the files of all that is to be collected soon; a second time does no harm."""
    until = (at.date() + AHEAD).isoformat()
    waiting, dropped = [], 0
    for one in context.debits.waiting(until):
        if one.batch or not (code := _needless(one, context)):
            waiting.append(one)
        else:
            end = replace(one, state=DebitState.DROPPED, code=code)
            dropped += context.debits.ended(end)
    found: dict[tuple[str, str], list[Debit]] = defaultdict(list)
    for one in waiting:
        found[one.entity, one.batch].append(one)
    outcome = Written(dropped=dropped)
    for (entity, batch), debits in sorted(found.items()):
        try:
            creditor = creditor_of(context.entity(entity))
            name = batch or _claimed(entity, debits, at, context)
            sent = _finished(name, debits, creditor, at, context)
        except SoldeError:
            outcome = replace(outcome, failed=(*outcome.failed, entity))
            continue
        named = (*outcome.batches, name)
        outcome = replace(outcome, batches=named, sent=outcome.sent + sent)
    return outcome


def _needless(one: Debit, context: DebitContext) -> str:
    """Say why a debit is not sent: it is paid otherwise, or its mandate has ended."""
    mandate = context.debits.mandate(one.customer_id, one.mandate_id)
    if mandate is None or not mandate.usable:
        return "no_mandate"
    invoice = context.debits.invoice(one.invoice_id)
    enough = invoice is not None and invoice.open_minor >= one.amount.minor
    return "" if enough else "not_needed"


def _claimed(entity: str, debits: list[Debit], at: datetime, context: DebitContext) -> str:
    """Claim debits for a batch that is named by what it shall have."""
    del debits[BATCH_MOST:]
    name = derived_id("ddb", entity, *(one.id for one in debits), at=at)
    debits[:] = [replace(one, batch=name) for one in debits if context.debits.claim(one, name)]
    if not debits:
        raise StateConflictError(f"{entity}: expected debits to claim, found others were faster")
    return name


def _finished(
    name: str, debits: Sequence[Debit], creditor: Creditor, at: datetime, context: DebitContext
) -> int:
    """Freeze what a batch has, write its file, and return how many are sent by it now."""
    kept = context.debits.batch(name) or _frozen(name, debits, at, context)
    inside = [one for name in kept.debits if (one := context.debits.debit(name))]
    days = {one.id: later(one, kept.made_at.date()) for one in inside}
    body = context.write(kept, list(days.values()), creditor)
    context.objects.put_new(file_key(name), body, content_type=XML)
    for one in debits:
        if one.id in days:
            context.debits.sent(days[one.id])
        else:
            context.debits.release(one)
    return sum(one.id in days for one in debits)


def _frozen(name: str, debits: Sequence[Debit], at: datetime, context: DebitContext) -> DebitBatch:
    total = sum(one.amount.minor for one in debits)
    ids = tuple(one.id for one in debits)
    return context.debits.freeze(DebitBatch(name, debits[0].entity, at, ids, total))
