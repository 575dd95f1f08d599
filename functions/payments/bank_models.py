"""Account statements and transfers as the API speaks of them."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from solde.adapters.bank.camt053 import statements
from solde.domain.banking.iban import iban
from solde.domain.banking.statement import ENTRIES_MAX, BankEntry, Statement
from solde.domain.banking.transfer import from_body
from solde.domain.identity import is_id
from solde.domain.money import Money, currency
from solde.ports.banking import KeptStatement
from solde.ports.payments import Delivery, DeliveryStatus
from solde.runtime.fields import Day, Reference, Strict, Text, described, instant_text
from solde.runtime.settings import settings

Minor = Annotated[int, Field(ge=-(10**15), le=10**15)]


class EntryModel(Strict):
    """
    A booking; `amount` in minor units, below zero where money went.

    `batch` is the payment information id of a file of debits that was collected. A debit that came
    back has the `code` of its reason; `fee` is what of the amount the bank keeps for it.
    """

    reference: str = Field(min_length=1, max_length=100)
    amount: Minor
    booked_on: Day
    name: str = Field(default="", max_length=140)
    iban: str = Field(default="", max_length=42)
    structured: str = Field(default="", max_length=35)
    text: str = Field(default="", max_length=500)
    end_to_end: str = Field(default="", max_length=35)
    batch: str = Field(default="", max_length=35)
    code: str = Field(default="", pattern=r"^([A-Z0-9]{4})?$")
    fee: int = Field(default=0, ge=0, le=10**9)


class NewStatement(Strict):
    """
    A file of the bank as `camt053`; or an `account` with its `currency` and its `entries`.

    With both, `opening` and `closing` have to fit the entries.
    """

    camt053: str | None = Field(default=None, min_length=1)
    account: str | None = Field(default=None, max_length=42)
    currency: str = "EUR"
    entries: list[EntryModel] | None = Field(default=None, max_length=ENTRIES_MAX)
    opening: Minor | None = None
    closing: Minor | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.camt053 is None) == (self.account is None or self.entries is None):
            raise ValueError("expected camt053, or account and entries")
        return self

    def statements(self) -> list[Statement]:
        """
        Return what was sent.

        Raises:
            InvalidError: the file is none, or the account.

        """
        if self.camt053 is not None:
            return statements(self.camt053)
        code = currency(self.currency)
        entries = tuple(_entry(one, code) for one in self.entries or ())
        opening, closing = (
            None if minor is None else Money(minor, code) for minor in (self.opening, self.closing)
        )
        return [Statement(iban(self.account or "", "/account"), entries, opening, closing)]


class NewAssignment(Strict):
    """The invoice that a transfer pays, whatever it is paid for; what is too much is credit."""

    invoice: Reference


class NewUndoing(Strict):
    reason: Text


def statement_shown(one: KeptStatement, known: dict[str, Delivery]) -> dict[str, Any]:
    """Return a statement with what became of its transfers so far."""
    states = [known[name].status.value for name in one.transfers if name in known]
    return described(
        "bank_statement",
        id=one.id,
        entity=one.entity,
        account=one.account,
        opening=one.opening.minor if one.opening else None,
        closing=one.closing.minor if one.closing else None,
        transfers=len(one.transfers),
        debits=one.debits,
        open=states.count("open"),
        done=states.count("done"),
        parked=states.count("parked"),
        created_at=instant_text(one.received_at),
        livemode=settings.live,
    )


def transfer_shown(one: Delivery) -> dict[str, Any]:
    transfer = from_body(one.body)
    entry = transfer.entry
    return described(
        "bank_transfer",
        id=transfer.id,
        entity=transfer.entity,
        account=transfer.account,
        reference=entry.reference,
        amount=entry.amount.minor,
        currency=entry.amount.currency,
        booked_on=entry.booked_on.isoformat(),
        name=entry.name,
        iban=entry.iban or None,
        structured=entry.structured or None,
        text=entry.text,
        end_to_end=entry.end_to_end or None,
        status=one.status.value,
        reason=one.note or None,
        payment=_payment(one),
        created_at=instant_text(one.received_at),
        livemode=settings.live,
    )


def _payment(one: Delivery) -> str | None:
    """Return the payment that a delivery was booked as: its note names it."""
    named = one.note.rpartition(" ")[2]
    return named if one.status is DeliveryStatus.DONE and is_id("pay", named) else None


def _entry(one: EntryModel, code: str) -> BankEntry:
    booked_on: date = one.booked_on
    account = iban(one.iban, "/entries") if one.iban else ""
    return BankEntry(
        one.reference,
        Money(one.amount, code),
        booked_on,
        one.name,
        account,
        one.structured,
        one.text,
        one.end_to_end,
        one.batch,
        one.code,
        one.fee,
    )
