"""Discounts as the API speaks of them: what is offered, what was granted."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from solde.domain.discounts import Coupon, Discount, Grant, Level, Offer
from solde.domain.errors import InvalidError
from solde.domain.invoicing.texts import plain
from solde.domain.money import Money, currency
from solde.runtime.fields import Amount, Code, Day, Metadata, Strict

Codes = Annotated[list[Code], Field(max_length=50)]


class OfferModel(Strict):
    """
    Either `percent`, or `amount` in minor units of `currency`.

    `level` `line` takes it off each line; `document` once off the charges of a document. Without
    `components` and `products` it is good for all; without `periods` it has no end of its own.
    `from_quantity` makes it a volume promotion, `together` (products) a bundle.
    """

    name: str = Field(min_length=1, max_length=100)
    percent: Amount | None = None
    amount: int | None = None
    currency: str | None = None
    rank: int = Field(default=0, ge=-100, le=100)
    level: Literal["line", "document"] = "line"
    periods: int | None = Field(default=None, ge=1, le=1200)
    components: Codes = Field(default_factory=list)
    products: Codes = Field(default_factory=list)
    carry: bool = False
    from_quantity: Amount | None = None
    together: Codes = Field(default_factory=list)

    def offer(self) -> Offer:
        """
        Return the offer.

        Raises:
            InvalidError: it takes nothing off, more than all, or of no known currency.

        """
        try:
            return self._offer()
        except InvalidError as wrong:
            raise InvalidError(str(wrong), pointer=f"/offer{wrong.pointer}") from wrong

    def _offer(self) -> Offer:
        if (self.amount is None) != (self.currency is None):
            raise InvalidError(
                "currency: expected together with amount, and with it only", pointer="/currency"
            )
        if self.percent == 0 or self.amount == 0:
            name = "amount" if self.percent is None else "percent"
            raise InvalidError(f"{name}: expected more than 0, found 0", pointer=f"/{name}")
        amount = None
        if self.amount is not None and self.currency is not None:
            amount = Money(self.amount, currency(self.currency))
        return Offer(
            name=self.name,
            discount=Discount(self.percent, amount, self.rank),
            level=Level(self.level),
            periods=self.periods,
            components=frozenset(self.components),
            products=frozenset(self.products),
            carry=self.carry,
            from_quantity=self.from_quantity,
            together=frozenset(self.together),
        )


def offer_shown(offer: Offer) -> dict[str, Any]:
    amount, percent = offer.discount.amount, offer.discount.percent
    return {
        "name": offer.name,
        "percent": None if percent is None else plain(percent),
        "amount": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
        "rank": offer.discount.rank,
        "level": offer.level.value,
        "periods": offer.periods,
        "components": sorted(offer.components),
        "products": sorted(offer.products),
        "carry": offer.carry,
        "from_quantity": None if offer.from_quantity is None else plain(offer.from_quantity),
        "together": sorted(offer.together),
    }


def grant_shown(grant: Grant) -> dict[str, Any]:
    """Return a grant; `end_on` is the first day whose billing period is not covered."""
    return {
        "id": grant.id,
        "coupon": grant.coupon or None,
        "effective_on": grant.from_on.isoformat(),
        "end_on": None if grant.until_on == date.max else grant.until_on.isoformat(),
        **offer_shown(grant.offer),
    }


class GrantModel(Strict):
    """A `coupon`, or an `offer` made by hand: from `effective_on` on, and before `end_on`."""

    effective_on: Day
    coupon: Code | None = None
    offer: OfferModel | None = None
    end_on: Day | None = None

    def offered(self) -> Offer | None:
        """
        Return the offer made by hand, None for a coupon.

        Raises:
            InvalidError: both are there, or none.

        """
        if (self.coupon is None) == (self.offer is None):
            raise InvalidError("coupon: expected either a coupon or an offer", pointer="/coupon")
        return self.offer.offer() if self.offer else None


class GrantPreview(GrantModel):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None


class GrantEnd(Strict):
    """Billing periods that begin on `effective_on` or later are not covered any more."""

    discount: str = Field(min_length=1, max_length=60)
    effective_on: Day


class GrantEndPreview(GrantEnd):
    """`on` is the day of billing that is asked about; without it, the customer's next."""

    on: Day | None = None


class NewCoupon(Strict):
    """`from_on` and `until_on` are the days on which it may be redeemed; the latter is not."""

    code: Code
    offer: OfferModel
    from_on: Day | None = None
    until_on: Day | None = None
    redemptions: int | None = Field(default=None, ge=1, le=10_000_000)
    per_customer: int | None = Field(default=None, ge=1, le=1000)
    metadata: Metadata = Field(default_factory=dict)

    def coupon(self) -> Coupon:
        return Coupon(
            self.code,
            self.offer.offer(),
            self.from_on or date.min,
            self.until_on or date.max,
            self.redemptions,
            self.per_customer,
        )


def coupon_shown(coupon: Coupon) -> dict[str, Any]:
    return {
        "code": coupon.code,
        "offer": offer_shown(coupon.offer),
        "from_on": None if coupon.from_on == date.min else coupon.from_on.isoformat(),
        "until_on": None if coupon.until_on == date.max else coupon.until_on.isoformat(),
        "redemptions": coupon.redemptions,
        "per_customer": coupon.per_customer,
    }
