"""How the days of a supply are taxed: one part for each rate, in order of days (R12)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.tax.rates import OUTSIDE, STANDARD, Mode, Rate, Treatment
from solde.domain.tax.regime import Regime
from solde.domain.tax.standing import standings_within

Part = tuple[Period, Treatment]


def treatments(regime: Regime, tax_class: str, within: Period, billed: Period) -> tuple[Part, ...]:
    """
    Return the parts of `within` that have one treatment each; they are of the period `billed`.

    A rate that begins at a period's end leaves alone the period that it falls into.

    Raises:
        InvalidError: the regime knows no such class, or no rate that early.

    """
    if regime.standings:
        return tuple(_by_standing(regime, tax_class, within, billed.start_on))
    return _parts(regime, tax_class, (within.start_on, within.end_on), billed.start_on)


def _by_standing(regime: Regime, tax_class: str, within: Period, period_on: date) -> Iterator[Part]:
    """Tax what a customer buys by what is known of him on its days; few have such facts."""
    for part, standing in standings_within(regime.standings, within):
        if standing is None or standing.category == STANDARD or not regime.classes:
            yield from _by_rate(regime, tax_class, part, period_on)
        else:
            yield part, Treatment(standing.category, Decimal(0), tax_class, standing.reason)


@lru_cache(maxsize=4096)
def _parts(
    regime: Regime, tax_class: str, within: tuple[date, date], period_on: date
) -> tuple[Part, ...]:
    """Remember parts by days, which are looked up faster than a period."""
    return tuple(_by_rate(regime, tax_class, Period(*within), period_on))


def _by_rate(regime: Regime, tax_class: str, within: Period, period_on: date) -> Iterator[Part]:
    if not regime.classes:
        yield within, Treatment(OUTSIDE, Decimal(0), tax_class)
        return
    rates = regime.rates(tax_class)
    if within.start_on < rates[0].since:
        raise InvalidError(
            f"tax rate: expected days from {rates[0].since} on, found {within.start_on}"
        )
    begun = [rate for rate in rates if _reaches(rate, rates[0], period_on)]
    ends = [rate.since for rate in begun[1:]] + [date.max]
    for rate, end_on in zip(begun, ends, strict=True):
        if common := Period(rate.since, end_on).common(within):
            yield common, Treatment(rate.category, rate.percent, tax_class, rate.reason)


def _reaches(rate: Rate, first: Rate, period_on: date) -> bool:
    return rate is first or rate.mode is Mode.BY_DAYS or rate.since <= period_on
