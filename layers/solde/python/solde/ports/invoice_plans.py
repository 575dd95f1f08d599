"""Invoice plans as workflows need them: written with the lines and the billing state they move."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from solde.domain.invoice_plans import InvoicePlan
from solde.domain.rating import ExtraLine
from solde.ports.billing import BillingState


class InvoicePlans(Protocol):
    def make(
        self,
        plan: InvoicePlan,
        lines: Sequence[ExtraLine],
        *,
        read: BillingState,
        after: BillingState,
        at: datetime,
    ) -> bool:
        """Write a plan with its lines in one transaction; False if the billing state moved."""
        ...

    def plan(self, customer_id: str, plan_id: str) -> InvoicePlan | None: ...

    def plans(self, customer_id: str) -> Sequence[InvoicePlan]:
        """Return the plans of a customer, by id."""
        ...
