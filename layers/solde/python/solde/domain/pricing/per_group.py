"""Each group of the usage (an hour, a project, a record) priced on its own, then added."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from solde.domain.pricing.quantity import Priced, Quantity, priced

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class PerGroup(Generic[M]):
    """`model` prices each combination of `dimensions` from zero, its tiers and packages too."""

    dimensions: tuple[str, ...]
    model: M


def price_per_group(quantity: Quantity, price_one: Callable[[Quantity], Priced]) -> Priced:
    return priced(
        *(
            one._replace(label="/".join(filter(None, (*values, one.label))))
            for values, part in quantity.cells
            for one in price_one(Quantity(part)).steps
        )
    )
