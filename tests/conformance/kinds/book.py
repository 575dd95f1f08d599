"""A customer whose documents are planned, closed and read back, run after run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from solde.domain.catalog import Catalog
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.invoicing.plan import Billed, plan_customer
from solde.domain.money import Money
from solde.domain.rating import BilledLine, Terms, Window
from solde.domain.subscriptions import Subscription
from solde.domain.tax import SHIPPED
from tests.conformance.kinds.engine import unmetered

ADDRESS = Address(("1 rue Exemple",), "75001", "Paris", "US")
CUSTOMER = Customer("c", "e", "Customer", ADDRESS, "a@example.test", "en")


def entity(currency: str) -> Entity:
    return Entity("e", 1, "Seller", ADDRESS, currency, "en", "UTC", "none", "E", 30)


@dataclass
class Book:
    currency: str
    catalog: Catalog
    lines: list[BilledLine] = field(default_factory=list)
    through: date = date.min
    documents: list[Mapping[str, Any]] = field(default_factory=list)
    _numbers: int = 0

    def run(
        self,
        subscriptions: Sequence[Subscription],
        target_on: date,
        *,
        dirty_from: date | None = None,
    ) -> list[tuple[Mapping[str, Any], Money]]:
        """Bill up to a day; return the lines of the documents with their signed nets."""
        window = Window(self.through, target_on, dirty_from)
        terms = Terms(self.catalog, SHIPPED["none"], unmetered)
        billed = Billed(CUSTOMER, entity(self.currency), self._reopened(window))
        plan = plan_customer(billed, subscriptions, window, terms)
        found = []
        for draft in plan.documents:
            self._numbers += 1
            self.documents.append(draft)
            said = {
                "id": f"inv_{self._numbers}",
                "number": f"E-{self._numbers}",
                "issued_on": target_on.isoformat(),
                "due_on": target_on.isoformat(),
            }
            lines = list(billed_lines(close(draft, said)))
            found += [(line, read.net) for line, read in zip(draft["lines"], lines, strict=True)]
            self.lines += lines
        self.through = target_on
        return found

    def _reopened(self, window: Window) -> list[BilledLine]:
        return [line for line in self.lines if window.reopens(line.key.period)]
