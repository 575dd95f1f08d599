"""Somebody with a link to a customer's own pages: what is open, and the statement of a year."""

from collections.abc import Sequence
from datetime import date

from solde.adapters.render.pages.account import Account
from solde.adapters.render.words import words
from solde.domain.periods import day_of
from solde.ports.methods import PaymentMethod
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.documents import templates
from solde.runtime.looks import look_for
from solde.runtime.statements import statement_of, with_parties
from solde.runtime.visits import OF_CUSTOMER, link_of
from solde.storage.methods import MethodTable
from solde.storage.statements import booked, unpaid


def account_of(token: str) -> Account | None:
    """Return what the token of a link to a customer's own pages opens; None for any other."""
    link = link_of(token)
    if link is None:
        return None
    customer = wiring.customers().customer(link.customer_id)
    entity = wiring.entities().entity(customer.entity)
    today = day_of(business_now(), entity.time_zone)
    items = booked(wiring.table(), customer.id)
    days = date(today.year - 1, today.month, 1), today
    found = statement_of(customer, items, days, entity.currency, today)
    statement = with_parties(found, customer, entity)
    return Account(
        customer,
        statement,
        tuple(unpaid(items)),
        words(templates(), statement["language"]),
        look_for(statement, statement["as_of"]),
        f"/{OF_CUSTOMER}/{token}",
        today,
        templates(),
    )


def methods_of(account: Account) -> Sequence[PaymentMethod]:
    return methods().of(account.customer.id)


def methods() -> MethodTable:
    return MethodTable(wiring.table())
