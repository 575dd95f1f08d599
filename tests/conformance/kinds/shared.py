"""Reading what many kinds share: amounts, conventions of rounding, models with their tiers."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from solde.domain.money import Money, Rounding, money, rounded_to
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.model import QuantityModel
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import FlatDue, Tier
from solde.domain.pricing.volume import Volume
from tests.conformance.asked import Asked, UnsupportedError

MODES = {
    "half_up": Rounding.HALF_AWAY,
    "half_even": Rounding.HALF_EVEN,
    "up": Rounding.UP,
    "down": Rounding.DOWN,
}
AT_ZERO = {"charge_first_tier_flat": True, "nothing": False}


def rounding(asked: Asked) -> Rounding:
    return asked.convention.choose("rounding.mode", MODES, Rounding.HALF_AWAY)


def rounded_if_asked(asked: Asked, exact: Fraction) -> Fraction | Decimal:
    """Round to the scale that the convention names; without one the exact amount is meant."""
    scales = {number: number for number in range(13)}
    scale = asked.convention.choose("rounding.scale", scales, default=-1)
    return exact if scale < 0 else rounded_to(exact, scale, rounding(asked))


def amount(asked: Asked, value: Any) -> Money:
    return money(Fraction(str(value)), asked.get("currency", "EUR"), Rounding.HALF_AWAY)


def model(asked: Asked) -> QuantityModel | GraduatedPercentage:
    """Build the model that `input` describes, with the policies that the convention asks for."""
    named = asked["model"]
    if named == "per_unit":
        return PerUnit(asked.number("unit_price"))
    if named == "package":
        policy = {"round_up": Rounding.UP, "round_down": Rounding.DOWN}
        remainder = asked.convention.choose("partial_package", policy, Rounding.UP)
        return Package(asked.number("package_size"), asked.number("package_price"), remainder)
    kinds: dict[str, Any] = {
        "volume": Volume,
        "stairstep": Stairstep,
        "graduated_percentage": GraduatedPercentage,
    }
    if named not in (*kinds, "graduated"):
        raise UnsupportedError(f"no price model {named}")
    at_zero = asked.convention.choose("zero_usage", AT_ZERO, default=False)
    if named == "graduated":
        return Graduated(tiers(asked), at_zero, flat_due(asked))
    asked.convention.accept(
        flat_fee=("charged once for every tier entered", "only of the tier reached")
    )
    return kinds[named](tiers(asked), at_zero)


def flat_due(asked: Asked) -> FlatDue:
    policies = {
        "charged once for every tier entered": FlatDue.ENTERED,
        "only of the tier reached": FlatDue.REACHED,
    }
    return asked.convention.choose("flat_fee", policies, FlatDue.ENTERED)


def tiers(asked: Asked) -> tuple[Tier, ...]:
    asked.convention.accept(
        tier_bounds=(
            "up_to inclusive",
            "up_to inclusive, fractional",
            "up_to inclusive; a fraction above a bound belongs to the next tier",
        ),
    )
    return tuple(_tier(one) for one in asked["tiers"])


def _tier(one: dict[str, Any]) -> Tier:
    flat = one["price"] if one.get("price") is not None else one.get("flat_fee") or "0"
    unit = one["percent"] if one.get("percent") is not None else one.get("unit_price") or "0"
    up_to = None if one["up_to"] is None else Decimal(one["up_to"])
    return Tier(up_to, Decimal(unit), Decimal(flat))
