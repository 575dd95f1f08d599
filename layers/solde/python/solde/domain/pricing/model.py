"""The closed choice of price models, matched to the end: a new model is a file and a case."""

from fractions import Fraction
from typing import assert_never

from solde.domain.pricing.blocks import Blocks, price_blocks
from solde.domain.pricing.capacity import Capacity, price_capacity
from solde.domain.pricing.carried import Carried, price_carried
from solde.domain.pricing.flat import Flat, price_flat
from solde.domain.pricing.formula import Formula, price_formula
from solde.domain.pricing.graduated import Graduated, price_graduated
from solde.domain.pricing.graduated_percentage import (
    GraduatedPercentage,
    price_graduated_percentage,
)
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.matrix import Matrix, price_matrix
from solde.domain.pricing.package import Package, price_package
from solde.domain.pricing.per_group import PerGroup, price_per_group
from solde.domain.pricing.per_unit import PerUnit, price_per_unit
from solde.domain.pricing.percentage import Percentage, price_percentage
from solde.domain.pricing.quantity import Priced, Quantity, negated
from solde.domain.pricing.stairstep import Stairstep, price_stairstep
from solde.domain.pricing.volume import Volume, price_volume

QuantityModel = Flat | PerUnit | Graduated | Volume | Package | Stairstep
"""What needs the quantity alone."""
UnitsModel = Matrix | Blocks | Capacity
"""What needs the quantity by the values of dimensions."""
EventModel = Percentage | GraduatedPercentage | Formula | Carried
"""What is about amounts that events carry."""
MoneyModel = QuantityModel | UnitsModel | EventModel | PerGroup[QuantityModel]
PriceModel = MoneyModel | InUnits[MoneyModel]


def price_quantity(model: PriceModel, quantity: Quantity) -> Priced:
    """Return the exact amount for a quantity of one period, with the steps that lead to it."""
    match model:
        case Flat() | PerUnit() | Graduated() | Volume() | Package() | Stairstep():
            return _by_quantity(model, quantity)
        case Matrix():
            return price_matrix(model, quantity)
        case Blocks():
            return price_blocks(model, quantity)
        case Capacity():
            return price_capacity(model, quantity)
        case PerGroup():
            inner = model.model
            return price_per_group(quantity, lambda group: _by_quantity(inner, group))
        case InUnits():
            return model.in_money(price_quantity(model.model, quantity))
        case _:
            return _by_events(model, quantity)


def _by_quantity(model: QuantityModel, quantity: Quantity) -> Priced:
    if quantity.total < 0:
        return negated(lambda above: _by_quantity(model, above), quantity)
    match model:
        case Flat():
            return price_flat(model, quantity)
        case PerUnit():
            return price_per_unit(model, quantity)
        case Graduated():
            return price_graduated(model, quantity)
        case Volume():
            return price_volume(model, quantity)
        case Package():
            return price_package(model, quantity)
        case Stairstep():
            return price_stairstep(model, quantity)
        case _:
            assert_never(model)


def _by_events(model: EventModel, quantity: Quantity) -> Priced:
    match model:
        case Percentage():
            return price_percentage(model, quantity)
        case GraduatedPercentage():
            return price_graduated_percentage(model, quantity)
        case Formula():
            return price_formula(model, quantity)
        case Carried():
            return price_carried(model, quantity)
        case _:
            assert_never(model)


def exact_amount(model: PriceModel, quantity: Quantity) -> Fraction:
    return price_quantity(model, quantity).exact
