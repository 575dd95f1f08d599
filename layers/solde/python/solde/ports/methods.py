"""What customers pay with: the names by which providers keep it, never a number of a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """`token` is the provider's name of it; `label` is what its owner knows it by."""

    id: str
    customer_id: str
    provider: str
    token: str
    label: str
    made_at: datetime
    removed: bool = False


class Methods(Protocol):
    def of(self, customer_id: str) -> Sequence[PaymentMethod]:
        """Return the methods of a customer, newest first, those that were removed as well."""
        ...

    def keep(self, method: PaymentMethod) -> None:
        """Keep a method; one that was removed counts again, and from now on."""
        ...

    def remove(self, method: PaymentMethod) -> None: ...
