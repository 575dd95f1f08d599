"""A mandate (SEPA): who may be debited on which account, as he has signed it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from solde.domain.banking.iban import PROVED, iban, in_sepa, remainder
from solde.domain.errors import InvalidError, StateConflictError

SCHEMES = ("CORE", "B2B")
NOTICE_DAYS = 14
"""How long before a debit it is announced, unless less was agreed."""
CREDITOR = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")
FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
"""What banks do not pass on."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """`reference` is what banks know it by (UMR); `stopped` says why it is used no more."""

    id: str
    reference: str
    customer_id: str
    entity: str
    iban: str
    holder: str
    signed_on: date
    scheme: str = SCHEMES[0]
    notice_days: int = NOTICE_DAYS
    first: str = ""
    """The debit that it was used for first."""
    revoked_on: date | None = None
    stopped: str = ""

    @property
    def usable(self) -> bool:
        return self.revoked_on is None and not self.stopped


def debited_account(text: str) -> str:
    """
    Return the number of an account that can be debited.

    Raises:
        InvalidError: it is none, or of no bank in SEPA.

    """
    found = iban(text)
    if not in_sepa(found):
        raise InvalidError(
            f"iban: expected one of a country in SEPA, found {found[:2]}", pointer="/iban"
        )
    return found


def creditor_id(text: str) -> str:
    """
    Return the id by which banks know who debits (ICS), proved to be one.

    Raises:
        StateConflictError: there is none, or its digits do not prove it.

    """
    found = "".join(text.split()).upper()
    # The business code behind the check digits is no part of what they prove.
    if not CREDITOR.fullmatch(found) or remainder(found[7:] + found[:4]) != PROVED:
        raise StateConflictError(
            f"entity: expected a creditor_id in its registration, found {text!r:.40}"
        )
    return found


def passed_on(text: str, most: int = 70) -> str:
    """Return a text in the letters that banks pass on: without accents, the rest as dots."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(FOREIGN.sub(".", plain).split())[:most].strip() or "."
