"""Closed months of the books: what was chained and struck at their close is what is stored."""

from collections import defaultdict
from collections.abc import Iterator

from solde.domain.errors import UnbalancedEntryError
from solde.domain.ledger import Balance, balanced, opened, post
from solde.ports.audit import Stored
from solde.ports.books import Close, CloseStatus, Fact, month_name
from solde.workflows.close_books import chained, in_order
from solde.workflows.verify.report import Finding, differing, finding


def closed_months_stand(stored: Stored) -> Finding:
    """I37: months are closed in turn, and nothing was added to, taken from or changed in one."""
    entries: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in stored.entries:
        entries[fact.entity, month_name(fact.on)].append(fact)
    before: dict[str, Close] = {}

    def violations() -> Iterator[str]:
        for close in sorted(stored.closes, key=lambda one: (one.entity, one.month)):
            if close.status is CloseStatus.CLOSED:
                found = entries[close.entity, close.name]
                yield from _differing(close, before.get(close.entity), found)
                before[close.entity] = close

    return finding("I37", "closed months stand", len(stored.closes), violations())


def _differing(close: Close, before: Close | None, found: list[Fact]) -> Iterator[str]:
    name = f"{close.entity} {close.name}"
    if before:
        yield from differing(f"{name}: month before it", close.month, before.until)
    _, chain = chained(in_order(found), before.chain if before else "")
    yield from differing(f"{name}: entries", close.entries, len(found))
    yield from differing(f"{name}: chain", close.chain, chain)
    opening = {(one.currency, one.account): one.opening for one in close.balances if one.opening}
    if before:
        carried = {key: one.opening for key, one in opened(before.balances).items()}
        yield from differing(f"{name}: opening", carried, opening)
    balances = {
        (one.currency, one.account): Balance(one.account, one.currency, one.opening)
        for one in close.balances
        if one.opening
    }
    for fact in found:
        post(balances, fact.currency, fact.movements)
    try:
        yield from differing(f"{name}: balance", close.balances, balanced(balances))
    except UnbalancedEntryError as off:
        yield f"{name}: {off}"
