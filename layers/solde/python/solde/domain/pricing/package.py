"""So much for each package; a package that is begun counts whole, unless it is told otherwise."""

from dataclasses import dataclass
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding, rounded
from solde.domain.pricing.quantity import Priced, Quantity, priced, ratio, step


@dataclass(frozen=True, slots=True)
class Package:
    """`size` units for `amount`; `remainder` UP bills a package begun, DOWN gives it away."""

    size: Decimal
    amount: Decimal
    remainder: Rounding = Rounding.UP

    def __post_init__(self) -> None:
        if self.size <= 0:
            raise InvalidError(f"size: expected above 0, found {self.size}", pointer="/size")


def price_package(price: Package, quantity: Quantity) -> Priced:
    packages = rounded(ratio(quantity.total, price.size), price.remainder)
    return priced(step(Decimal(packages), price.amount))
