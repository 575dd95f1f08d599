"""Units that prices may be in, such as credits: what one is worth, in which currency, from when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from solde.domain.errors import InvalidError


class Value(NamedTuple):
    """From a day on, one unit is worth so much of a currency, in major units."""

    currency: str
    from_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricingUnit:
    """
    All values of a unit; of one currency in the order of their days.

    Raises:
        InvalidError: none at all, nothing or less, or days that do not rise.

    """

    code: str
    version: int
    name: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise InvalidError("values: expected at least one", pointer="/values")
        last: dict[str, date] = {}
        for place, one in enumerate(self.values):
            if one.amount <= 0:
                raise InvalidError(
                    f"amount: expected more than 0, found {one.amount}",
                    pointer=f"/values/{place}/amount",
                )
            if one.currency in last and one.from_on <= last[one.currency]:
                raise InvalidError(
                    f"from_on: expected a day after {last[one.currency]} for {one.currency}, "
                    f"found {one.from_on}",
                    pointer=f"/values/{place}/from_on",
                )
            last[one.currency] = one.from_on

    @property
    def currencies(self) -> list[str]:
        return sorted({one.currency for one in self.values})

    def values_in(self, currency: str) -> list[Value]:
        """
        Return what a unit is worth in a currency, the earliest first.

        Raises:
            InvalidError: it is worth nothing known in that currency.

        """
        found = [one for one in self.values if one.currency == currency]
        if not found:
            raise InvalidError(
                f"unit {self.code}: expected a value in one of {self.currencies}, found {currency}"
            )
        return found
