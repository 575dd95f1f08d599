"""A coupon: an offer under a code, limited in time and in how often it may be redeemed."""

from dataclasses import dataclass
from datetime import date

from solde.domain.discounts.offer import Offer
from solde.domain.errors import InvalidError


@dataclass(frozen=True, slots=True)
class Coupon:
    """
    `from_on` and `until_on` (half-open) are the days on which it may be redeemed.

    `redemptions` is how often, over all customers; `per_customer` how often by one. None is any.
    What was redeemed stays, whatever becomes of the coupon.
    """

    code: str
    offer: Offer
    from_on: date = date.min
    until_on: date = date.max
    redemptions: int | None = None
    per_customer: int | None = None

    def __post_init__(self) -> None:
        if self.until_on <= self.from_on:
            raise InvalidError(
                f"until_on: expected after {self.from_on}, found {self.until_on}",
                pointer="/until_on",
            )
        for name in ("redemptions", "per_customer"):
            found = getattr(self, name)
            if found is not None and found < 1:
                raise InvalidError(
                    f"{name}: expected at least 1, found {found}", pointer=f"/{name}"
                )

    def redeemable(self, on: date) -> bool:
        return self.from_on <= on < self.until_on
