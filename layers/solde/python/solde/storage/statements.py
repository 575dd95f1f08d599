"""What a customer's statement is made of, read from where its facts lie."""

from collections.abc import Iterable, Iterator

from solde.domain.ledger import UNAPPLIED
from solde.domain.statement import Moved, Open
from solde.ports.billing import Header
from solde.storage import keys
from solde.storage.invoices import header_from_item
from solde.storage.journal import fact_from_item
from solde.storage.table import Item, Table

BEFORE_USAGE, BEHIND_USAGE = ("C", "T~"), ("V", "Z~")
"""A partition without what is billed (B) and what was used (U), which is most of it."""


def booked(table: Table, customer_id: str) -> list[Item]:
    """Read all items of a customer that carry an entry."""
    pk = keys.customer_pk(customer_id)
    ranges = (BEFORE_USAGE, BEHIND_USAGE)
    found = (item for first, last in ranges for item in table.query(pk, first=first, last=last))
    return [item for item in found if "jrn" in item]


def moved(items: Iterable[Item], currency: str) -> Iterator[Moved]:
    """Yield what the facts of one currency moved; releases move nothing of a customer's."""
    for item in items:
        if item["currency"] == currency:
            fact = fact_from_item(item)
            _, _, identity = item["sk"].rpartition("#")
            kind, name = item.get("kind", "other"), item.get("number", identity)
            # A deposit is settled by what pays it: what is owed for it is told apart.
            in_advance = {UNAPPLIED: fact.movements.get(UNAPPLIED, 0) - item.get("adv", 0)}
            yield Moved(fact.on, kind, identity, name, {**fact.movements, **in_advance})


def open_invoices(items: Iterable[Item], currency: str) -> Iterator[Open]:
    """Yield the invoices of one currency that are neither settled nor lost, doubtful or not."""
    for header in unpaid(items):
        if header.currency == currency:
            yield Open(header.due_on, header.open_minor + header.loss.doubtful)


def unpaid(items: Iterable[Item]) -> Iterator[Header]:
    """Yield what asks for money and is neither settled nor lost, doubtful or not."""
    for item in items:
        if item["sk"].startswith(("I#inv_", "I#lch_")):
            header = header_from_item(item)
            if header.open_minor + header.loss.doubtful:
                yield header
