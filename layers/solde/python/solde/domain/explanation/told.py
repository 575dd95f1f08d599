"""What several lines of a document follow from, each told once and named by its number."""

from typing import Any

from solde.domain.catalog import Price
from solde.domain.explanation.commitments import commitment
from solde.domain.explanation.tariff import tariff
from solde.domain.rating import ChargeKey, Proposal


class Told:
    """The price versions and the commitments of a document."""

    def __init__(self) -> None:
        self.tariffs: list[dict[str, Any]] = []
        self.commitments: list[dict[str, Any]] = []
        self._prices: dict[int, int] = {}
        self._keys: dict[ChargeKey, int] = {}

    def tariff(self, price: Price) -> int:
        if (found := self._prices.get(id(price))) is not None:
            return found
        self._prices[id(price)] = len(self.tariffs)
        self.tariffs.append(tariff(price))
        return len(self.tariffs) - 1

    def commitment(self, proposal: Proposal) -> int:
        """Name by its number what a commitment follows from; it must be held to something."""
        if (found := self._keys.get(proposal.key)) is not None:
            return found
        assert proposal.counted is not None  # noqa: S101 - every proposal of its kind is held to it
        self._keys[proposal.key] = len(self.commitments)
        self.commitments.append(commitment(proposal, proposal.counted))
        return len(self.commitments) - 1
