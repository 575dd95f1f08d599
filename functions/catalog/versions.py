"""A version of a price as the API speaks of it: published, previewed, listed."""

from typing import Annotated

from pydantic import Field

from functions.catalog.price_models import AnyModel
from functions.catalog.price_parts import Currencies, Ramp, currencies_of, priced, ramp_of
from solde.domain.catalog import Applies
from solde.domain.proration import Proration
from solde.runtime.fields import Amount, Code, Day, Metadata, Strict
from solde.workflows.publish_price import Version


class VersionFields(Strict):
    """
    `applies`: to `new` items only, to those of before at their `renewal`, or to `existing` ones.

    `from_on` is the first day of new items. Usage goes by the time of its events, and a recurring
    price of `existing` items by the first period that starts on that day or later, or with
    `mid_period` by that day.
    """

    version: int = Field(ge=2, le=9999)
    from_on: Day
    applies: Annotated[Applies, Field(strict=False)]
    model: AnyModel
    proration: Annotated[Proration, Field(strict=False)] | None = None
    mid_period: bool = False
    free_units: Amount | None = None
    ramp: Ramp = Field(default_factory=list)
    currencies: Currencies = Field(default_factory=list)

    def wish(self, price_id: str) -> Version:
        return Version(
            price_id=price_id,
            number=self.version,
            from_on=self.from_on,
            applies=self.applies,
            model=priced(self.model),
            proration=self.proration,
            mid_period=self.mid_period,
            free_units=self.free_units,
            ramp=ramp_of(self.ramp),
            others=currencies_of(self.currencies),
        )


class NewVersion(VersionFields):
    metadata: Metadata = Field(default_factory=dict)


class VersionPreview(VersionFields):
    """What the version would do to the bills up to a day."""

    price: Code
    on: Day
