"""Rates of tax by country and class: dated rows, each with its source, none ever edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from solde.domain.errors import InvalidError
from solde.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Rate:
    """`since` is the first day of supply that `percent` applies to."""

    since: date
    percent: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a supply is taxed: category of UNTDID 5305 and rate in percent."""

    category: str
    percent: Decimal
    tax_class: str = "standard"


NONE = "none"
"""The regime of a seller outside the scope of VAT."""

RATES: dict[str, dict[str, tuple[Rate, ...]]] = {
    "FR": {
        "standard": (
            Rate(date(2000, 4, 1), Decimal("19.6"), "CGI 278 (loi 2000-656, art. 1)"),
            Rate(date(2014, 1, 1), Decimal(20), "CGI 278 (loi 2012-1510, art. 68)"),
        ),
        "intermediate": (
            Rate(date(2012, 1, 1), Decimal(7), "CGI 279 (loi 2011-1978, art. 13)"),
            Rate(date(2014, 1, 1), Decimal(10), "CGI 279 (loi 2012-1510, art. 68)"),
        ),
        "reduced": (Rate(date(1982, 7, 1), Decimal("5.5"), "CGI 278-0 bis"),),
    },
}


Part = tuple[Period, Treatment]


@lru_cache(maxsize=4096)
def treatments(regime: str, tax_class: str, within: Period) -> tuple[Part, ...]:
    """
    Return the parts of `within` that have one rate each, in order of days (R12).

    Raises:
        InvalidError: the regime knows no such class, or no rate that early.

    """
    return tuple(_parts(regime, tax_class, within))


def _parts(regime: str, tax_class: str, within: Period) -> Iterator[Part]:
    if regime == NONE:
        yield within, Treatment("O", Decimal(0), tax_class)
        return
    rates = RATES.get(regime, {}).get(tax_class)
    if rates is None:
        raise InvalidError(f"tax_class: expected one of regime {regime}, found {tax_class!r}")
    if within.start_on < rates[0].since:
        raise InvalidError(
            f"tax rate: expected days from {rates[0].since} on, found {within.start_on}"
        )
    ends = [rate.since for rate in rates[1:]] + [date.max]
    for rate, end_on in zip(rates, ends, strict=True):
        if common := Period(rate.since, end_on).common(within):
            yield common, Treatment("S", rate.percent, tax_class)
