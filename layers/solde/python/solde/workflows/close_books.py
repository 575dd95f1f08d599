"""Close a month of the books: release what it earned, chain its entries, strike the balance."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from solde.domain.errors import (
    NotFoundError,
    SoldeError,
    StateConflictError,
    StoreUnavailableError,
)
from solde.domain.invoicing.canonical import canonical
from solde.domain.ledger import Entry, balanced, entry_of_release, opened, post
from solde.domain.periods import day_of
from solde.ports.books import Books, Close, CloseStatus, Fact, User, month_name
from solde.ports.runs import RunStatus, RunStore
from solde.workflows.accrue_usage import unbilled
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.bill_run.open import NotRatedError

NEVER_CLOSED = date.min
LINES = "application/jsonl"


@dataclass(frozen=True, slots=True)
class BooksContext:
    books: Books
    run: BillRunContext


def ask_close(entity: str, month: date, *, at: datetime, by: str, context: BooksContext) -> Close:
    """
    Ask that a month be closed; asked again, it is the same close.

    Raises:
        NotFoundError: there is no such entity.
        StateConflictError: the month is not over or not the next one, or a run is issuing.
        NotRatedError: what was used in the month is not completely rated.

    """
    zone = context.run.entities.entity(entity).time_zone
    closes = context.books.closes(entity)
    if known := next((one for one in closes if one.month == month), None):
        return known
    asked = Close(entity, month, CloseStatus.ASKED, at, by)
    # Documents are dated by the day of the entity, money by that of UTC: both must be past it.
    today = min(day_of(at, zone), at.date())
    if today < asked.until:
        raise StateConflictError(
            f"month: expected one that was over on {today}, found {asked.name}", pointer="/month"
        )
    if closes and closes[-1].until != month:
        raise StateConflictError(
            f"month: expected {month_name(closes[-1].until)}, the next one, found {asked.name}",
            pointer="/month",
        )
    if sealed := _sealed(entity, context.run.runs):
        raise StateConflictError(f"entity: expected no bill run being issued, found {sealed}")
    rated_to_on = context.run.usage.rated_to_on(entity)
    if rated_to_on is not None and rated_to_on < asked.until:
        raise NotRatedError(
            f"close of {asked.name}: expected usage rated up to {asked.until}, found {rated_to_on}"
        )
    return context.books.ask(asked)


def _sealed(entity: str, runs: RunStore) -> str:
    """Name a run whose numbers are taken and whose documents may not all be there yet."""
    for run in map(runs.run, runs.unfinished()):
        if run.entity == entity and run.status is RunStatus.SEALED:
            return run.id
    return ""


def close_books(entity: str, month: date, context: BooksContext) -> Close:
    """
    Close a month that was asked for; a second time changes nothing.

    Its entries are written once, in order of day and fact, each chained to the one before by
    SHA-256, the first to the month before. The balance is struck from them alone.

    Raises:
        NotFoundError: nobody asked for it.
        UnbalancedEntryError: the books are wrong; nothing is closed.
        StoreUnavailableError: the month before is being closed, or another worker was faster.

    """
    closes = context.books.closes(entity)
    close = next((one for one in closes if one.month == month), None)
    if close is None:
        raise NotFoundError(f"month: expected one asked to be closed, found {month_name(month)}")
    if close.status is CloseStatus.CLOSED:
        return close
    before = next((one for one in closes if one.until == month), None)
    if before and before.status is not CloseStatus.CLOSED:
        raise StoreUnavailableError(f"{close.name}: expected {before.name} closed before it")
    close, earlier, journal = _gathered(close, before, context)
    balances = opened(before.balances if before else ())
    for fact in earlier:
        post(balances, fact.currency, fact.movements)
    balances = opened(balances.values())
    for fact in journal:
        post(balances, fact.currency, fact.movements)
    text, chain = chained(journal, before.chain if before else "")
    closed = replace(
        close,
        status=CloseStatus.CLOSED,
        entries=len(journal),
        chain=chain,
        balances=balanced(balances),
    )
    context.run.objects.put_new(journal_key(closed), text, content_type=LINES)
    context.books.finish(closed)
    return closed


def journal_key(close: Close) -> str:
    """Return where the entries of a closed month lie, a line each; named by their chain."""
    return f"books/{close.entity}/{close.name}-{close.chain[:16]}.jsonl"


def _gathered(
    close: Close, before: Close | None, context: BooksContext
) -> tuple[Close, Sequence[Fact], Sequence[Fact]]:
    """Return what was booked before any month was closed, and the entries of this one."""
    since = before.until if before else NEVER_CLOSED
    books = context.books
    earlier: list[Fact] = []
    journal: list[Fact] = []
    waiting: list[tuple[Fact, Entry]] = []
    users: list[str] = []
    for fact in books.read(close.entity):
        if isinstance(fact, User):
            users.append(fact.customer_id)
        elif fact.on < close.until:
            if close.month <= fact.on:
                journal.append(fact)
            elif before is None:
                earlier.append(fact)
            waiting += _released(fact, since, close.until)
    journal += books.releases(close, waiting)
    if close.not_accrued is None:
        close = _accrued(close, users, context)
    journal += books.accrued(close)
    return close, earlier, in_order(journal)


def _released(fact: Fact, since: date, until: date) -> list[tuple[Fact, Entry]]:
    """Return what the days before `until` have earned of a document, where it defers."""
    if not fact.deferrals:
        return []
    step = entry_of_release(
        fact.currency, fact.deferrals, issued_on=fact.on, since=since, until=until
    )
    return [(fact, step)] if step.postings else []


def _accrued(close: Close, users: Iterable[str], context: BooksContext) -> Close:
    """Accrue what was used and is not billed; name those of whom there is no amount."""
    waiting = []
    for customer_id in users:
        try:
            found = unbilled(customer_id, close, context.run)
        except SoldeError as wrong:
            if wrong.retryable:
                raise
            waiting.append(customer_id)
            continue
        if found:
            context.books.accrue(close, customer_id, found)
    return context.books.complete(replace(close, not_accrued=tuple(waiting)))


def in_order(facts: Iterable[Fact]) -> Sequence[Fact]:
    """Sort by day, and those of a day by where they lie."""
    return sorted(facts, key=lambda one: (one.on, one.name))


def chained(journal: Sequence[Fact], link: str) -> tuple[bytes, str]:
    """Return entries a line each, each with the SHA-256 of the one before, and the last link."""
    lines = []
    for fact in journal:
        row = {
            "fact": fact.name,
            "on": fact.on.isoformat(),
            "currency": fact.currency,
            "movements": dict(fact.movements),
            "before": link,
        }
        body = canonical(row)
        link = hashlib.sha256(body).hexdigest()
        lines.append(body)
    return b"".join(line + b"\n" for line in lines), link
