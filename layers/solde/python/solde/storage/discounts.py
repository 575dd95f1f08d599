"""Offers, coupons and grants as they are stored: only what says something is written."""

from datetime import date
from decimal import Decimal

from solde.domain.discounts import Coupon, Discount, Grant, Level, Offer
from solde.domain.money import Money
from solde.storage.reading import day, present
from solde.storage.table import Item


def offer_to_item(one: Offer) -> Item:
    amount = one.discount.amount
    return present(
        name=one.name,
        percent=None if one.discount.percent is None else str(one.discount.percent),
        amount=[amount.minor, amount.currency] if amount else None,
        rank=one.discount.rank or None,
        level=one.level.value,
        periods=one.periods,
        components=sorted(one.components),
        products=sorted(one.products),
        carry=one.carry or None,
        from_quantity=None if one.from_quantity is None else str(one.from_quantity),
        together=sorted(one.together),
    )


def offer_from_item(item: Item) -> Offer:
    amount = item.get("amount")
    return Offer(
        name=item["name"],
        discount=Discount(
            percent=Decimal(item["percent"]) if "percent" in item else None,
            amount=Money(*amount) if amount else None,
            rank=item.get("rank", 0),
        ),
        level=Level(item["level"]),
        periods=item.get("periods"),
        components=frozenset(item.get("components", ())),
        products=frozenset(item.get("products", ())),
        carry=item.get("carry", False),
        from_quantity=Decimal(item["from_quantity"]) if "from_quantity" in item else None,
        together=frozenset(item.get("together", ())),
    )


def grant_to_item(one: Grant) -> Item:
    return present(
        id=one.id,
        offer=offer_to_item(one.offer),
        from_on=one.from_on.isoformat(),
        until_on=None if one.until_on == date.max else one.until_on.isoformat(),
        coupon=one.coupon,
    )


def grant_from_item(item: Item) -> Grant:
    return Grant(
        id=item["id"],
        offer=offer_from_item(item["offer"]),
        from_on=date.fromisoformat(item["from_on"]),
        until_on=day(item.get("until_on")) or date.max,
        coupon=item.get("coupon", ""),
    )


def coupon_to_item(one: Coupon) -> Item:
    return present(
        code=one.code,
        offer=offer_to_item(one.offer),
        from_on=None if one.from_on == date.min else one.from_on.isoformat(),
        until_on=None if one.until_on == date.max else one.until_on.isoformat(),
        redemptions=one.redemptions,
        per_customer=one.per_customer,
    )


def coupon_from_item(item: Item) -> Coupon:
    return Coupon(
        code=item["code"],
        offer=offer_from_item(item["offer"]),
        from_on=day(item.get("from_on")) or date.min,
        until_on=day(item.get("until_on")) or date.max,
        redemptions=item.get("redemptions"),
        per_customer=item.get("per_customer"),
    )
