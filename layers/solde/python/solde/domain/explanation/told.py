"""What several lines of a document follow from, each told once and named by its number."""

from typing import Any

from solde.domain.catalog import Price
from solde.domain.explanation.commitments import cap, commitment
from solde.domain.explanation.tariff import tariff
from solde.domain.rating import Above, ChargeKey, Proposal


class Told:
    """The price versions, commitments and caps of a document."""

    def __init__(self) -> None:
        self.tariffs: list[dict[str, Any]] = []
        self.commitments: list[dict[str, Any]] = []
        self.caps: list[dict[str, Any]] = []
        self._prices: dict[int, int] = {}
        self._keys: dict[ChargeKey, int] = {}
        self._above: dict[tuple[ChargeKey, str], int] = {}

    @property
    def limits(self) -> dict[str, Any]:
        """What lines are held to, where they are."""
        found = {"commitments": self.commitments, "caps": self.caps}
        return {name: rows for name, rows in found.items() if rows}

    def tariff(self, price: Price) -> int:
        if (found := self._prices.get(id(price))) is not None:
            return found
        self._prices[id(price)] = len(self.tariffs)
        self.tariffs.append(tariff(price))
        return len(self.tariffs) - 1

    def cap(self, key: ChargeKey, above: Above) -> int:
        """Name by its number what of a charge is above a cap."""
        name = key, above.grant_id
        if name not in self._above:
            self._above[name] = len(self.caps)
            self.caps.append(cap(key, above, self.tariff(above.price)))
        return self._above[name]

    def commitment(self, proposal: Proposal) -> int:
        """Name by its number what a commitment follows from; it must be held to something."""
        if (found := self._keys.get(proposal.key)) is not None:
            return found
        assert proposal.counted is not None  # noqa: S101 - every proposal of its kind is held to it
        self._keys[proposal.key] = len(self.commitments)
        self.commitments.append(commitment(proposal, proposal.counted))
        return len(self.commitments) - 1
