"""Discounts: what a coupon takes off, in which order, and how it is spread over lines."""

from solde.domain.discounts.allocation import Spread, spread
from solde.domain.discounts.coupon import Coupon
from solde.domain.discounts.discount import Discount, Order, discounted

__all__ = ["Coupon", "Discount", "Order", "Spread", "discounted", "spread"]
