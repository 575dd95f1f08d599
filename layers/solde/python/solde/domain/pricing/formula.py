"""A formula over what is declared: for each event, or once for the quantity of the period."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from solde.domain.errors import InvalidError, within
from solde.domain.expressions import Expression, evaluate, parse
from solde.domain.expressions.tree import names
from solde.domain.pricing.quantity import ONE, Priced, Quantity, computed, negated, priced

PERIOD = ("quantity", "count")
"""The inputs of a formula that is computed once for the period."""


@dataclass(frozen=True, slots=True)
class Formula:
    """
    `text` is what people read and store; `tree` is what it means.

    `fields` names the values of an event in the order in which its meter declares them; without
    fields the formula is about `quantity` and `count` of the period.
    """

    text: str
    fields: tuple[str, ...]
    tree: Expression

    @classmethod
    def of(cls, text: str, fields: tuple[str, ...] = ()) -> "Formula":
        """
        Read a formula.

        Raises:
            InvalidError: it is none, or asks for an input that is not declared.

        """
        with within("/formula"):
            tree = parse(text)
        declared = fields or PERIOD
        if unknown := sorted({*names(tree)} - {*declared}):
            raise InvalidError(
                f"formula: expected inputs among {', '.join(declared)}, found {unknown[0]}",
                pointer="/formula",
            )
        return cls(text, fields, tree)


def price_formula(price: Formula, quantity: Quantity) -> Priced:
    """
    Return the sum of the formula over the events, or its value for the period.

    Raises:
        InvalidError: the formula cannot be computed for what was used.

    """
    if not price.fields:
        if not quantity.total:
            return priced()
        if quantity.total < 0:
            return negated(lambda above: price_formula(price, above), quantity)
        inputs = {"quantity": Fraction(quantity.total), "count": Fraction(quantity.count)}
        exact = evaluate(price.tree, inputs)
        return priced(computed(ONE, exact, "formula"))
    exact = Fraction(0)
    for row in quantity.values:
        found = zip(price.fields, map(Fraction, row), strict=True)
        exact += evaluate(price.tree, dict(found))
    return priced(computed(Decimal(len(quantity.values)), exact, "formula"))
