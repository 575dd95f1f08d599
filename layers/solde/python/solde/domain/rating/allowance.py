"""What a period of usage is allowed: free units before tiers, in a part of it by policy fewer."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from solde.domain.catalog import Price
from solde.domain.money import Rounding, rounded_to
from solde.domain.periods import Period
from solde.domain.pricing import Part, Priced, PriceModel, price_part
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.graduated_percentage import GraduatedPercentage
from solde.domain.pricing.in_units import InUnits
from solde.domain.pricing.model import MoneyModel
from solde.domain.pricing.quantity import step
from solde.domain.pricing.stairstep import Stairstep
from solde.domain.pricing.tiers import DECIMALS, stretched
from solde.domain.pricing.volume import Volume

ZERO = Decimal(0)


def price_above(model: PriceModel, part: Part, free: Decimal) -> Priced:
    """
    Price what lies above the free units of a count; those used stay used (R7).

    The rows begin with the units that are free of this part.
    """
    after = part.after.less(free)
    before = part.before.less(free) if part.before else None
    total = part.total.less(free) if part.total else None
    priced = price_part(model, Part(after, before, total))
    used = part.after.total - after.total
    if part.before and before:
        used -= part.before.total - before.total
    return priced._replace(steps=(step(used, ZERO, "free"), *priced.steps)) if used else priced


def allowed(price: Price, counted: Period, period: Period) -> Price:
    """Return a price as it is for the days counted of a period (policy `prorate_allowance`)."""
    if not price.prorate_allowance or counted == period:
        return price
    share = counted.share_of(period)
    free = rounded_to(Fraction(price.free_units) * share, DECIMALS, Rounding.HALF_AWAY)
    return replace(price, model=_model(price.model, share), free_units=free)


def _model(model: PriceModel, share: Fraction) -> PriceModel:
    if isinstance(model, InUnits):
        return replace(model, model=_of_money(model.model, share))
    return _of_money(model, share)


def _of_money(model: MoneyModel, share: Fraction) -> MoneyModel:
    if isinstance(model, Graduated | Volume | Stairstep | GraduatedPercentage):
        return replace(model, tiers=stretched(model.tiers, share))
    return model
