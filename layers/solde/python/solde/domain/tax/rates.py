"""Rates of tax by class of supply: dated rows, each with its source, in versions of a regime."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from solde.domain.errors import InvalidError

HUNDRED = 100
STANDARD, ZERO, EXEMPT, OUTSIDE = "S", "Z", "E", "O"
REASON = re.compile(r"VATEX-[A-Z]{2}-[A-Z0-9-]{1,30}")
"""Codes of the exemption reason list (VATEX) of EN 16931, and of national lists like it."""


class Mode(Enum):
    """How a change of rate reaches a billing period that it falls into (R12)."""

    BY_DAYS = "by_days"
    AT_PERIOD_END = "at_period_end"


@dataclass(frozen=True, slots=True)
class Rate:
    """
    `since` is the first day of supply that `percent` applies to; `mode` says how it begins.

    `category` is one of UNTDID 5305: S, Z (rate 0), E (exempt, with its reason), O (outside).
    """

    since: date
    percent: Decimal
    source: str
    mode: Mode = Mode.BY_DAYS
    category: str = STANDARD
    reason: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= HUNDRED:
            raise InvalidError(f"percent: expected 0 to 100, found {self.percent}")
        if (self.category == STANDARD) != bool(self.percent):
            raise InvalidError(
                f"percent: expected one above 0 for category S and for no other, "
                f"found {self.percent} for {self.category}"
            )
        if self.category in (EXEMPT, OUTSIDE) and not REASON.fullmatch(self.reason):
            raise InvalidError(
                f"reason: expected a VATEX code for category {self.category}, found {self.reason!r}"
            )
        if self.category in (STANDARD, ZERO) and self.reason:
            raise InvalidError(f"reason: expected none for category {self.category}")


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a supply is taxed: category of UNTDID 5305, rate in percent, reason of no tax."""

    category: str
    percent: Decimal
    tax_class: str = "standard"
    reason: str = ""


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

    def __post_init__(self) -> None:
        for name, rates in self.classes.items():
            days = [rate.since for rate in rates]
            if not days or days != sorted(set(days)):
                said = ", ".join(map(str, days))
                raise InvalidError(f"{name}: expected rates in order of their days, found {said}")

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
