"""A floor and a ceiling for what is spent: true-up, cap, and commitments by window of usage."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most of a period, before tax and after line discounts; None is none."""

    minimum: Money | None = None
    maximum: Money | None = None

    def __post_init__(self) -> None:
        for name, found in (("minimum", self.minimum), ("maximum", self.maximum)):
            if found is not None and found.minor < 0:
                raise InvalidError(f"{name}: expected >= 0, found {found.major}")
        if self.minimum and self.maximum and self.maximum < self.minimum:
            raise InvalidError(
                f"maximum: expected at least {self.minimum.major}, found {self.maximum.major}"
            )

    def of(self, share: Fraction) -> "Limits":
        """Return the limits of a part of the period, by days, each rounded once."""
        if share == WHOLE:
            return self
        return Limits(
            *(
                None if one is None else one.share(share, Rounding.HALF_AWAY)
                for one in (self.minimum, self.maximum)
            )
        )


@dataclass(frozen=True, slots=True)
class Limited:
    """What is left to bill of a period, and how it was held to its limits."""

    net: Money
    discount: Money
    """The part above the maximum, given as a discount."""
    top_up: Money
    """What is missing to the minimum."""


def limited(limits: Limits, *, before: Money, to_date: Money, closes: bool = True) -> Limited:
    """
    Hold the spending of a period to its limits, less what earlier invoices of it billed.

    `before` and `to_date` are what was rated up to the last invoice and up to now. The minimum is
    due only when the period `closes`.
    """
    zero = Money(0, to_date.currency)
    above = max(to_date - limits.maximum, zero) if limits.maximum else zero
    above_before = max(before - limits.maximum, zero) if limits.maximum else zero
    missing = max(limits.minimum - to_date, zero) if limits.minimum and closes else zero
    discount = above - above_before
    return Limited(to_date - before - discount + missing, discount, missing)


def true_up(minimum: Money, eligible: Iterable[Money], *, share: Fraction = WHOLE) -> Money:
    """
    Return what is missing to a minimum commitment, prorated by days in a partial period.

    300.00 a month, active 12 of 30 days, is a floor of 120.00.
    """
    zero = Money(0, minimum.currency)
    floor = Limits(minimum).of(share).minimum or zero
    return limited(Limits(floor), before=zero, to_date=sum(eligible, zero)).top_up


@dataclass(frozen=True, slots=True)
class WindowCommitment:
    """An amount committed for each window of usage; what is above it costs `overage` times."""

    amount: Money
    overage: Decimal = Decimal(1)
    trued_up: bool = True
    """Whether a window below the commitment pays the commitment."""

    def __post_init__(self) -> None:
        if self.amount.minor < 0 or self.overage < 0:
            raise InvalidError(f"commitment: expected amount and overage >= 0, found {self}")


def committed(commitment: WindowCommitment, windows: Iterable[Money]) -> Money:
    """Return what the windows cost in all."""
    total = Money(0, commitment.amount.currency)
    for window in windows:
        above = window - commitment.amount
        if above.minor > 0:
            cost = above.share(Fraction(commitment.overage), Rounding.HALF_AWAY)
            total += commitment.amount + cost
        else:
            total += commitment.amount if commitment.trued_up else window
    return total
