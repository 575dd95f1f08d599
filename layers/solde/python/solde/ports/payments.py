"""Deliveries of payment providers as received, and the booking of what they tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from solde.domain.money import Money
from solde.domain.payments import Allocation, Disputed, Payment, Received, Refunded

if TYPE_CHECKING:  # what takes deliveries in needs no billing: a cold start would pay for it
    from solde.ports.billing import Header


class DeliveryStatus(Enum):
    OPEN = "open"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A verified delivery, as the provider sent it."""

    provider: str
    event_id: str
    body: bytes
    received_at: datetime
    status: DeliveryStatus = DeliveryStatus.OPEN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """
    All that is known of a provider's payment: its booking, and what was told of it before or since.

    `refunded` is the largest total told, in minor units; of disputes what was taken comes first.
    """

    payment: Payment | None = None
    refunded: int = 0
    disputes: Sequence[Disputed] = ()


class Fees(Protocol):
    def book_fee(self, payment: Payment, fee: Money, *, at: datetime) -> bool:
        """Book what a provider keeps of a payment, once; False when it is booked already."""
        ...


class DeliveryStore(Protocol):
    def receive(self, delivery: Delivery) -> bool:
        """Store a delivery before it is acknowledged; False when it is there already."""
        ...

    def receive_told(self, received: Received, name: str, *, at: datetime) -> bool:
        """Store as a delivery what a provider answered instead of telling it; `name` names it."""
        ...

    def delivery(self, provider: str, event_id: str) -> Delivery | None: ...

    def finish(self, delivery: Delivery, status: DeliveryStatus, note: str) -> None: ...


class PaymentStore(DeliveryStore, Protocol):
    def reference(self, provider: str, reference: str) -> Reference: ...

    def open_invoice(self, invoice_id: str) -> "Header | None":
        """Find an invoice by its id and read it consistently."""
        ...

    def payment(self, provider: str, reference: str) -> Payment | None: ...

    def book(
        self,
        received: Received,
        invoice: "Header",
        allocation: Allocation,
        *,
        at: datetime,
        told: bool = True,
    ) -> Payment | None:
        """
        Payment, allocation and journal in one transaction; None when something moved meanwhile.

        A reference that is booked already is not booked again; where nothing was `told` of it
        when it was read, nothing must have been told since.
        """
        ...

    def refund_told(self, told: Refunded) -> int:
        """Keep the largest total told for a reference, booked or not; return it, minor units."""
        ...

    def book_refund(self, payment: Payment, step: Money, *, total_minor: int, at: datetime) -> bool:
        """Book what newly went back; False when something moved meanwhile."""
        ...

    def dispute_told(self, told: Disputed) -> Sequence[Disputed]:
        """Keep what was told of a dispute, booked or not; return all that is of its payment."""
        ...

    def disputes(self, provider: str, reference: str) -> Sequence[Disputed]:
        """Return what was told of disputes of a payment: what was taken before what was won."""
        ...

    def dispute_booked(self, payment: Payment, told: Disputed) -> bool: ...

    def book_dispute(self, payment: Payment, told: Disputed, step: Money, *, at: datetime) -> bool:
        """Book what a bank took; False when something moved meanwhile."""
        ...

    def book_restored(self, payment: Payment, told: Disputed, *, at: datetime) -> bool:
        """Book what a bank gave back; False when something moved, or nothing was taken yet."""
        ...


class Receipts(Protocol):
    def payments(self, header: "Header") -> Sequence[Payment]:
        """Read the payments that name a document, the earliest first."""
        ...
