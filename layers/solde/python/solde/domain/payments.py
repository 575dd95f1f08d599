"""Money received: which invoice it settles, what is left over, what is taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.attempts import Decline
from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.money import Money

STRIPE, PAYPAL, BANK, SEPA = "stripe", "paypal", "bank", "sepa"
DISPUTED, UNDONE, RETURNED = "dispute", "undone", "returned"
"""Why money is gone again: a bank took it, it was assigned by mistake, a debit came back."""


@dataclass(frozen=True, slots=True)
class Received:
    """
    A provider says that money has arrived.

    `reference` identifies the payment at the provider (for Stripe the payment intent), through
    whichever events it is told; `invoice_id` is what the payer was asked to pay, if known.
    `attempt` is the number of our attempt on it, and `customer_id` whose it is, where it was ours.
    """

    provider: str
    reference: str
    amount: Money
    invoice_id: str
    at: datetime
    customer_id: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Refunded:
    """A provider says how much of a payment went back in all: cumulative, so the largest counts."""

    provider: str
    reference: str
    total: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Declined:
    """A payment was tried and refused: a value, not an error."""

    provider: str
    reference: str
    invoice_id: str
    code: str
    at: datetime
    customer_id: str = ""
    attempt: int = 0
    kind: Decline = Decline.SOFT


@dataclass(frozen=True, slots=True)
class Disputed:
    """
    A provider says that a bank has taken money of a payment back, or given it back again (`won`).

    `dispute` is the provider's name of it; `fee` are minor units that it keeps for the trouble.
    `kind` is why it went.
    """

    provider: str
    reference: str
    dispute: str
    amount: Money
    at: datetime
    fee: int = 0
    won: bool = False
    kind: str = DISPUTED


@dataclass(frozen=True, slots=True)
class Approved:
    """A payer has agreed on a page to what an attempt of ours asks: it is to be taken now."""

    provider: str
    reference: str
    invoice_id: str
    customer_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class MethodStored:
    """A provider keeps what a payer pays with, under its own name of it, for us to charge."""

    provider: str
    customer_id: str
    token: str
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """A genuine event of a kind that nothing follows from; it is kept all the same."""

    kind: str


PaymentFact = Received | Refunded | Disputed | Declined | Approved | MethodStored | Irrelevant


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a payment does: part of it settles the invoice, the surplus is unapplied credit."""

    allocated: Money
    unapplied: Money
    settles: bool


@dataclass(frozen=True, slots=True)
class Payment:
    """
    Booked money.

    `refunded_minor` is the largest total that the provider has told; `disputed_minor` is what
    banks have taken back and not given back again; `refunding_minor` is what was asked of the
    provider to pay back and is not told by it yet.
    """

    id: str
    customer_id: str
    entity: str
    provider: str
    reference: str
    amount: Money
    invoice_id: str
    allocated_minor: int
    received_on: date
    refunded_minor: int = 0
    disputed_minor: int = 0
    refunding_minor: int = 0

    @property
    def left_minor(self) -> int:
        """What the provider may still be asked to pay back."""
        gone = self.refunded_minor + self.disputed_minor + self.refunding_minor
        return self.amount.minor - gone


@dataclass(frozen=True, slots=True)
class Misfit:
    """A genuine payment that cannot be booked on what it names: parked for a person."""

    reason: str


def allocate(received: Received, left: Money) -> Allocation | Misfit:
    """Pay the `left` of the invoice named; what is over stays visible as unapplied credit."""
    if received.amount.currency != left.currency:
        return Misfit(f"currency: expected {left.currency}, found {received.amount.currency}")
    if received.amount.minor <= 0:
        return Misfit(f"amount: expected above 0, found {received.amount.minor}")
    allocated = min(received.amount, left)
    return Allocation(
        allocated=allocated,
        unapplied=received.amount - allocated,
        settles=allocated == left,
    )


def refund_asked(payment: Payment, credit: int, wanted: int | None) -> Money:
    """
    Return what a provider is asked to pay back: so much as is wanted, or all that may be.

    A refund needs a credit note, except of unapplied money (R19): `credit` is what the customer
    has over of this payment and of credit notes, in minor units.

    Raises:
        InvalidError: more is wanted than is left of the payment, or than is credit.
        StateConflictError: nothing is left, or nothing is credit.

    """
    held = payment.refunding_minor
    for what, minor in (("left of the payment", payment.left_minor), ("credit", credit - held)):
        if minor <= 0:
            raise StateConflictError(f"refund: expected something {what}, found {minor}")
        if wanted is not None and wanted > minor:
            raise InvalidError(
                f"amount: expected at most {minor}, which is {what}, found {wanted}, "
                f"a difference of {wanted - minor}",
                pointer="/amount",
            )
    most = min(payment.left_minor, credit - held)
    return Money(most if wanted is None else wanted, payment.amount.currency)


def refund_step(payment: Payment, told: Refunded) -> Money | Misfit | None:
    """Return what has newly gone back, None when a larger total is known already."""
    if told.total.currency != payment.amount.currency:
        return Misfit(f"currency: expected {payment.amount.currency}, found {told.total.currency}")
    most = payment.amount.minor - payment.disputed_minor
    if told.total.minor > most:
        return Misfit(f"refund: expected at most {most}, found {told.total.minor}")
    step = told.total.minor - payment.refunded_minor
    return Money(step, payment.amount.currency) if step > 0 else None


def dispute_step(payment: Payment, told: Disputed) -> Money | Misfit:
    """Return what a dispute takes: at most what of the payment was not refunded."""
    if told.amount.currency != payment.amount.currency:
        return Misfit(f"currency: expected {payment.amount.currency}, found {told.amount.currency}")
    most = payment.amount.minor - payment.refunded_minor - payment.disputed_minor
    minor = min(told.amount.minor, most)
    if minor <= 0:
        return Misfit(f"dispute: expected something left of {payment.id}, found {most}")
    return Money(minor, told.amount.currency)
