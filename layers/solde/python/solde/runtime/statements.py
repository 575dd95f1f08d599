"""A customer's statement, as the API says it and as pages and paper show it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from solde.domain.invoicing.parties import (
    Customer,
    Entity,
    customer_document,
    entity_document,
    templates_document,
)
from solde.domain.languages import language_of
from solde.domain.statement import Row, ageing
from solde.domain.statement import statement as drawn_up
from solde.runtime import wiring
from solde.storage.lots import lots_of
from solde.storage.statements import moved, open_invoices
from solde.storage.table import Item


def statement_of(
    customer: Customer, items: Sequence[Item], days: tuple[date, date], code: str, today: date
) -> dict[str, Any]:
    """
    Return a statement in one currency, by booking day; ageing and credit are those of today.

    `items` are all of the customer that carry an entry.
    """
    first_on, last_on = days
    found = drawn_up(moved(items, code), first_on, last_on)
    lots = [one for one in lots_of(wiring.table(), customer.id) if one.left.currency == code]
    return {
        "object": "statement",
        "customer": customer.id,
        "currency": code,
        "from": first_on.isoformat(),
        "to": last_on.isoformat(),
        "opening": found.opening,
        "rows": [_row(one) for one in found.rows],
        "documents": found.documents,
        "settlements": found.settlements,
        "closing": found.closing,
        "as_of": today.isoformat(),
        "unapplied": sum(one.left.minor for one in lots if not one.invoiced),
        "deposits": sum(one.left.minor for one in lots if one.invoiced),
        "ageing": ageing(open_invoices(items, code), today),
    }


def with_parties(said: dict[str, Any], customer: Customer, entity: Entity) -> dict[str, Any]:
    """Return a statement with all that is set of it: both parties, the language, the templates."""
    return said | {
        "entity": entity_document(entity),
        "customer": customer_document(customer),
        "language": language_of(customer.language, entity.language),
        **templates_document(entity, customer),
    }


def _row(one: Row) -> dict[str, Any]:
    return {
        "on": one.moved.on.isoformat(),
        "kind": one.moved.kind,
        "id": one.moved.id,
        "name": one.moved.name,
        "amount": one.moved.minor,
        "balance": one.balance,
    }
