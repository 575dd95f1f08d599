"""Gifts of a customer: what was granted to him, and what was withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from solde.domain.discounts import Gift


class Gifts(Protocol):
    def gifts(self, customer_id: str) -> Sequence[Gift]:
        """Read all that was ever granted to a customer, in the order of their ids."""
        ...

    def give(self, customer_id: str, gift: Gift, *, at: datetime) -> bool:
        """Write a gift with its announcement; False when there is one of that id."""
        ...

    def end(self, customer_id: str, gift: Gift, left: int, *, at: datetime) -> bool:
        """Write that a gift is withdrawn on its `ended_on`; False when one was before."""
        ...
