"""An account statement: what a bank says was booked on an account of ours."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.money import Money

ENTRIES_MAX = 2_000
"""More than fit into a request anyway."""


@dataclass(frozen=True, slots=True)
class BankEntry:
    """
    One booking: money that came, or below zero money that went.

    `reference` is the bank's own name of it; `name` and `iban` are the other side; `structured` is
    a reference that the payer gave as such, `text` what he wrote; `batch` the file of debits that
    was collected. A debit that came back has a `code`, and in `amount` the `fee` of the bank.
    """

    reference: str
    amount: Money
    booked_on: date
    name: str = ""
    iban: str = ""
    structured: str = ""
    text: str = ""
    end_to_end: str = ""
    batch: str = ""
    code: str = ""
    fee: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    account: str
    entries: tuple[BankEntry, ...]
    opening: Money | None = None
    closing: Money | None = None


def must_add_up(statement: Statement) -> None:
    """
    Refuse a statement that does not prove itself.

    Raises:
        InvalidError: a reference comes twice, or the entries do not lead from the balance before
            to the one behind.

    """
    if len(statement.entries) > ENTRIES_MAX:
        raise InvalidError(
            f"entries: expected at most {ENTRIES_MAX}, found {len(statement.entries)}",
            pointer="/entries",
        )
    names = Counter(one.reference for one in statement.entries)
    twice = [name for name, times in names.items() if times > 1]
    if twice:
        raise InvalidError(f"reference: expected each once, found {twice[0]!r} twice")
    codes = {one.amount.currency for one in statement.entries}
    codes |= {one.currency for one in (statement.opening, statement.closing) if one}
    if len(codes) > 1:
        raise InvalidError(f"currency: expected one, found {', '.join(sorted(codes))}")
    if statement.opening is None or statement.closing is None:
        return
    found = statement.opening.minor + sum(one.amount.minor for one in statement.entries)
    if found != statement.closing.minor:
        raise InvalidError(
            f"closing: expected opening and entries to come to {found}, "
            f"found {statement.closing.minor}, a difference of {statement.closing.minor - found}"
        )
