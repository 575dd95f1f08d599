"""The closed choice of price models, matched to the end: a new model is a file and a case."""

from fractions import Fraction
from typing import assert_never

from solde.domain.pricing.flat import Flat, price_flat
from solde.domain.pricing.graduated import Graduated, price_graduated
from solde.domain.pricing.matrix import Matrix, price_matrix
from solde.domain.pricing.package import Package, price_package
from solde.domain.pricing.per_unit import PerUnit, price_per_unit
from solde.domain.pricing.quantity import Priced, Quantity
from solde.domain.pricing.volume import Volume, price_volume

PriceModel = Flat | PerUnit | Graduated | Volume | Package | Matrix


def price_quantity(model: PriceModel, quantity: Quantity) -> Priced:
    """Return the exact amount for a quantity of one period, with the steps that lead to it."""
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
        case Matrix():
            return price_matrix(model, quantity)
        case _:
            assert_never(model)


def exact_amount(model: PriceModel, quantity: Quantity) -> Fraction:
    return price_quantity(model, quantity).exact
