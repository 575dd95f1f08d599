"""What the bill run asks of usage: how far it is rated, and what a customer has used."""

from datetime import date
from typing import Protocol

from solde.domain.catalog import Catalog
from solde.domain.periods import Period
from solde.domain.rating import Measure


class Measured(Protocol):
    def rated_to_on(self, entity: str) -> date | None:
        """Return the first day that is not completely rated; None before the first rating."""
        ...

    def measure(
        self, customer_id: str, within: Period, catalog: Catalog, *, only: str = ""
    ) -> Measure:
        """
        Read what was used in some days, in one query, ready to be asked by period.

        `only` reads that of one subscription, in a query a month.
        """
        ...
