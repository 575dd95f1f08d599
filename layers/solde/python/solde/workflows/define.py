"""Define prices and plans: what they name must exist, and must fit."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from solde.domain.catalog import (
    LIMITS,
    Catalog,
    ChargeKind,
    Meter,
    Plan,
    Price,
    Product,
    in_common,
)
from solde.domain.errors import InvalidError, within
from solde.domain.pricing.blocks import Blocks
from solde.domain.pricing.capacity import Capacity
from solde.domain.pricing.carried import Carried
from solde.domain.pricing.formula import Formula
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Matrix
from solde.domain.pricing.model import QuantityModel
from solde.domain.pricing.per_group import PerGroup
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.tiers import FlatDue
from solde.domain.pricing.unit import PricingUnit
from solde.domain.proration import Proration
from solde.ports.records import Record

PARTS = (ChargeKind.ADVANCE, ChargeKind.ARREARS)
"""The kinds of which a part of a period is charged a part."""

Thing = Product | Meter | Price | Plan | PricingUnit


class Definitions(Protocol):
    def put(self, thing: Thing, record: Record | None) -> None: ...

    def get(self, kind: str, identity: str) -> Thing: ...

    def price(self, price_id: str) -> Price: ...

    def catalog(self, price_ids: Sequence[str]) -> Catalog: ...


def define_price(price: Price, definitions: Definitions, record: Record | None = None) -> None:
    """
    Store a price.

    Raises:
        NotFoundError: product or meter is not in the catalog.
        InvalidError: usage without a meter, a meter without usage, dimensions it has not, or a
            policy of proration for what is never prorated.

    """
    _named(definitions, "product", price.product_id, "/product")
    fitting(price, definitions)
    definitions.put(price, record)


def fitting(price: Price, definitions: Definitions) -> None:
    """
    Prove that kind, meter, model and policy of a price go together.

    Raises:
        NotFoundError: the meter is not in the catalog.
        InvalidError: they do not.

    """
    if (price.kind is ChargeKind.USAGE) != bool(price.meter):
        raise InvalidError(
            f"meter: expected one for usage and for nothing else, found {price.meter!r}",
            pointer="/meter",
        )
    if price.proration is not Proration.DAY and price.kind not in PARTS:
        raise InvalidError(
            f"proration: expected day for a price that has no parts, found {price.proration.value}",
            pointer="/proration",
        )
    if price.priced_in:
        _in_units(price, definitions)
    _allowing(price)
    _limits(price, definitions)
    _modelled(price, definitions)
    _ramped(price, definitions)
    for place, other in enumerate(price.others):
        said = replace(price.of(other.currency), eligible=())
        _under(f"/currencies/{place}", said, definitions)


def _in_units(price: Price, definitions: Definitions) -> None:
    """
    Prove that the unit of a price is worth something in each of its currencies.

    Raises:
        NotFoundError: the unit is not in the catalog.
        InvalidError: it has no value in a currency.

    """
    unit = _named(definitions, "pricing_unit", price.priced_in, "/priced_in")
    if isinstance(unit, PricingUnit) and {*price.currencies} - {*unit.currencies}:
        raise InvalidError(
            f"priced_in: expected a unit with a value in {sorted(price.currencies)}, "
            f"found {unit.code} with values in {unit.currencies}",
            pointer="/priced_in",
        )


def _in_tiers(price: Price) -> None:
    """
    Prove that a price whose tiers are charges has tiers, each of which costs by itself.

    Raises:
        InvalidError: it is not graduated, only the tier that is reached costs its flat amount, or
            it is no charge but a limit.

    """
    entered = isinstance(price.model, Graduated) and price.model.flat_due is FlatDue.ENTERED
    if not entered or price.kind in LIMITS:
        raise InvalidError(
            "tiers: expected lines of a graduated price whose flat amounts are due when entered, "
            f"found {type(price.model).__name__.lower()} of {price.kind.value}",
            pointer="/tiers",
        )


def _ramped(price: Price, definitions: Definitions) -> None:
    """
    Prove that what recurs has the steps of a ramp, and that the model of each fits too.

    Raises:
        InvalidError: a ramp of what is charged once, a step inside a period of what is not
            recurring, or a model of another kind than the first.

    """
    if price.ramp and price.kind is ChargeKind.ONE_TIME:
        raise InvalidError(
            "ramp: expected on what recurs, found it on what is charged once", pointer="/ramp"
        )
    for place, one in enumerate(price.ramp):
        if one.mid_period and not (price.kind in PARTS and price.proration.by_days):
            raise InvalidError(
                "mid_period: expected on a recurring price only whose parts cost their days, found "
                f"it on {price.kind.value} by {price.proration.value}",
                pointer=f"/ramp/{place}/mid_period",
            )
        _under(f"/ramp/{place}", replace(price, model=one.model, ramp=(), others=()), definitions)


def _under(place: str, price: Price, definitions: Definitions) -> None:
    """Prove that the model of a part of a price fits, or say where that part stands."""
    try:
        _allowing(price)
        _modelled(price, definitions)
        _ramped(price, definitions)
    except InvalidError as unfit:
        raise InvalidError(str(unfit), pointer=f"{place}{unfit.pointer}") from unfit


def _modelled(price: Price, definitions: Definitions) -> None:
    """Prove that the model of a price fits what it is asked: a meter's count, or a quantity."""
    if price.by_tier:
        _in_tiers(price)
    if price.meter:
        _fits(price, _named(definitions, "meter", price.meter, "/meter"))
    elif not isinstance(price.model, QuantityModel):
        raise InvalidError(
            "model: expected one that needs a quantity only, as the price has no meter, "
            f"found {type(price.model).__name__.lower()}",
            pointer="/model",
        )


def _allowing(price: Price) -> None:
    """Prove that free units and shrinking bounds are of what is counted as one quantity."""
    counted = price.kind is ChargeKind.USAGE
    if price.free_units and not (counted and isinstance(price.model, QuantityModel)):
        raise InvalidError(
            "free_units: expected on usage that is priced by its quantity, found "
            f"{price.free_units} on {price.kind.value}",
            pointer="/free_units",
        )
    if price.prorate_allowance and not counted:
        raise InvalidError(
            f"prorate_allowance: expected on usage only, found it on {price.kind.value}",
            pointer="/prorate_allowance",
        )


def _limits(price: Price, definitions: Definitions) -> None:
    """
    Prove that only a limit says what counts against it, and that it names products there are.

    Raises:
        InvalidError: it does not.

    """
    if price.eligible and price.kind not in LIMITS:
        raise InvalidError(
            f"eligible: expected with a commitment or a cap only, found with {price.kind.value}",
            pointer="/eligible",
        )
    if price.across and price.kind is not ChargeKind.COMMITMENT:
        raise InvalidError(
            f"across: expected with a commitment only, found with {price.kind.value}",
            pointer="/across",
        )
    for code in price.eligible:
        _named(definitions, "product", code, "/eligible")


def define_plan(plan: Plan, definitions: Definitions, record: Record | None = None) -> None:
    """
    Store a plan.

    Raises:
        NotFoundError: a price, or a plan that it is above or below, is not in the catalog.
        InvalidError: a component code twice, or prices without a currency in common.

    """
    codes = [one.code for one in plan.components]
    if len(set(codes)) != len(codes):
        raise InvalidError(
            f"components: expected each code once, found {codes}", pointer="/components"
        )
    for place, one in enumerate(plan.components):
        _named(definitions, "price", one.price_id, f"/components/{place}/price")
    prices = definitions.catalog([one.price_id for one in plan.components]).prices
    if not in_common(prices.values()):
        currencies = sorted({one for price in prices.values() for one in price.currencies})
        raise InvalidError(
            f"components: expected prices that share one currency, found {currencies}",
            pointer="/components",
        )
    for field, others in (("above", plan.above), ("below", plan.below)):
        for place, other in enumerate(others):
            _named(definitions, "plan", other, f"/{field}/{place}")
    definitions.put(plan, record)


def _named(definitions: Definitions, kind: str, code: str, pointer: str) -> Thing:
    """
    Return what a definition names, or say which of its fields names nothing.

    Raises:
        NotFoundError: it is not in the catalog.

    """
    with within(pointer):
        return definitions.get(kind, code)


def _fits(price: Price, meter: Thing) -> None:
    """
    Prove that a meter tells what its price asks for.

    Raises:
        InvalidError: other dimensions, or other fields of single events than the meter keeps.

    """
    if not isinstance(meter, Meter):
        return
    match price.model:
        case Matrix(dimensions=wanted) | PerGroup(dimensions=wanted):
            _dimensions(meter, wanted == meter.dimensions, list(wanted))
        case Blocks() | Capacity():
            _dimensions(meter, len(meter.dimensions) == 1, "one, which names the unit")
        case Percentage(by_event=True) | Formula(fields=(_, *_)) | Carried():
            _singles(price.model, meter)


def _singles(model: Percentage | Formula | Carried, meter: Meter) -> None:
    """Prove that a meter keeps of each event what its price is about."""
    name = type(model).__name__.lower()
    match model:
        case Formula():
            fits, wanted = model.fields == meter.fields, f"the fields {list(model.fields)}"
        case Percentage():
            fits, wanted = meter.fields[:1] == (meter.value,), "its value as the first field"
        case Carried():
            fits, wanted = len(meter.fields) > 1, "a second field, the amount"
    if not fits:
        kept = f"the fields {list(meter.fields)}" if meter.fields else "no single events"
        raise InvalidError(
            f"model: expected a meter that keeps {wanted} of each event for {name}, "
            f"found one that keeps {kept}",
            pointer="/model",
        )


def _dimensions(meter: Meter, fits: bool, wanted: object) -> None:  # noqa: FBT001 - the outcome
    if not fits:
        raise InvalidError(
            f"dimensions: expected those of the meter {list(meter.dimensions)}, found {wanted}",
            pointer="/model/dimensions",
        )
