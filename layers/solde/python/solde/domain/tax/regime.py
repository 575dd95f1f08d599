"""A tax regime: the rates of a country or seller by class of supply, in versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from solde.domain.errors import InvalidError
from solde.domain.tax.rates import Rate
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

    def known(self, standings: tuple[Standing, ...]) -> "Regime":
        """Return the regime as it is for a customer of whom such facts are known."""
        return replace(self, standings=standings) if standings else self

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
