"""The books as the API speaks of them: closed months with their balance, entries by hand."""

import re
from collections import Counter
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from solde.domain.errors import InvalidError
from solde.domain.ledger import (
    DOUBTFUL,
    EXPIRED,
    RECEIVABLE,
    TO_BILL,
    UNAPPLIED,
    VAT_WAITING,
    Balance,
    Entry,
    entry,
)
from solde.domain.money import currency
from solde.ports.books import Close, CloseStatus, EntryByHand
from solde.runtime.fields import Code, Day, Strict, Text, described, instant_text

BY_FACTS = (RECEIVABLE, UNAPPLIED, DOUBTFUL, VAT_WAITING, TO_BILL, EXPIRED)
"""What customers owe, have paid too much or used, and tax that waits: proved by their facts."""
MONTH = re.compile(r"(19[7-9][0-9]|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])")


def _month(value: str) -> str:
    if not MONTH.fullmatch(value):
        raise ValueError('expected a month as text such as "2027-01"')
    return value


class NewClose(Strict):
    entity: Code
    month: Annotated[str, AfterValidator(_month)]


class PostingModel(Strict):
    """Exactly one of `debit` and `credit`, in minor units."""

    account: str = Field(pattern=r"^[0-9]{3,10}$")
    debit: int = Field(default=0, ge=0, le=10**15)
    credit: int = Field(default=0, ge=0, le=10**15)


class NewJournalEntry(Strict):
    """An entry by hand; both sides come to the same."""

    entity: Code
    on: Day
    currency: str
    text: Text
    postings: list[PostingModel] = Field(min_length=2, max_length=100)

    def entry(self) -> Entry:
        """
        Return the entry.

        Raises:
            InvalidError: a posting has no side or two, the sides differ, or it is on an account
                that only facts move.

        """
        sums: Counter[str] = Counter()
        for number, one in enumerate(self.postings):
            if one.account in BY_FACTS:
                raise InvalidError(
                    f"account: expected another than {one.account}, which only documents and "
                    "payments move",
                    pointer=f"/postings/{number}/account",
                )
            if bool(one.debit) == bool(one.credit):
                raise InvalidError(
                    f"posting: expected a debit or a credit, found {one.debit} and {one.credit}",
                    pointer=f"/postings/{number}",
                )
            sums[one.account] += one.debit - one.credit
        debit = sum(one.debit for one in self.postings)
        credit = sum(one.credit for one in self.postings)
        if debit != credit:
            raise InvalidError(
                f"postings: expected a credit of {debit}, found {credit}, "
                f"a difference of {debit - credit}",
                pointer="/postings",
            )
        return entry(currency(self.currency), sums)


def month_of(text: str) -> date:
    """
    Return the first day of a month of a path.

    Raises:
        InvalidError: it is none.

    """
    if not MONTH.fullmatch(text):
        raise InvalidError(f"month: expected one such as 2027-01, found {text!r}")
    return date.fromisoformat(f"{text}-01")


def close_shown(close: Close, *, livemode: bool) -> dict[str, Any]:
    """Return a month with its trial balance, which is empty until it is closed."""
    closed = close.status is CloseStatus.CLOSED
    return described(
        "close",
        id=f"{close.entity}/{close.name}",
        entity=close.entity,
        month=close.name,
        status=close.status.value,
        created_at=instant_text(close.asked_at),
        created_by=close.asked_by,
        entries=close.entries if closed else None,
        chain=close.chain or None,
        not_accrued=list(close.not_accrued or ()),
        balances=[_balance(one) for one in close.balances],
        livemode=livemode,
    )


def _balance(one: Balance) -> dict[str, Any]:
    return {
        "account": one.account,
        "currency": one.currency,
        "opening": one.opening,
        "debit": one.debit,
        "credit": one.credit,
        "closing": one.closing,
    }


def entry_shown(one: EntryByHand, *, livemode: bool) -> dict[str, Any]:
    return described(
        "journal_entry",
        id=one.id,
        entity=one.entity,
        on=one.on.isoformat(),
        currency=one.entry.currency,
        text=one.text,
        created_by=one.by,
        postings=[_posting(row.account, row.minor) for row in one.entry.postings],
        livemode=livemode,
    )


def _posting(account: str, minor: int) -> dict[str, Any]:
    return {"account": account, "debit": max(minor, 0), "credit": max(-minor, 0)}
