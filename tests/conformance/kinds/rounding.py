"""Amounts rounded, split and multiplied."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.money import (
    EXPONENTS,
    Leftover,
    money,
    rounded_to,
    split_evenly,
)
from solde.domain.pricing import Quantity, exact_amount
from solde.domain.pricing.per_unit import PerUnit
from tests.conformance.asked import Asked, UnsupportedError
from tests.conformance.kinds.shared import amount, rounding

Answer = dict[str, Any]


def _scale(asked: Asked) -> int:
    """The vector's own scale must agree with its convention."""
    scale = int(asked["scale"])
    asked.convention.accept(rounding__scale=scale)
    return scale


def one(asked: Asked) -> Answer:
    exact = Fraction(asked["amount"])
    return {"amount": rounded_to(exact, _scale(asked), rounding(asked))}


def lines(asked: Asked) -> Answer:
    asked.convention.accept(rounding__stage="per line, total is the sum of rounded lines")
    mode, scale = rounding(asked), _scale(asked)
    found = [rounded_to(Fraction(each), scale, mode) for each in asked["lines"]]
    return {"rounded": found, "total": sum(found, Decimal(0))}


def usage(asked: Asked) -> Answer:
    asked.convention.accept(rounding__scale=EXPONENTS[asked["currency"]])
    mode = rounding(asked)
    price = PerUnit(asked.number("unit_price"))
    exact = exact_amount(price, Quantity(asked.number("quantity")))
    gross = money(exact, asked["currency"], mode)
    off = Fraction(asked.number("discount_percent", "0")) / 100
    return {"amount": (gross - gross.share(off, mode)).major}


def allocate(asked: Asked) -> Answer:
    asked.convention.accept(allocation="largest remainder; ties by key order")
    if _scale(asked) != EXPONENTS[asked["currency"]]:
        raise UnsupportedError("an amount is split in the units of its currency")
    names = list(asked["weights"])
    weights = [Fraction(str(asked["weights"][name])) for name in names]
    most = 1
    for weight in weights:
        most *= weight.denominator
    shares = amount(asked, asked["amount"]).split([int(weight * most) for weight in weights])
    return {"shares": {name: share.major for name, share in zip(names, shares, strict=True)}}


def even(asked: Asked) -> Answer:
    asked.convention.accept(
        rounding__mode="half_up",
        rounding__scale=EXPONENTS[asked["currency"]],
        remainder=("added to the first period", "to the last line"),
    )
    leftover = Leftover(asked["remainder"])
    parts = split_evenly(amount(asked, asked["amount"]), int(asked["parts"]), leftover)
    special, regular = (
        (parts[0], parts[-1]) if leftover is Leftover.FIRST else (parts[-1], parts[0])
    )
    return {
        "regular": regular.major,
        "remainder": (special - regular).major,
        asked["remainder"]: special.major,
    }


KINDS = {
    "round": one,
    "sum_rounded_lines": lines,
    "usage_charge": usage,
    "allocate": allocate,
    "even_split": even,
}
