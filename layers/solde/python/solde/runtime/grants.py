"""Grants in a function: what is asked for, read against the coupons that there are."""

from solde.domain.discounts import Coupon
from solde.domain.errors import within
from solde.domain.periods import NEVER, day_of
from solde.ports.discounts import Slots
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.offers import GrantModel
from solde.workflows.define_coupon import must_be_sold
from solde.workflows.grant_discount import Given, redeemed
from solde.workflows.grant_to_customer import GrantContext


def given(body: GrantModel, entity: str) -> Given:
    """Return what is to be granted; a coupon must be redeemable on the entity's present day."""
    until_on = body.end_on or NEVER
    if offer := body.offered():
        must_be_sold("together", offer.together, wiring.catalogs())
        return Given(offer, body.effective_on, until_on)
    coupon = _coupon(body.coupon or "")
    today = day_of(business_now(), wiring.entities().entity(entity).time_zone)
    return redeemed(coupon, body.effective_on, until_on, today)


def slots_of(body: GrantModel, customer_id: str) -> Slots:
    """Return the slots that a redemption takes; none for an offer made by hand."""
    if body.coupon is None:
        return ()
    return wiring.discounts().free(_coupon(body.coupon), customer_id)


def _coupon(code: str) -> Coupon:
    with within("/coupon"):
        return wiring.discounts().coupon(code)


def grant_context() -> GrantContext:
    return GrantContext(wiring.billing(), wiring.entities(), wiring.discounts())
