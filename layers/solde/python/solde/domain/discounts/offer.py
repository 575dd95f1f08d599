"""What is promised: how much is taken off, of which charges, and for how many periods."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from solde.domain.discounts.discount import Discount
from solde.domain.errors import InvalidError


class Level(Enum):
    """
    Where a discount is taken.

    LINE takes it off each line, and rounds there; DOCUMENT takes it once off the charges of a
    document, and spreads it over them (R9).
    """

    LINE = "line"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Offer:
    """
    `periods` is how many billing periods it covers, from the first on; None is all.

    `components` and `products` are what it is good for; none means all. `carry` keeps what a fixed
    amount could not take off for the next period; else it is lost.
    """

    name: str
    discount: Discount
    level: Level = Level.LINE
    periods: int | None = None
    components: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    carry: bool = False
    from_quantity: Decimal | None = None
    """Good only for charges of this quantity or more: a volume promotion."""
    together: frozenset[str] = frozenset()
    """Good only while the customer has all these products: a bundle."""

    def __post_init__(self) -> None:
        if self.periods is not None and self.periods < 1:
            raise InvalidError(
                f"periods: expected at least 1, found {self.periods}", pointer="/periods"
            )
        if self.from_quantity is not None and self.from_quantity <= 0:
            raise InvalidError(
                f"from_quantity: expected more than 0, found {self.from_quantity}",
                pointer="/from_quantity",
            )
        if self.carry and (self.level is Level.LINE or self.discount.amount is None):
            raise InvalidError(
                "carry: expected with an amount off the document only, "
                f"found with {'a percent' if self.discount.amount is None else 'a line'}",
                pointer="/carry",
            )

    def covers(self, number: int) -> bool:
        """Tell whether it covers a billing period, counted from 0; what is carried goes on."""
        return number >= 0 and (self.carry or self.periods is None or number < self.periods)

    def granted_by(self, number: int) -> int:
        """Return for how many periods an amount was granted up to the one with a number."""
        return number + 1 if self.periods is None else min(number + 1, self.periods)

    def good_for(self, component: str, product_id: str) -> bool:
        return (not self.components or component in self.components) and (
            not self.products or product_id in self.products
        )
