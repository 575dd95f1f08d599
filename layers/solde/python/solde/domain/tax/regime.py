"""A tax regime: the rates of a country or seller by class of supply, in versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from solde.domain.errors import InvalidError
from solde.domain.tax.rates import Mode, Rate
from solde.domain.tax.standing import Standing


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """
    The rates of a country or seller by tax class, each class from its earliest row on.

    Version 0 is shipped. Without classes everything is outside the scope of tax.

    Raises:
        InvalidError: a class without rows, or rows that do not follow each other.

    """

    code: str
    version: int
    classes: Mapping[str, tuple[Rate, ...]]
    standings: tuple[Standing, ...] = ()
    """What is known of the one customer who is billed by it."""

    def __post_init__(self) -> None:
        for name, rates in self.classes.items():
            days = [rate.since for rate in rates]
            if not days or days != sorted(set(days)):
                said = ", ".join(map(str, days))
                raise InvalidError(f"{name}: expected rates in order of their days, found {said}")
            if rates[0].mode is Mode.AT_PAYMENT:
                raise InvalidError(
                    f"{name}: expected a rate before the one of {rates[0].since}, which begins "
                    "at payment: nothing says what was billed before it"
                )

    def known(self, standings: tuple[Standing, ...]) -> "Regime":
        """Return the regime as it is for a customer of whom such facts are known."""
        return replace(self, standings=standings) if standings else self

    def billed_on(self, day: date) -> "Regime":
        """
        Return the regime as it is for what is billed on a day and not issued yet.

        A rate that begins at payment takes the place of all before it once its day has come; until
        then it says nothing, even of days of service after it: tax is fixed at issue.
        """
        return _billed_on(self, day)

    def rates(self, tax_class: str) -> tuple[Rate, ...]:
        found = self.classes.get(tax_class)
        if found is None:
            raise InvalidError(
                f"tax_class: expected one of regime {self.code}, found {tax_class!r}"
            )
        return found

    def must_keep(self, before: "Regime", today: date) -> None:
        """
        Prove that this version leaves alone what has begun: a rate that was is not rewritten.

        Raises:
            InvalidError: a row of `before` with a day gone by is missing, or is another.

        """
        for name, rates in before.classes.items():
            begun = {rate for rate in rates if rate.since <= today}
            for lost in sorted(begun - set(self.classes.get(name, ())), key=lambda one: one.since):
                raise InvalidError(
                    f"{name}: expected {lost.percent} % since {lost.since} to stay as it was, "
                    "since it has begun"
                )


@lru_cache(maxsize=256)
def _billed_on(regime: Regime, day: date) -> Regime:
    waits = any(rate.mode is Mode.AT_PAYMENT for rates in regime.classes.values() for rate in rates)
    if not waits:
        return regime
    classes = {name: _rates_on(rates, day) for name, rates in regime.classes.items()}
    return replace(regime, classes=classes)


def _rates_on(rates: tuple[Rate, ...], day: date) -> tuple[Rate, ...]:
    found: list[Rate] = []
    for rate in rates:
        if rate.mode is not Mode.AT_PAYMENT:
            found.append(rate)
        elif rate.since <= day:
            found = [replace(rate, since=rates[0].since, mode=Mode.BY_DAYS)]
    return tuple(found)
