"""A customer's own pages: what is open, and what he pays with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from solde.adapters.render.look import Look
from solde.adapters.render.pages.shell import set_page
from solde.adapters.render.words import Words
from solde.domain.attempts import PROVIDERS
from solde.domain.invoicing.parties import Customer
from solde.ports.billing import Header
from solde.ports.methods import PaymentMethod


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a link to a customer's own pages; `statement` is that of the last year."""

    customer: Customer
    statement: Mapping[str, Any]
    unpaid: Sequence[Header]
    said: Words
    look: Look
    base: str
    today: date
    folder: Path
    home: str = ""

    @property
    def seller(self) -> str:
        name: str = self.statement["entity"]["name"]
        return name


def account_page(account: Account) -> str:
    """Set what is open, each document with its page, and what is owed in all."""
    said, statement = account.said, account.statement
    asked = [one for one in account.unpaid if one.open_minor > 0]
    rows = sorted(asked, key=lambda one: (one.due_on, one.number))
    return set_page(
        account,
        "account.html.j2",
        said.say("account_title", name=account.customer.name),
        state="account",
        document=None,
        balance=said.money(statement["closing"], statement["currency"]),
        balance_said=said.say("closing"),
        open_title=said.say("account_open"),
        nothing=said.say("account_nothing"),
        columns=[said.say("number"), said.say("due_on"), said.say("pay_amount")],
        rows=[_row(account, one) for one in rows],
        links=[
            (f"{account.base}/statement", said.say("title_statement")),
            (f"{account.base}/methods", said.say("methods_title")),
        ],
    )


def methods_page(account: Account, methods: Sequence[PaymentMethod]) -> str:
    """Set what the customer pays with, each with a button that removes it."""
    said = account.said
    return set_page(
        account,
        "methods.html.j2",
        said.say("methods_title"),
        state="methods",
        document={"href": account.base, "label": said.say("page_account")},
        nothing=said.say("methods_none"),
        action=f"{account.base}/methods",
        remove=said.say("methods_remove"),
        rows=[(one.id, one.label or _way(account, one)) for one in methods if not one.removed],
    )


def _row(account: Account, one: Header) -> tuple[str, str, str, str, bool]:
    said = account.said
    return (
        f"{account.base}/{one.id}",
        one.number,
        said.day(one.due_on.isoformat(), short=True),
        said.money(one.open_minor, one.currency),
        account.today > one.due_on,
    )


def _way(account: Account, one: PaymentMethod) -> str:
    known = one.provider in PROVIDERS
    return account.said.say(f"pay_with_{one.provider}" if known else "receipt_other")
