"""Grant a discount: an offer, or that of a coupon, becomes a fact of a subscription."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from solde.domain.discounts import Coupon, Grant, Offer
from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.periods import NEVER
from solde.domain.subscriptions import (
    Change,
    DiscountEnded,
    DiscountGranted,
    granted,
)
from solde.workflows.change_subscription import Entering, Make
from solde.workflows.offers import must_fit
from solde.workflows.plan_items import NewId


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be granted, from a day on; `coupon` is empty for an offer made by hand."""

    offer: Offer
    effective_on: date
    until_on: date = NEVER
    coupon: str = ""

    def grant(self, new_id: NewId) -> Grant:
        return Grant(new_id("dsc"), self.offer, self.effective_on, self.until_on, self.coupon)


def redeemed(coupon: Coupon, effective_on: date, until_on: date, today: date) -> Given:
    """
    Return what a coupon gives.

    Raises:
        InvalidError: it may not be redeemed today.

    """
    if not coupon.redeemable(today):
        raise InvalidError(
            f"coupon: expected to be redeemed from {coupon.from_on} and before {coupon.until_on}, "
            f"found {today}",
            pointer="/coupon",
        )
    return Given(coupon.offer, effective_on, until_on, coupon.code)


def grant_discount(given: Given, new_id: NewId) -> Make:
    """Grant to a subscription: what the offer names must be there, in its currency."""

    def make(entering: Entering) -> Change:
        items = list(entering.subscription.items_ever())
        catalog = entering.catalogs.catalog(sorted({one.price_id for one in items}))
        components = {one.component for one in items}
        must_fit(given.offer, entering.subscription.currency, components, catalog.products)
        return DiscountGranted(given.effective_on, entering.sequence, given.grant(new_id))

    return make


def end_discount(grant_id: str, effective_on: date) -> Make:
    def make(entering: Entering) -> Change:
        must_stand(granted(entering.subscription), grant_id, effective_on)
        return DiscountEnded(effective_on, entering.sequence, grant_id)

    return make


def must_stand(grants: Iterable[Grant], grant_id: str, on: date) -> None:
    """
    Prove that a discount is there and not over on a day.

    Raises:
        NotFoundError: there is none of that id.
        InvalidError: it begins later, or has ended by then.

    """
    found = next((one for one in grants if one.id == grant_id), None)
    if found is None:
        raise NotFoundError(
            f"discount: expected one of this object, found {grant_id!r}", pointer="/discount"
        )
    if not found.from_on <= on < found.until_on:
        raise InvalidError(
            f"effective_on: expected {found.from_on} or later and before {found.until_on}, "
            f"found {on}",
            pointer="/effective_on",
        )
