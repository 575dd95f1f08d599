"""What a price says beside its model: a ramp in time, and other currencies."""

from typing import Annotated

from pydantic import Field

from functions.catalog.price_models import AnyModel
from solde.domain.errors import within
from solde.domain.money import currency
from solde.domain.pricing import PriceModel
from solde.domain.pricing.in_currency import InCurrency
from solde.domain.pricing.ramp import RampStep
from solde.runtime.fields import Day, Strict


def priced(said: AnyModel) -> PriceModel:
    """
    Return the model of a price.

    Raises:
        InvalidError: it makes no sense, with the place of what does not.

    """
    with within("/model"):
        return said.price()


class RampStepModel(Strict):
    """From `after_months` of the item, or `from_on` a day, the price says this model."""

    after_months: int = Field(default=0, ge=0)
    from_on: Day | None = None
    mid_period: bool = False
    model: AnyModel

    def step(self) -> RampStep:
        return RampStep(priced(self.model), self.after_months, self.from_on, self.mid_period)


Ramp = Annotated[list[RampStepModel], Field(max_length=50)]


def ramp_of(steps: list[RampStepModel]) -> tuple[RampStep, ...]:
    found = []
    for place, one in enumerate(steps):
        with within(f"/ramp/{place}"):
            found.append(one.step())
    return tuple(found)


class CurrencyModel(Strict):
    """What the price says in another currency: the same model with the same steps."""

    currency: str
    model: AnyModel
    ramp: Ramp = Field(default_factory=list)

    def said(self) -> InCurrency:
        return InCurrency(currency(self.currency), priced(self.model), ramp_of(self.ramp))


Currencies = Annotated[list[CurrencyModel], Field(max_length=50)]


def currencies_of(every: list[CurrencyModel]) -> tuple[InCurrency, ...]:
    """
    Return what a price says in other currencies.

    Raises:
        InvalidError: one of them is none, or its model makes no sense, with its place.

    """
    found = []
    for place, one in enumerate(every):
        with within(f"/currencies/{place}"):
            found.append(one.said())
    return tuple(found)
