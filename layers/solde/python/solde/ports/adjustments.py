"""Adjustments as workflows need them: facts by hand, written with the billing state they move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from solde.domain.rating import Adjustment
from solde.ports.billing import BillingState


@dataclass(frozen=True, slots=True)
class Entered:
    """A fact by hand, by which entity, when, and the document that it was issued with, if any."""

    fact: Adjustment
    entity: str
    at: datetime | None
    invoice_id: str = ""


class Adjustments(Protocol):
    def enter(
        self, one: Adjustment, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        """Write a fact on condition of the billing state; False if that moved, or it is there."""
        ...

    def withdraw(
        self, identity: str, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        """Say that a fact counts no more; False when the billing state has moved."""
        ...

    def entered(self, customer_id: str) -> Sequence[Entered]:
        """Read all facts by hand of a customer, by id, those withdrawn too."""
        ...
