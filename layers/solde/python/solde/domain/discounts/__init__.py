"""Discounts: what is promised and granted, in which order it is taken, how it is spread."""

from solde.domain.discounts.allocation import Spread, spread
from solde.domain.discounts.coupon import Coupon
from solde.domain.discounts.discount import ABOVE_CAP, Discount, Order, discounted
from solde.domain.discounts.gift import Gift, Left, left_of
from solde.domain.discounts.grant import Grant, Reduction
from solde.domain.discounts.offer import Level, Offer

__all__ = [
    "ABOVE_CAP",
    "Coupon",
    "Discount",
    "Gift",
    "Grant",
    "Left",
    "Level",
    "Offer",
    "Order",
    "Reduction",
    "Spread",
    "discounted",
    "left_of",
    "spread",
]
