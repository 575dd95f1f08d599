"""Coupons and the discounts of customers as workflows need them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from solde.domain.discounts import Coupon, Grant
from solde.ports.billing import BillingState
from solde.ports.records import Record

Slots = Sequence[str]
"""Places that a redemption takes, each of which can be taken once."""


class Discounts(Protocol):
    def put(self, coupon: Coupon, record: Record | None) -> None:
        """
        Keep a coupon.

        Raises:
            StateConflictError: its code exists, with another offer.

        """
        ...

    def coupon(self, code: str) -> Coupon:
        """Return a coupon; NotFoundError if there is none."""
        ...

    def free(self, coupon: Coupon, customer_id: str) -> Slots:
        """
        Return the slots that the next redemption takes; none where nothing is limited.

        Raises:
            StateConflictError: there are none left.

        """
        ...

    def grant(
        self,
        grant: Grant,
        *,
        read: BillingState,
        after: BillingState,
        slots: Slots,
        at: datetime,
    ) -> bool:
        """Grant to a customer, on condition of the billing state and the slots; False if moved."""
        ...

    def end(
        self, grant_id: str, on: date, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        """Say that a customer's grant ends on a day; False when the billing state has moved."""
        ...
