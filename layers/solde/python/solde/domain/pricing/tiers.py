"""Tiers, shared by the models that have them: bounds are "up to, inclusive", the last is open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Rounding, rounded_to

DECIMALS = 12
"""Most decimals of a bound or a unit price."""


class FlatDue(Enum):
    """Whose flat amount a graduated price takes: of each tier entered, or of the last one only."""

    ENTERED = "entered"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Tier:
    """`up_to` None is without end; `flat_amount` is due when the tier is entered."""

    up_to: Decimal | None
    unit_amount: Decimal
    flat_amount: Decimal = Decimal(0)


def checked(tiers: Sequence[Tier]) -> tuple[Tier, ...]:
    """
    Return tiers that leave no hole and do not overlap.

    Raises:
        InvalidError: bounds do not rise from above zero, or the last tier is not open.

    """
    if not tiers or tiers[-1].up_to is not None:
        raise InvalidError(
            "tiers: expected the last tier to be open (up_to null)", pointer="/tiers"
        )
    below = Decimal(0)
    for number, tier in enumerate(tiers):
        if min(tier.unit_amount, tier.flat_amount) < 0:
            raise InvalidError(
                f"tiers: expected amounts >= 0, found {tier}", pointer=f"/tiers/{number}"
            )
        if tier.up_to is None and number < len(tiers) - 1:
            raise InvalidError(
                "tiers: expected only the last tier to be open", pointer=f"/tiers/{number}/up_to"
            )
        if tier.up_to is not None and tier.up_to <= below:
            raise InvalidError(
                f"tiers: expected a bound above {below}, found {tier.up_to}",
                pointer=f"/tiers/{number}/up_to",
            )
        below = tier.up_to or below
    return tuple(tiers)


def stretched(tiers: Sequence[Tier], share: Fraction) -> tuple[Tier, ...]:
    """
    Return tiers whose bounds grow or shrink with the period (policy `prorate_allowance`).

    A bound that does not end in decimals is rounded at the twelfth.
    """
    return tuple(
        tier
        if tier.up_to is None
        else replace(
            tier, up_to=rounded_to(Fraction(tier.up_to) * share, DECIMALS, Rounding.HALF_AWAY)
        )
        for tier in tiers
    )
