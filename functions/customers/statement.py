"""The statement of a customer: opening, what came and went, closing; what is open, and how late."""

from datetime import date
from typing import Any

from solde.domain.errors import InvalidError
from solde.domain.invoicing.parties import Customer
from solde.domain.money import currency
from solde.domain.statement import Row, ageing, statement
from solde.runtime import wiring
from solde.runtime.fields import day_from
from solde.storage.lots import lots_of
from solde.storage.statements import booked, moved, open_invoices


def statement_of(
    customer: Customer, code: str, first_on: date, last_on: date, today: date
) -> dict[str, Any]:
    """
    Return a statement in one currency, by booking day; ageing and credit are those of today.

    Raises:
        InvalidError: there is no such currency, or the days are the wrong way round.

    """
    items = booked(wiring.table(), customer.id)
    found = statement(moved(items, currency(code)), first_on, last_on)
    lots = lots_of(wiring.table(), customer.id)
    return {
        "object": "statement",
        "customer": customer.id,
        "currency": code,
        "from": first_on.isoformat(),
        "to": last_on.isoformat(),
        "opening": found.opening,
        "rows": [_row(one) for one in found.rows],
        "closing": found.closing,
        "as_of": today.isoformat(),
        "unapplied": sum(one.left.minor for one in lots if one.left.currency == code),
        "ageing": ageing(open_invoices(items, code), today),
    }


def asked_day(name: str, text: str) -> date:
    """
    Return the day that a query names.

    Raises:
        InvalidError: it is none.

    """
    try:
        return day_from(text)
    except ValueError as wrong:
        raise InvalidError(
            f"{name}: expected a day such as 2027-01-31, found {text!r}", pointer=f"/{name}"
        ) from wrong


def _row(one: Row) -> dict[str, Any]:
    return {
        "on": one.moved.on.isoformat(),
        "kind": one.moved.kind,
        "id": one.moved.id,
        "name": one.moved.name,
        "amount": one.moved.minor,
        "balance": one.balance,
    }
