"""Refunds that start here: asked for and stored, then sent to the provider, then told by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from solde.domain.money import Money
from solde.domain.payments import Payment


class RefundStatus(Enum):
    ASKED = "asked"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Nobody knows whether the provider has it; it is not sent again by itself."""


@dataclass(frozen=True, slots=True)
class RefundAsked:
    """
    `id` is what the provider knows the request by, however often it is sent.

    `total` are minor units of the payment that are back once this one is; `asked` are those of the
    request, if it said.
    """

    id: str
    payment_id: str
    customer_id: str
    provider: str
    reference: str
    amount: Money
    total: int
    asked_at: datetime
    status: RefundStatus = RefundStatus.ASKED
    provider_id: str = ""
    reason: str = ""
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has taken the request; that money went back is told by its webhook."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will not do it: a value, not an error."""

    reason: str


class Provider(Protocol):
    def refund(self, wanted: RefundAsked) -> Sent | Refused:
        """
        Ask to pay back; under one id, however often.

        Raises:
            ProviderUnavailableError: no answer, or none that says what became of it: ask again.

        """
        ...


class Refunds(Protocol):
    def payment(self, payment_id: str) -> Payment | None: ...

    def credit(self, payment: Payment) -> int:
        """Return what its customer has over of it and of credit notes, in its currency."""
        ...

    def known(self, customer_id: str, identity: str) -> RefundAsked | None: ...

    def every(self, payment: Payment) -> Sequence[RefundAsked]:
        """Return the refunds of a payment that were asked for, by id."""
        ...

    def ask(self, payment: Payment, wanted: RefundAsked) -> bool:
        """Store and announce a request with its payment; False when that moved meanwhile."""
        ...

    def sent(self, wanted: RefundAsked, provider_id: str) -> None: ...

    def unknown(self, wanted: RefundAsked) -> None: ...

    def refused(self, payment: Payment, wanted: RefundAsked, reason: str) -> bool:
        """Let go of what was asked for; False when the payment moved meanwhile."""
        ...
