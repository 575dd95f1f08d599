"""A direct debit: what a bank is asked to collect, and what it may say of it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from solde.domain.attempts import Answer, Decline, Declines, Settles, Waits
from solde.domain.banking.mandate import Mandate
from solde.domain.holidays import calendar
from solde.domain.money import Money

LEAD = timedelta(days=2)
"""A file is sent two days before, so that the bank has it on the business day before."""
HARD = ("AC01", "AC04", "AC06", "AC13", "AG01", "MD01", "MD02", "MD07", "RC01")
"""The account, or the mandate, is none: it is not asked again."""
ACTION = ("MD06", "MS02", "SL01")
"""The debtor did not want it."""
PREFIX = "att-"


class DebitState(Enum):
    WAITING = "waiting"
    SENT = "sent"
    RETURNED = "returned"
    DROPPED = "dropped"
    """It was not needed any more, or its mandate had ended, before it was sent."""


@dataclass(frozen=True, slots=True)
class Debit:
    """`id` is that of its attempt; what it says of mandate and debtor is what the file said."""

    id: str
    customer_id: str
    entity: str
    invoice_id: str
    number: int
    text: str
    amount: Money
    collect_on: date
    mandate_id: str
    reference: str
    signed_on: date
    iban: str
    holder: str
    scheme: str
    sequence: str
    state: DebitState = DebitState.WAITING
    batch: str = ""
    code: str = ""

    @property
    def end_to_end(self) -> str:
        """The name under which the debtor's bank tells of it."""
        return self.id.replace("_", "-")


def debit_of(
    attempt: tuple[str, str, int, Money],
    invoice: tuple[str, str],
    mandate: Mandate,
    collect_on: date,
) -> Debit:
    """Return what is asked: `attempt` is id, invoice, number, amount; `invoice` entity, number."""
    identity, invoice_id, number, amount = attempt
    return Debit(
        id=identity,
        customer_id=mandate.customer_id,
        entity=invoice[0],
        invoice_id=invoice_id,
        number=number,
        text=invoice[1],
        amount=amount,
        collect_on=collect_on,
        mandate_id=mandate.id,
        reference=mandate.reference,
        signed_on=mandate.signed_on,
        iban=mandate.iban,
        holder=mandate.holder,
        scheme=mandate.scheme,
        sequence="FRST" if mandate.first in ("", identity) else "RCUR",
    )


def collected_on(due_on: date, issued_on: date, notice_days: int, today: date) -> date:
    """
    Return the bank's business day on which to collect.

    Not before it is due, announced long enough (by the invoice), and in the hands of the bank.
    """
    announced = issued_on + timedelta(days=notice_days)
    return calendar("TARGET").following(max(due_on, announced, today + LEAD))


def later(debit: Debit, today: date) -> Debit:
    """Return a debit whose day can still be met: a file that is late collects later."""
    first = calendar("TARGET").following(today + timedelta(days=1))
    return debit if debit.collect_on >= first else replace(debit, collect_on=first)


def kind_of(code: str) -> Decline:
    if code in HARD:
        return Decline.HARD
    return Decline.ACTION if code in ACTION else Decline.SOFT


def became(debit: Debit, today: date) -> Answer:
    """
    Say what became of a debit: banks tell of those alone that come back.

    What was sent counts from its day on; if it comes back later, that is told.
    """
    reference = debit.end_to_end
    if debit.state is DebitState.RETURNED:
        return Declines(kind_of(debit.code), debit.code, reference)
    if debit.state is DebitState.DROPPED:
        return Declines(Decline.SOFT, debit.code, reference)
    if debit.state is DebitState.SENT and today >= debit.collect_on:
        at = datetime.combine(debit.collect_on, time(), UTC)
        return Settles(reference, debit.amount, at)
    return Waits(reference)
