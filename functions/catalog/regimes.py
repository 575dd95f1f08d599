"""Tax regimes as the API speaks of them: dated rates by class, each with its source."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from solde.domain.errors import InvalidError, within
from solde.domain.tax import Regime
from solde.domain.tax.rates import Mode, Rate
from solde.ports.records import Record
from solde.runtime.fields import Amount, Code, Day, Metadata, Strict, Text, described, recorded
from solde.storage.regimes import rate_to_item

NONE = "none"


class RateModel(Strict):
    """`since` is the first day of supply, or of billing; a rate of 0 is of category Z, E or O."""

    since: Day
    percent: Amount
    source: Text
    mode: Literal["by_days", "at_period_end", "at_payment"] = "by_days"
    category: Literal["S", "Z", "E", "O"] = "S"
    reason: str = Field(default="", max_length=40, examples=["VATEX-EU-132-1I"])

    def rate(self) -> Rate:
        mode = Mode(self.mode)
        return Rate(self.since, self.percent, self.source, mode, self.category, self.reason)


class NewTaxRegime(Strict):
    """A version of a regime: all its rates, those that have begun as they were."""

    code: Code
    version: int = Field(ge=1)
    classes: dict[Code, Annotated[list[RateModel], Field(min_length=1, max_length=100)]] = Field(
        min_length=1, max_length=50
    )
    metadata: Metadata = Field(default_factory=dict)

    def regime(self) -> Regime:
        """
        Return the regime.

        Raises:
            InvalidError: the code is the one of no tax at all, or rates do not fit each other.

        """
        if self.code == NONE:
            raise InvalidError(f"code: expected another than {NONE!r}", pointer="/code")
        classes = {name: tuple(_rates(name, rates)) for name, rates in self.classes.items()}
        for name, rates in classes.items():
            with within(f"/classes/{name}"):
                Regime(self.code, self.version, {name: rates})
        return Regime(self.code, self.version, classes)


def _rates(name: str, rates: list[RateModel]) -> Iterator[Rate]:
    for place, one in enumerate(rates):
        with within(f"/classes/{name}/{place}"):
            yield one.rate()


def regime_shown(regime: Regime, record: Record, *, livemode: bool) -> dict[str, Any]:
    """Return a regime; one that is shipped has version 0 and nobody made it."""
    return described(
        "tax_regime",
        id=regime.code,
        code=regime.code,
        classes={name: list(map(rate_to_item, rates)) for name, rates in regime.classes.items()},
        **recorded(record, livemode=livemode),
    )
