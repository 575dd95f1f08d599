"""Customers and subscriptions as the API's workflows need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from solde.domain.invoicing.parties import Customer
from solde.domain.subscriptions import Change, Subscription
from solde.ports.billing import BillingState
from solde.ports.records import Record


@dataclass(frozen=True, slots=True)
class Located:
    """Where a subscription lies: in the partition of the customer who pays."""

    customer_id: str
    subscription_id: str
    entity: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A change and when it was entered, by the business clock."""

    change: Change
    at: datetime | None


class CustomerStore(Protocol):
    def create(self, customer: Customer, record: Record, *, time_zone: str) -> None:
        """
        Put profile, billing state and locators in one transaction.

        Raises:
            StateConflictError: the external id is taken.

        """
        ...

    def locate(self, reference: str) -> str:
        """Return the id behind an id or `ext:…`; NotFoundError if there is none."""
        ...

    def customer(self, customer_id: str) -> Customer: ...

    def children(self, customer_id: str) -> Sequence[str]:
        """Return the ids of the customers whose parent one is."""
        ...

    def kept(self, customer_id: str) -> tuple[Customer, Record]:
        """Read a customer with its record; NotFoundError if there is none."""
        ...

    def update(
        self, customer: Customer, record: Record, *, read: Record, parent_before: str
    ) -> bool:
        """Replace a customer on condition of its version as read; False when it has moved."""
        ...


class SubscriptionStore(Protocol):
    def locate(self, reference: str) -> Located:
        """Find a subscription by its id or `ext:…`; NotFoundError if there is none."""
        ...

    def create(
        self,
        subscription: Subscription,
        *,
        read: BillingState,
        after: BillingState,
        time_zone: str,
        record: Record,
        slots: Sequence[str] = (),
    ) -> bool:
        """
        Write subscription, its first changes, locators and billing state; False if that moved.

        `slots` are what a coupon limits: each must be free, and is taken; else False.
        """
        ...

    def change(
        self,
        subscription: Subscription,
        change: Change,
        *,
        read: BillingState,
        after: BillingState,
        at: datetime,
        slots: Sequence[str] = (),
    ) -> bool:
        """
        Append a change on condition of the billing state; False when it has moved.

        `slots` are what a coupon limits: each must be free, and is taken.
        """
        ...

    def kept(self, where: Located) -> tuple[Subscription, Record]:
        """Read a subscription with its record; NotFoundError if there is none."""
        ...

    def changes(self, where: Located) -> Sequence[Entered]:
        """Read every change ever entered, by number, those withdrawn too."""
        ...

    def zone(self, subscription_id: str) -> str:
        """Return the zone, or zones in turn, whose days the usage of a subscription counts by."""
        ...

    def set_zone(self, subscription: Subscription, *, read: str, after: str) -> bool:
        """Let other zones count on condition of those read; False when they have changed."""
        ...
