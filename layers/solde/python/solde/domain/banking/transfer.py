"""A transfer that came: one booking of an account of ours, and which invoice it pays."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from solde.domain.banking.creditor_reference import referred_to
from solde.domain.banking.statement import BankEntry
from solde.domain.identity import derived_id
from solde.domain.money import Money
from solde.domain.payments import BANK, Misfit, Received

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
SCHEMA = 1
BETWEEN = "[^A-Z0-9]{0,3}"
"""What payers and banks write between the parts of a number, or leave out."""
KINDS = ("DP", "LC")
"""Marks of the series of deposits and late charges; invoices have none."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """`id` follows from account and reference: it is the same in whichever file it comes."""

    id: str
    entity: str
    account: str
    entry: BankEntry

    def received(self, invoice_id: str, reference: str) -> Received:
        at = datetime.combine(self.entry.booked_on, time(), UTC)
        return Received(BANK, reference, self.entry.amount, invoice_id, at)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a transfer may pay; `known`: its customer has paid from that account."""

    invoice_id: str
    number: str
    entity: str
    open: Money
    known: bool


def transfer_of(entity: str, account: str, entry: BankEntry) -> Transfer:
    return Transfer(derived_id("btx", account, entry.reference, at=ALWAYS), entity, account, entry)


def to_body(one: Transfer) -> bytes:
    """Write a transfer down as a delivery is kept: the same booking, the same bytes."""
    entry = one.entry
    fields = {
        "schema": SCHEMA,
        "id": one.id,
        "entity": one.entity,
        "account": one.account,
        "reference": entry.reference,
        "amount": entry.amount.minor,
        "currency": entry.amount.currency,
        "booked_on": entry.booked_on.isoformat(),
        "name": entry.name,
        "iban": entry.iban,
        "structured": entry.structured,
        "text": entry.text,
        "end_to_end": entry.end_to_end,
        **({"batch": entry.batch} if entry.batch else {}),
    }
    return json.dumps(fields, sort_keys=True).encode()


def from_body(body: bytes) -> Transfer:
    said = json.loads(body)
    entry = BankEntry(
        reference=said["reference"],
        amount=Money(said["amount"], said["currency"]),
        booked_on=date.fromisoformat(said["booked_on"]),
        name=said["name"],
        iban=said["iban"],
        structured=said["structured"],
        text=said["text"],
        end_to_end=said["end_to_end"],
        batch=said.get("batch", ""),
    )
    return Transfer(said["id"], said["entity"], said["account"], entry)


def numbers_in(text: str, prefix: str) -> Iterator[str]:
    """Yield the numbers of documents that a text names, however their parts are set apart."""
    spaced = BETWEEN.join(re.escape(char) for char in prefix.upper() if char.isalnum())
    kinds = "|".join(KINDS)
    parts = (f"(?<![A-Z0-9]){spaced}", f"({kinds})?", "([0-9]{4})", "([0-9]{6,12})(?![0-9])")
    number = BETWEEN.join(parts)
    for kind, year, digits in dict.fromkeys(re.findall(number, text.upper())):
        yield f"{prefix}-{kind}{'-' if kind else ''}{year}-{int(digits):06d}"


def referred(entry: BankEntry, prefix: str) -> Sequence[str]:
    """Return the one number that a payer gave as his reference, if he did."""
    said = referred_to(entry.structured) or entry.structured.strip()
    found = tuple(numbers_in(said, prefix))
    whole = found and _letters(found[0]) == _letters(said)
    return found if whole and len(found) == 1 else ()


def matched(
    entry: BankEntry, exact: Sequence[Candidate], named: Sequence[Candidate]
) -> str | Misfit:
    """
    Return the invoice that a transfer pays for certain; else what of that is missing.

    A reference that was given as such is enough, whatever the amount. A number in a text is so only
    with the amount that is open, from an account that its customer has paid from before.
    """
    if exact:
        return exact[0].invoice_id
    if len(named) != 1:
        numbers = ", ".join(one.number for one in named[:5]) or "none"
        return Misfit(
            f"transfer: expected a reference, or the number of one document, found {numbers}"
        )
    (one,) = named
    if one.open != entry.amount:
        return Misfit(
            f"transfer: expected {one.open.minor} {one.open.currency}, open of {one.number}, "
            f"found {entry.amount.minor} {entry.amount.currency}"
        )
    if not one.known:
        return Misfit(f"transfer: expected a known account of who owes {one.number}, found another")
    return one.invoice_id


def _letters(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
