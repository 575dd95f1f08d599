"""What is sold, as those who bill and those who define it read it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from solde.domain.catalog import Catalog, Plan
from solde.domain.tax import Exchange


class Catalogs(Protocol):
    def catalog(self, price_ids: Sequence[str]) -> Catalog:
        """Read the prices named, with their products and meters."""
        ...

    def plan(self, plan_id: str) -> Plan: ...

    def forget(self) -> None:
        """Read anew what may have a later version by now."""
        ...

    def exchange(self, base: str, quoted: str, on: date) -> Exchange | None:
        """Read the last rate of exchange known on a day."""
        ...

    def digest(self) -> str:
        """Return the digest of the whole catalog as it stands, pinned by a run."""
        ...
