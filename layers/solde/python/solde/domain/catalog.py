"""What is sold: products, meters, prices and plans. Versions never change once made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NoReturn

from solde.domain.errors import InvalidError, NotFoundError
from solde.domain.money import Rounding
from solde.domain.periods import Unit
from solde.domain.pricing import PriceModel
from solde.domain.pricing.in_currency import InCurrency, checked_currencies
from solde.domain.pricing.ramp import RampStep, checked_ramp
from solde.domain.pricing.unit import PricingUnit
from solde.domain.proration import Proration


class ChargeKind(Enum):
    """
    When a charge is due: at once, at the start of its period, at its end, or by usage.

    COMMITMENT charges what a period misses of its least, CAP takes off usage what is above its
    most.
    """

    ONE_TIME = "one_time"
    ADVANCE = "advance"
    ARREARS = "arrears"
    USAGE = "usage"
    COMMITMENT = "commitment"
    CAP = "cap"

    __hash__ = object.__hash__  # a rounding key has one: that of `Enum` is a call by the name


LIMITS = (ChargeKind.COMMITMENT, ChargeKind.CAP)
"""The least and the most that is spent in a period: what they charge follows from other charges."""


class Applies(Enum):
    """
    Who takes a version of a price over, besides the items that begin on its first day or later.

    NEW: nobody. RENEWAL: an item of before with the first billing period that starts on that day
    or later. EXISTING: an item of before on that day; a recurring one with its next period, unless
    the version says `mid_period`, and usage by the time of its events (R4).
    """

    NEW = "new"
    RENEWAL = "renewal"
    EXISTING = "existing"


class Aggregation(Enum):
    SUM = "sum"
    COUNT = "count"
    MAX = "max"
    UNIQUE = "unique"
    LATEST = "latest"
    TIME_WEIGHTED = "time_weighted"


class Credit(Enum):
    """What a cancellation gives back of the period it falls into."""

    NONE = "none"
    """Nothing: what is paid in advance is due for the whole period."""
    PRORATE = "prorate"
    """The days that are not served."""
    FULL = "full"
    """All of it: no recurring charge of that period stands."""


@dataclass(frozen=True, slots=True)
class Product:
    """`tax_class` is looked up in the entity's tax regime; `revenue_account` in its chart."""

    id: str
    name: str
    tax_class: str
    revenue_account: str
    unit: str = "C62"
    """UN/ECE Recommendation 20 code of what is counted; C62 is a piece."""
    nature: str = "services"
    """`services` or `goods`: when its tax becomes chargeable."""

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Meter:
    """
    How events become a quantity.

    `value` names the property that is added up or compared (none for COUNT); `filters` are the
    property values that an event must have, `excludes` those that it must not; `dimensions` are
    the properties told apart. The quantity of a period is rounded to `decimals` by `rounding`.
    `prorated` weighs each event of a SUM by the days that are left of the period, its own day
    included, and what came before the period counts whole: devices that are added and stay.
    `fields` are properties of which every event keeps its decimals, in order of time, for prices
    of single events; a SUM adds up the first of them.
    """

    code: str
    event_type: str
    aggregation: Aggregation
    value: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    dimensions: tuple[str, ...] = ()
    decimals: int = 4
    signed: bool = False
    excludes: tuple[tuple[str, str], ...] = ()
    rounding: Rounding = Rounding.HALF_AWAY
    prorated: bool = False
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.value and self.aggregation is not Aggregation.COUNT:
            raise InvalidError(
                f"value: expected the property that makes the {self.aggregation.value}, found none",
                pointer="/value",
            )
        if self.prorated and self.aggregation is not Aggregation.SUM:
            raise InvalidError(
                f"prorated: expected on a sum only, found on {self.aggregation.value}",
                pointer="/prorated",
            )
        if self.fields and (flaw := self._unkept()):
            raise InvalidError(f"fields: expected {flaw}", pointer="/fields")

    def _unkept(self) -> str:
        """Return what single events could not be kept for, or nothing."""
        if self.aggregation not in (Aggregation.SUM, Aggregation.COUNT):
            return f"them on a sum or a count only, found on {self.aggregation.value}"
        if self.aggregation is Aggregation.SUM and self.fields[0] != self.value:
            return f"the value {self.value!r} first, found {self.fields[0]!r}"
        if self.dimensions or self.prorated:
            return "neither dimensions nor prorated beside them"
        return "" if len(set(self.fields)) == len(self.fields) else "each name once"

    @property
    def carries(self) -> bool:
        """Whether what happened before a period counts in it."""
        return self.prorated or self.aggregation is Aggregation.TIME_WEIGHTED

    @property
    def logs(self) -> bool:
        """Whether each event is kept while it is rated, and not only what they come to."""
        kept = (Aggregation.LATEST, Aggregation.TIME_WEIGHTED)
        return bool(self.fields) or self.aggregation in kept


@dataclass(frozen=True, slots=True)
class Price:
    """A version of a price: `unit_amount`s are per full billing period for recurring kinds."""

    id: str
    version: int
    product_id: str
    currency: str
    kind: ChargeKind
    model: PriceModel
    meter: str = ""
    proration: Proration = Proration.DAY
    """What a part of a period costs (recurring kinds only)."""
    tax_included: bool = False
    """Whether the amounts are with tax: then everything up to the discounts is, too."""
    free_units: Decimal = Decimal(0)
    """What costs nothing of a period's usage, before its tiers."""
    prorate_allowance: bool = False
    """Whether free units and bounds of tiers shrink with the days that are counted of a period."""
    from_on: date = date.min
    """The first day on which an item that begins has this version."""
    applies: Applies = Applies.NEW
    """Which items of before take this version over."""
    mid_period: bool = False
    """Whether items of before take it over on its day, inside a period (recurring kinds only)."""
    eligible: tuple[str, ...] = ()
    """Of a limit: the products whose charges count; none means all."""
    across: bool = False
    """Of a commitment: whether all subscriptions of the customer count, in its currency."""
    ramp: tuple[RampStep, ...] = ()
    """What it says later in the place of `model`, in the order of time."""

    priced_in: str = ""
    """The unit that its amounts are in, where that is not money."""
    by_tier: bool = False
    """Whether each tier is a charge of its own, with its rounding (R10)."""
    others: tuple[InCurrency, ...] = ()
    """What it says in other currencies."""

    def __post_init__(self) -> None:
        if self.ramp:
            checked_ramp(self.ramp)
        if self.others:
            checked_currencies(InCurrency(self.currency, self.model, self.ramp), self.others)

    def __hash__(self) -> int:
        """Go by the name: to hash all that a version says takes as long as to price by it."""
        return hash(self.id)

    @property
    def currencies(self) -> tuple[str, ...]:
        return (self.currency, *(one.currency for one in self.others))

    def of(self, currency: str) -> "Price":
        """
        Return what it says in a currency; a price of one currency is as it is.

        Raises:
            InvalidError: it says nothing in that currency.

        """
        if not self.others or currency == self.currency:
            return self
        for one in self.others:
            if one.currency == currency:
                return replace(self, currency=currency, model=one.model, ramp=one.ramp, others=())
        raise InvalidError(
            f"price {self.id}: expected one of {sorted(self.currencies)}, found {currency}"
        )


def in_common(prices: Iterable[Price]) -> list[str]:
    """Return the currencies that every price has, in the order of the first."""
    first, *rest = prices
    return [one for one in first.currencies if all(one in each.currencies for each in rest)]


@dataclass(frozen=True, slots=True)
class Component:
    """A charge of a plan, under a code that stays when plans change."""

    code: str
    price_id: str
    description: str
    default_quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    version: int
    name: str
    unit: Unit
    count: int
    components: tuple[Component, ...]
    above: tuple[str, ...] = ()
    """Plans that this one is more than: to come from one of them is an upgrade."""
    below: tuple[str, ...] = ()
    """Plans that this one is less than: to come from one of them is a downgrade."""
    credit: Credit = Credit.PRORATE
    """What a cancellation gives back, where it does not say so itself."""

    def __post_init__(self) -> None:
        both = sorted({*self.above} & {*self.below} | {self.id} & {*self.above, *self.below})
        if both:
            raise InvalidError(
                f"above: expected other plans, each above or below, found {both}", pointer="/above"
            )


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything a run prices with, pinned by its digest."""

    products: Mapping[str, Product]
    meters: Mapping[str, Meter]
    prices: Mapping[str, Price]
    plans: Mapping[str, Plan]
    versions: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)
    """All versions, in order, of the prices that have several; `prices` holds the latest."""
    units: Mapping[str, PricingUnit] = field(default_factory=dict)

    def price(self, price_id: str, version: int = 0) -> Price:
        """Return a version of a price, or its latest."""
        latest = self.prices.get(price_id) or _missing("price", price_id)
        if version and price_id in self.versions:
            return next(one for one in self.versions[price_id] if one.version == version)
        return latest

    def product(self, product_id: str) -> Product:
        return self.products.get(product_id) or _missing("product", product_id)

    def meter(self, code: str) -> Meter:
        return self.meters.get(code) or _missing("meter", code)

    def unit(self, code: str) -> PricingUnit:
        return self.units.get(code) or _missing("pricing unit", code)

    def plan(self, plan_id: str) -> Plan:
        return self.plans.get(plan_id) or _missing("plan", plan_id)


def _missing(kind: str, identity: str) -> NoReturn:
    raise NotFoundError(f"{kind}: expected one of the catalog, found {identity!r}")
