"""Pricing units as the API speaks of them: credits, tokens, and what one is worth from when."""

from typing import Annotated, Any

from pydantic import Field

from solde.domain.errors import InvalidError
from solde.domain.invoicing.texts import plain
from solde.domain.money import currency
from solde.domain.pricing.unit import PricingUnit, Value
from solde.runtime.fields import Amount, Code, Day, Metadata, Strict, Text


class ValueModel(Strict):
    """From a day on, one unit is worth `amount` of a currency."""

    currency: str
    from_on: Day
    amount: Amount


class NewPricingUnit(Strict):
    """A version of a unit: all its values, those that there were before the others."""

    code: Code
    version: int = Field(default=1, ge=1, le=9999)
    name: Text
    values: Annotated[list[ValueModel], Field(min_length=1, max_length=500)]
    metadata: Metadata = Field(default_factory=dict)

    def unit(self) -> PricingUnit:
        """
        Return the unit.

        Raises:
            InvalidError: a currency is none, an amount nothing, or days that do not rise.

        """
        for place, one in enumerate(self.values):
            try:
                currency(one.currency)
            except InvalidError as unknown:
                pointer = f"/values/{place}/currency"
                raise InvalidError(str(unknown), pointer=pointer) from unknown
        values = tuple(Value(one.currency, one.from_on, one.amount) for one in self.values)
        return PricingUnit(self.code, self.version, self.name, values)


def unit_fields(unit: PricingUnit) -> dict[str, Any]:
    values = [
        {
            "currency": one.currency,
            "from_on": one.from_on.isoformat(),
            "amount": plain(one.amount),
        }
        for one in unit.values
    ]
    return {"code": unit.code, "name": unit.name, "values": values}
