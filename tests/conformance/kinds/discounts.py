"""Discounts of one amount, of several lines, over several periods."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.discounts import Discount, Offer, Order, Spread, discounted, spread
from solde.domain.money import Money, Rounding
from solde.domain.tax.policies import TaxLevel, taxes
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
HALF_UP = {"rounding__mode": "half_up", "rounding__scale": 2}


def _discount(asked: Asked, said: dict[str, Any]) -> Discount:
    if said["type"] == "percent":
        return Discount(percent=Decimal(said["value"]))
    return Discount(amount=amount(asked, said["value"]))


def _total(lines: list[Money]) -> Money:
    return sum(lines[1:], lines[0])


def sequence(asked: Asked) -> Answer:
    asked.convention.accept(**HALF_UP)
    orders = {one.value: one for one in Order}
    order = asked.convention.choose("discount_order", orders, Order.PERCENT_FIRST)
    gross = _total([amount(asked, one) for one in asked["lines"]])
    taken = discounted(gross, [_discount(asked, one) for one in asked["discounts"]], order)
    return _said(gross, _total(list(taken)))


def _said(gross: Money, off: Money) -> Answer:
    return {"total_discount": off.major, "net_total": (gross - off).major}


def cycles(asked: Asked) -> Answer:
    asked.convention.accept(coupon=("limited number of billing cycles", "unlimited"))
    price = amount(asked, asked["price"])
    said = asked["coupon"]
    coupon = Offer("c", _discount(asked, said), periods=said.get("cycles"))
    covered = [coupon.covers(number) for number in range(asked["cycles"])]
    return {
        "totals": [(price - coupon.discount.of(price) if one else price).major for one in covered]
    }


def allocation(asked: Asked) -> Answer:
    asked.convention.accept(allocation="pro rata to line amounts", **HALF_UP)
    policies = {"to the last line": Spread.LAST_LINE}
    policy = asked.convention.choose("remainder", policies, Spread.LARGEST_REMAINDER)
    lines = [amount(asked, one) for one in asked["lines"]]
    found = spread(amount(asked, asked["discount"]), lines, policy)
    return {"line_discounts": [one.major for one in found]}


def filled(asked: Asked) -> Answer:
    asked.convention.accept(allocation="fill lines in order", **HALF_UP)
    lines = [amount(asked, one) for one in asked["lines"]]
    off = Discount(amount=amount(asked, asked["discount"])).of(_total(lines))
    found = spread(off, lines, Spread.FILL)
    return {
        "line_discounts": [one.major for one in found],
        "net_total": (_total(lines) - off).major,
    }


def scoped(asked: Asked) -> Answer:
    asked.convention.accept(**HALF_UP)
    coupon = Offer("c", _discount(asked, asked["discount"]), products=frozenset({"eligible"}))
    lines = [
        (amount(asked, one["amount"]), "eligible" if one["eligible"] else "other")
        for one in asked["lines"]
    ]
    zero = Money(0, asked["currency"])
    base = sum((net for net, product in lines if coupon.good_for("", product)), zero)
    return _said(sum((net for net, _ in lines), zero), coupon.discount.of(base))


def then_tax(asked: Asked) -> Answer:
    asked.convention.accept(order="discount before tax", **HALF_UP)
    lines = [amount(asked, one) for one in asked["lines"]]
    subtotal = _total(lines)
    off = _discount(asked, asked["discount"]).of(subtotal)
    nets = [net - part for net, part in zip(lines, spread(off, lines), strict=True)]
    percent = asked.number("tax_percent")
    shown, tax = taxes([(net, percent) for net in nets], TaxLevel.RATE, Rounding.HALF_AWAY)
    return {
        "subtotal": subtotal.major,
        "discount": off.major,
        "tax": tax.major,
        "total": (subtotal - off + tax).major,
        "line_totals": [Fraction(net.major) + part for net, part in zip(nets, shown, strict=True)],
    }


def stack(asked: Asked) -> Answer:
    """Fixed coupons, one after the other, each over the fees that it is good for."""
    asked.convention.accept(
        order=(
            "fixed coupon pro rata over all fees",
            "fixed coupons pro rata, one after the other",
            "coupon limited to one fee",
        ),
        tax="after discounts",
        rounding__stage="invoice tax rounds the unrounded sum",
        **HALF_UP,
    )
    if {"fee_discounts_7dp"} & set(asked.input):
        raise UnsupportedError("no policy for shares of a discount that are not rounded")
    fees = asked["fees"]
    nets = [amount(asked, one["amount"]) for one in fees]
    for coupon in asked["coupons"]:
        bases = [
            net if _good(coupon, fee) else Money(0, net.currency)
            for net, fee in zip(nets, fees, strict=True)
        ]
        off = Discount(amount=amount(asked, coupon["amount"])).of(_total(bases))
        shares = spread(off, bases, keys=[one["tax_percent"] for one in fees])
        nets = [net - share for net, share in zip(nets, shares, strict=True)]
    rated = [(net, Decimal(one["tax_percent"])) for net, one in zip(nets, fees, strict=True)]
    shown, tax = taxes(rated, TaxLevel.INVOICE, Rounding.HALF_AWAY)
    net = _total(nets)
    return {
        "fee_taxes": shown,
        "net": net.major,
        "tax_total": tax.major,
        "total": (net + tax).major,
    }


def _good(coupon: dict[str, Any], fee: dict[str, Any]) -> bool:
    plans, fees = coupon.get("plans"), coupon.get("fees")
    in_plan = not plans or fee.get("plan") in plans
    return in_plan and (not fees or fee["id"] in fees)


KINDS = {
    "discount_sequence": sequence,
    "coupon_cycles": cycles,
    "discount_allocation": allocation,
    "discount_fill": filled,
    "discount_scoped": scoped,
    "discount_then_tax": then_tax,
    "coupon_stack": stack,
}
