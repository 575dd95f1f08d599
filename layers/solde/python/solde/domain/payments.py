"""Money received: which invoice it settles, what is left over, what is taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.money import Money

STRIPE = "stripe"


@dataclass(frozen=True, slots=True)
class Received:
    """
    A provider says that money has arrived.

    `reference` identifies the payment at the provider (for Stripe the payment intent), through
    whichever events it is told; `invoice_id` is what the payer was asked to pay, if known.
    """

    provider: str
    reference: str
    amount: Money
    invoice_id: str
    at: datetime


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


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """A genuine event of a kind that nothing follows from; it is kept all the same."""

    kind: str


PaymentFact = Received | Refunded | Declined | Irrelevant


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """`left` is what is still to be paid of it."""

    id: str
    number: str
    customer_id: str
    entity: str
    left: Money
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a payment does: part of it settles the invoice, the surplus is unapplied credit."""

    allocated: Money
    unapplied: Money
    settles: bool


@dataclass(frozen=True, slots=True)
class Payment:
    """Booked money; `refunded_minor` is the largest total that the provider has told."""

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


@dataclass(frozen=True, slots=True)
class Misfit:
    """A genuine payment that cannot be booked on what it names: parked for a person."""

    reason: str


def allocate(received: Received, invoice: OpenInvoice) -> Allocation | Misfit:
    """Pay the invoice named, as far as it is open; the rest stays visible as unapplied credit."""
    if received.amount.currency != invoice.left.currency:
        return Misfit(
            f"currency: expected {invoice.left.currency}, found {received.amount.currency}"
        )
    if received.amount.minor <= 0:
        return Misfit(f"amount: expected above 0, found {received.amount.minor}")
    allocated = min(received.amount, invoice.left)
    return Allocation(
        allocated=allocated,
        unapplied=received.amount - allocated,
        settles=allocated == invoice.left,
    )


def refund_step(payment: Payment, told: Refunded) -> Money | Misfit | None:
    """Return what has newly gone back, None when a larger total is known already."""
    if told.total.currency != payment.amount.currency:
        return Misfit(f"currency: expected {payment.amount.currency}, found {told.total.currency}")
    if told.total.minor > payment.amount.minor:
        return Misfit(f"refund: expected at most {payment.amount.minor}, found {told.total.minor}")
    step = told.total.minor - payment.refunded_minor
    return Money(step, payment.amount.currency) if step > 0 else None
