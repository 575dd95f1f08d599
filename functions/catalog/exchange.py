"""Rates of exchange as the API speaks of them."""

from typing import Any

from pydantic import Field

from solde.domain.tax import Exchange
from solde.ports.records import Record
from solde.runtime.fields import Amount, Day, Metadata, Strict, Text, described, recorded


class NewExchangeRate(Strict):
    """On a day, one unit of `base` is `rate` units of `currency`."""

    base: str = Field(examples=["EUR"])
    currency: str = Field(examples=["USD"])
    on: Day
    rate: Amount
    source: Text
    metadata: Metadata = Field(default_factory=dict)

    def exchange(self) -> Exchange:
        return Exchange(self.base, self.currency, self.on, self.rate, self.source)


def exchange_shown(rate: Exchange, record: Record, *, livemode: bool) -> dict[str, Any]:
    return described(
        "exchange_rate",
        id=f"{rate.base}-{rate.quoted}-{rate.on.isoformat()}",
        base=rate.base,
        currency=rate.quoted,
        on=rate.on.isoformat(),
        rate=f"{rate.rate:f}",
        source=rate.source,
        **recorded(record, livemode=livemode),
    )
