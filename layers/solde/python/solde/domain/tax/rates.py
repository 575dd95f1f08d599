"""Rates of tax: dated rows, each with its source, none ever rewritten once it has begun."""

import re
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
    """
    How a change of rate reaches a billing period that it falls into (R12).

    AT_PAYMENT is for laws that follow the day of payment, which for a line not yet issued is never
    before its issue: what is billed from that day on has the rate, whatever its days of service.
    """

    BY_DAYS = "by_days"
    AT_PERIOD_END = "at_period_end"
    AT_PAYMENT = "at_payment"


@dataclass(frozen=True, slots=True)
class Rate:
    """
    `since` is the first day of supply that `percent` applies to, or with AT_PAYMENT of billing.

    `mode` says how it begins.

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
            raise InvalidError(
                f"percent: expected 0 to 100, found {self.percent}", pointer="/percent"
            )
        if (self.category == STANDARD) != bool(self.percent):
            raise InvalidError(
                f"percent: expected one above 0 for category S and for no other, "
                f"found {self.percent} for {self.category}",
                pointer="/percent",
            )
        if self.category in (EXEMPT, OUTSIDE) and not REASON.fullmatch(self.reason):
            raise InvalidError(
                f"reason: expected a VATEX code for category {self.category}, "
                f"found {self.reason!r}",
                pointer="/reason",
            )
        if self.category in (STANDARD, ZERO) and self.reason:
            raise InvalidError(
                f"reason: expected none for category {self.category}, found {self.reason!r}",
                pointer="/reason",
            )


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a supply is taxed: category of UNTDID 5305, rate in percent, reason of no tax."""

    category: str
    percent: Decimal
    tax_class: str = "standard"
    reason: str = ""
