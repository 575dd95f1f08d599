"""
Collect: an attempt is stored, then its provider is asked; its answer is told like a webhook.

Whoever works an attempt a second time looks first what became of the first call. Money counts
only when it is settled: that is the work of settle_payment, whichever way it was told.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from solde.domain.attempts import (
    Agrees,
    Attempt,
    AttemptState,
    NotKnown,
    Settles,
    Waits,
    able,
    after,
    amount_asked,
    must_be_another,
)
from solde.domain.errors import NotFoundError, SoldeError, StoreUnavailableError
from solde.domain.money import Money
from solde.domain.payments import Received
from solde.ports.billing import Header
from solde.ports.gateways import Attempts, Gateway
from solde.ports.payments import PaymentStore

TRIES = 5
LEFT = "left"
"""The code of an attempt whose payer chose another way."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`id` is the same for the same request; without an amount, all that is open."""

    id: str
    provider: str
    country: str
    live: bool
    method: str = ""
    minor: int | None = None
    return_url: str = ""


@dataclass(frozen=True, slots=True)
class CollectContext:
    attempts: Attempts
    payments: PaymentStore
    gateway: Callable[[str], Gateway]


@dataclass(frozen=True, slots=True)
class Repaired:
    ended: int
    open: int
    failed: int


def ask_payment(header: Header, wanted: Wanted, at: datetime, attempts: Attempts) -> Attempt:
    """
    Store that an invoice shall be collected; asked again, it is the same attempt.

    Raises:
        InvalidError: the provider cannot do it, or more is wanted than is open.
        StateConflictError: nothing is open, or an earlier attempt has not ended.
        StoreUnavailableError: others asked again and again; repeat it.

    """
    for _ in range(TRIES):
        found = attempts.of(header.customer_id, header.id)
        if known := next((one for one in found if one.id == wanted.id), None):
            return known
        open_ = Money(header.open_minor, header.currency)
        amount = amount_asked(open_, found[-1] if found else None, wanted.minor)
        must_be_another(found, wanted.method)
        able(
            wanted.provider,
            amount,
            wanted.country,
            live=wanted.live,
            stored=bool(wanted.method),
        )
        attempt = Attempt(
            id=wanted.id,
            customer_id=header.customer_id,
            invoice_id=header.id,
            number=len(found) + 1,
            provider=wanted.provider,
            amount=amount,
            asked_at=at,
            look_at=at,
            method=wanted.method,
            return_url=wanted.return_url,
        )
        if attempts.ask(attempt):
            return attempt
    raise StoreUnavailableError(f"{header.id}: overtaken {TRIES} times")


def make_attempt(
    customer_id: str, invoice_id: str, number: int, at: datetime, context: CollectContext
) -> Attempt:
    """
    Ask the provider for what was stored, and keep its answer; a second time does no harm.

    Raises:
        NotFoundError: there is no such attempt.
        ProviderUnavailableError: no answer; the attempt is unknown until it is looked up.

    """
    attempt = context.attempts.attempt(customer_id, invoice_id, number)
    if attempt is None:
        raise NotFoundError(f"attempt: expected {number} of {invoice_id}, found none")
    return _worked(attempt, at, context) if attempt.open else attempt


def repair_attempts(at: datetime, context: CollectContext) -> Repaired:
    """Look at what was left open; what a provider does not answer now is looked at again."""
    ended = left = failed = 0
    for attempt in context.attempts.due(at):
        try:
            now = _worked(attempt, at, context)
        except SoldeError:
            failed += 1
            continue
        ended, left = ended + (not now.open), left + now.open
    return Repaired(ended, left, failed)


def _worked(attempt: Attempt, at: datetime, context: CollectContext) -> Attempt:
    if attempt.called_at is None:
        if reason := _needless(attempt, at, context):
            return _moved(attempt, attempt.void(reason), context)
        first = replace(attempt, called_at=at)
        if context.attempts.called(first):
            return _answered(first, at, context, first=True)
        attempt = _again(attempt, context)
    return _answered(attempt, at, context, first=False) if attempt.open else attempt


def _needless(attempt: Attempt, at: datetime, context: CollectContext) -> str:
    """Say why a provider need not be asked, before it ever was."""
    if reason := _not_wanted(attempt, context):
        return reason
    return "" if attempt.repeatable(at) else "too_late"


def _not_wanted(attempt: Attempt, context: CollectContext) -> str:
    """Say why nobody is to pay on a page any more, if so it is."""
    if attempt.left:
        return LEFT
    return "not_needed" if _paid_otherwise(attempt, context) else ""


def _paid_otherwise(attempt: Attempt, context: CollectContext) -> bool:
    """Tell whether less is open by now than an attempt asks for, which was not paid yet."""
    invoice = context.payments.open_invoice(attempt.invoice_id)
    return invoice is None or invoice.open_minor < attempt.amount.minor


def _answered(attempt: Attempt, at: datetime, context: CollectContext, *, first: bool) -> Attempt:
    gateway = context.gateway(attempt.provider)
    try:
        answer = NotKnown() if first else gateway.look_up(attempt)
        if isinstance(answer, NotKnown) and _may_ask(attempt, at):
            answer = gateway.charge(attempt)
        elif isinstance(answer, (Waits, Agrees)) and not attempt.method:
            found = replace(attempt, reference=answer.reference)
            if (reason := _not_wanted(attempt, context)) and gateway.give_up(found):
                return _moved(attempt, attempt.void(reason), context)
            if isinstance(answer, Agrees):
                answer = gateway.take(found)
    except SoldeError as lost:
        if lost.retryable and attempt.state is AttemptState.ASKED:
            context.attempts.move(attempt, after(attempt, NotKnown(), at))
        raise
    if isinstance(answer, Settles):
        context.payments.receive_told(_received(attempt, answer), attempt.id, at=at)
    return _moved(attempt, after(attempt, answer, at), context)


def _may_ask(attempt: Attempt, at: datetime) -> bool:
    """Tell whether to ask under the same key: what waits was heard of, and is not asked again."""
    return attempt.repeatable(at) and attempt.state is not AttemptState.WAITING


def _received(attempt: Attempt, answer: Settles) -> Received:
    return Received(
        attempt.provider, answer.reference, answer.amount, attempt.invoice_id, answer.at
    )


def _moved(read: Attempt, moved: Attempt, context: CollectContext) -> Attempt:
    """Keep what became of it; where another was faster, what that one says."""
    return moved if context.attempts.move(read, moved) else _again(read, context)


def _again(read: Attempt, context: CollectContext) -> Attempt:
    found = context.attempts.attempt(read.customer_id, read.invoice_id, read.number)
    if found is None:
        raise NotFoundError(f"attempt: expected {read.id}, found none")
    return found
