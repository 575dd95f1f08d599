"""A coupon: a discount that is limited in time, in number and in what it is good for."""

from dataclasses import dataclass
from datetime import date

from solde.domain.discounts.discount import Discount
from solde.domain.errors import InvalidError


@dataclass(frozen=True, slots=True)
class Coupon:
    """
    `periods` is how many billing periods of a subscription it covers, from the first on.

    `products` are what it is good for; none means all. `from_on` and `until_on` (half-open) are
    the days on which a period must start to be covered. A period once covered stays covered for
    its later corrections (R9).
    """

    code: str
    discount: Discount
    periods: int | None = None
    products: frozenset[str] = frozenset()
    from_on: date = date.min
    until_on: date = date.max

    def __post_init__(self) -> None:
        if self.periods is not None and self.periods < 1:
            raise InvalidError(f"periods: expected at least 1, found {self.periods}")
        if self.until_on <= self.from_on:
            raise InvalidError(f"until_on: expected after {self.from_on}, found {self.until_on}")

    def covers(self, number: int, start_on: date) -> bool:
        """Tell whether it covers the billing period with a number, counted from 0."""
        in_number = self.periods is None or number < self.periods
        return in_number and self.from_on <= start_on < self.until_on

    def good_for(self, product_id: str) -> bool:
        return not self.products or product_id in self.products
