"""Tax per line, rate, stage or document; prices with tax; what is paid early."""

from decimal import Decimal
from typing import Any

from solde.domain.discounts import Discount
from solde.domain.money import EXPONENTS, Money, Rounding
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.tax.policies import Inclusive, TaxLevel, compounded, extracted, taxes
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.shared import MODES, amount

Answer = dict[str, Any]


def _rounding(asked: Asked) -> Rounding:
    asked.convention.accept(tax_rounding__scale=EXPONENTS[asked["currency"]])
    return asked.convention.choose("tax_rounding.mode", MODES, Rounding.HALF_AWAY)


def lines(asked: Asked) -> Answer:
    levels = {one.value: one for one in TaxLevel}
    level = asked.convention.choose("tax_rounding.level", levels, TaxLevel.LINE)
    mode = _rounding(asked)
    rated = [(amount(asked, one["amount"]), Decimal(one["tax_percent"])) for one in asked["lines"]]
    if asked["prices"] == "inclusive":
        return _inclusive(asked, rated)
    shown, tax = taxes(rated, level, mode)
    net = sum((one for one, _ in rated), Money(0, asked["currency"]))
    return {"line_taxes": shown, "total_tax": tax.major, "total": (net + tax).major}


def _inclusive(asked: Asked, rated: list[tuple[Money, Decimal]]) -> Answer:
    found = [extracted(gross, percent, Inclusive.TAX) for gross, percent in rated]
    zero = Money(0, asked["currency"])
    return {
        "line_taxes": [one.tax.major for one in found],
        "total_tax": sum((one.tax for one in found), zero).major,
        "total": sum((gross for gross, _ in rated), zero).major,
    }


def inclusive(asked: Asked) -> Answer:
    parts = {"net": Inclusive.NET, "tax": Inclusive.TAX}
    policy = asked.convention.choose("tax_rounding.rounded_part", parts, Inclusive.TAX)
    if _rounding(asked) is not Rounding.HALF_AWAY:
        raise UnsupportedError("no policy for tax in a price rounded otherwise than half up")
    found = extracted(amount(asked, asked["gross"]), asked.number("tax_percent"), policy)
    return {"net": found.net.major, "tax": found.tax.major}


def levels(asked: Asked) -> Answer:
    asked.convention.accept(
        fees="each fee rounded to cents for the subtotal; tax taken on rounded fees total"
    )
    policies = {one.value: one for one in TaxLevel}
    level = asked.convention.choose("tax_rounding.level", policies, TaxLevel.INVOICE)
    percent = asked.number("tax_percent")
    nets = [amount(asked, one) for one in asked["fees"]]
    _, tax = taxes([(net, percent) for net in nets], level, _rounding(asked))
    total = sum(nets, Money(0, asked["currency"]))
    return {
        "fees_total": total.major,
        "tax_total": tax.major,
        "total": (total + tax).major,
    }


def several(asked: Asked) -> Answer:
    """Several taxes of one net, each a stage of its own on the net."""
    asked.convention.accept(tax_rounding__level="rate")
    mode, net = _rounding(asked), amount(asked, asked["net"])
    found = [compounded(net, [[Decimal(rate)]], mode)[0] for rate in asked["rates"]]
    return {
        "taxes": [one.major for one in found],
        "total_tax": sum(found, Money(0, net.currency)).major,
    }


def staged(asked: Asked) -> Answer:
    asked.convention.accept(
        tax_rounding__level="stage",
        stages="rates inside a stage add up; each later stage is taken on net plus earlier taxes",
    )
    net = amount(asked, asked["net"])
    stages = [[Decimal(rate) for rate in stage] for stage in asked["stages"]]
    found = compounded(net, stages, _rounding(asked))
    tax = sum(found, Money(0, net.currency))
    return {
        "stage_taxes": [one.major for one in found],
        "total_tax": tax.major,
        "total": (net + tax).major,
    }


def early(asked: Asked) -> Answer:
    asked.convention.accept(
        order="an early payment discount does not change the tax", tax_rounding__level="rate"
    )
    mode, net = _rounding(asked), amount(asked, asked["net"])
    total = net
    for rate in asked["rates"]:
        total += compounded(net, [[Decimal(rate)]], mode)[0]
    saved = Discount(percent=asked.number("early_payment_percent")).of(net)
    return {"total": total.major, "total_if_paid_early": (total - saved).major}


def order(asked: Asked) -> Answer:
    asked.convention.accept(order="discount, then tax, then shipping")
    subtotal = Money(0, asked["currency"])
    for one in asked["lines"]:
        exact = exact_amount(
            PerUnit(Decimal(one["unit_price"])), Quantity(Decimal(one["quantity"]))
        )
        subtotal += amount(asked, exact)
    off = Discount(percent=asked.number("discount_percent")).of(subtotal)
    rated = [(subtotal - off, asked.number("tax_percent"))]
    _, tax = taxes(rated, TaxLevel.RATE, Rounding.HALF_AWAY)
    shipping = amount(asked, asked["untaxed_shipping"])
    return {
        "subtotal": subtotal.major,
        "discount": off.major,
        "tax": tax.major,
        "total": (subtotal - off + tax + shipping).major,
    }


KINDS = {
    "tax_lines": lines,
    "tax_inclusive": inclusive,
    "tax_levels": levels,
    "tax_multi_rate": several,
    "compound_tax": staged,
    "cash_discount": early,
    "invoice_order": order,
}
