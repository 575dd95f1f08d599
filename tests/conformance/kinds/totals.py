"""The totals of whole documents."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.invoicing.totals import document_totals, line_net
from solde.domain.money import EXPONENTS, Money, Rounding, money
from solde.domain.tax import Treatment
from solde.domain.tax.assess import Levy, Supply, assess
from tests.conformance.answers import AnyOrder
from tests.conformance.asked import Asked
from tests.conformance.kinds.shared import amount

Answer = dict[str, Any]
HUNDRED = 100


def european(asked: Asked) -> Answer:
    asked.convention.accept(
        line_net="quantity x price / base quantity, less allowances plus charges, "
        "rounded to the currency",
        totals="EN 16931 BR-CO-10..17",
        tax_rounding__level="rate",
        tax_rounding__mode="half_up",
        tax_rounding__scale=2,
    )
    lines = [(_treatment(one), _net(asked, one)) for one in asked["lines"]]
    found = document_totals(
        lines,
        allowances=[(_treatment(one), _amount(asked, one)) for one in asked["document_allowances"]],
        charges=[(_treatment(one), _amount(asked, one)) for one in asked["document_charges"]],
        prepaid=amount(asked, asked["prepaid"]),
    )
    return {
        "line_nets": [net.major for _, net in lines],
        "line_total": found.lines.major,
        "tax_breakdown": AnyOrder(
            {
                "tax_category": one.treatment.category,
                "tax_percent": one.treatment.percent,
                "taxable": one.base.major,
                "tax": one.tax.major,
            }
            for one in found.taxes
        ),
        "tax_exclusive": found.tax_exclusive.major,
        "tax_total": found.tax.major,
        "tax_inclusive": found.tax_inclusive.major,
        "payable": found.payable.major,
    }


def _treatment(one: dict[str, Any]) -> Treatment:
    return Treatment(one["tax_category"], Decimal(one["tax_percent"]).normalize(), "standard")


def _amount(asked: Asked, one: dict[str, Any]) -> Money:
    return amount(asked, one["amount"])


def _net(asked: Asked, one: dict[str, Any]) -> Money:
    added = Money(0, asked["currency"])
    for charge in one["charges"]:
        added += amount(asked, charge)
    for allowance in one["allowances"]:
        added -= amount(asked, allowance)
    return line_net(
        Decimal(one["quantity"]),
        Decimal(one["unit_price"]),
        Decimal(one["base_quantity"]),
        added=added,
    )


def several_taxes(asked: Asked) -> Answer:
    exact = asked.convention.choose(
        "rounding_rule",
        {
            "tax computed on unrounded sums, rounded at the end": True,
            "every line rounded before summing": False,
        },
        default=True,
    )
    asked.convention.accept(
        tax_rounding__level="rate",
        tax_rounding__mode="half_up",
        tax_rounding__scale=EXPONENTS[asked["currency"]],
    )
    currency = asked["currency"]
    lines = [_line(one, currency, exact=exact) for one in asked["lines"]]
    whole = sum((one.amount for one in lines), Fraction(0))
    document = [_supply(one, whole, sign=-1) for one in asked["document_discounts"]]
    document += [_supply(one, whole, sign=1) for one in asked["document_charges"]]
    found = assess([*lines, *document], currency, included=asked["prices_include_tax"])
    advance = amount(asked, asked["advance"])
    return {
        "line_totals": [_rounded(one.amount, currency).major for one in lines],
        "sum": _rounded(whole, currency).major,
        "total": found.net.major,
        "tax_included": found.included.major,
        "tax_total": (found.tax - found.retained).major,
        "total_with_tax": found.with_tax.major,
        "retained_tax": found.retained.major,
        "payable": found.payable.major,
        "due": (found.payable - advance).major,
    }


def _line(one: dict[str, Any], currency: str, *, exact: bool) -> Supply:
    gross = Fraction(one["quantity"]) * Fraction(one["unit_price"])
    found = gross
    for sign, those in ((-1, one["discounts"]), (1, one["charges"])):
        for each in those:
            found += sign * _part(each, gross)
    return Supply(found if exact else Fraction(_rounded(found, currency).major), _levies(one))


def _supply(one: dict[str, Any], whole: Fraction, *, sign: int) -> Supply:
    return Supply(sign * _part(one, whole), _levies(one))


def _part(one: dict[str, Any], of: Fraction) -> Fraction:
    if "percent" in one:
        return of * Fraction(one["percent"]) / HUNDRED
    return Fraction(one["amount"])


def _levies(one: dict[str, Any]) -> tuple[Levy, ...]:
    return tuple(
        Levy(
            said["tax"],
            Decimal(said["percent"]),
            Decimal(said.get("surcharge_percent", "0")),
            retained=said.get("retained", False),
        )
        for said in one["taxes"]
    )


def _rounded(exact: Fraction, currency: str) -> Money:
    return money(exact, currency, Rounding.HALF_AWAY)


KINDS = {"einvoice_totals": european, "invoice_totals": several_taxes}
