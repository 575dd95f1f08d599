"""What a history of the slow model is made of: plain data, and nothing of Solde."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.slow_model.cycles import Cycle

Key = tuple[str, str, date]
"""Item, price, first day of the billing period."""


@dataclass(frozen=True)
class Step:
    """Of a ramp: what a price costs after so many months of an item, or from a day on."""

    numbers: tuple
    after_months: int = 0
    from_on: date | None = None
    mid_period: bool = False


@dataclass(frozen=True)
class Price:
    """
    `kind` is advance, arrears, usage, commitment or cap; `model` one of those below, in texts.

    flat: (amount); per_unit: (amount); package: (size, amount); graduated and volume: rows of
    (up_to or "", unit amount, flat amount). `share` is what a part of a period costs: day,
    30/360, 30/360 strict, actual/30, half_month, full_period, none. `unit` says that amounts are
    in a unit of its own, whose worth the history tells.
    """

    name: str
    kind: str
    model: str
    numbers: tuple
    tax_class: str = "standard"
    meter: str = ""
    share: str = "day"
    ramp: tuple[Step, ...] = ()
    unit: str = ""
    eligible: tuple[str, ...] = ()
    """Of a commitment or cap: which classes of tax count (none: all)."""
    across: bool = False
    """Of a commitment: whether what the other subscription charges counts, too."""
    free: str = "0"
    """Units of usage that cost nothing, before tiers."""
    shrinks: bool = False
    """Whether these, and the bounds of tiers, are fewer where fewer days are counted."""


@dataclass(frozen=True)
class Version:
    """A price says something else: to whom begins from a day on, and to whom `applies` says."""

    price: Price
    on: date
    applies: str
    mid_period: bool
    numbers: tuple


@dataclass(frozen=True)
class Coupon:
    """
    So many per cent, or minor units, off each line of billing periods that begin on a day or later.

    `periods` is how many (0: all), `classes` of which tax (none: all).
    `level` document takes it off the document, once. `least` is the quantity that a charge must
    have, `together` are the products, by class, that the customer must have.
    """

    name: str
    on: date
    percent: int = 0
    amount: int = 0
    rank: int = 0
    periods: int = 0
    classes: tuple[str, ...] = ()
    level: str = "line"
    least: str = "0"
    together: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return self.least != "0" or bool(self.together)


@dataclass(frozen=True)
class Told:
    """
    Something said about a subscription, in the order in which it was said.

    `what`: quantity (item, quantity) · swap (item, new item, its price, quantity) ·
    add (item, price, quantity) · pause · resume · cancel · grant (coupon) · end (coupon).
    Of a contract, cancel ends it with the first term that can be ended; leave on the day itself,
    so many days `ahead` of it. `whose` is "s", or "t" of the end of the other one.
    """

    what: str
    on: date
    item: str = ""
    quantity: int = 0
    new: str = ""
    price: str = ""
    coupon: Coupon | None = None
    ahead: int = 0
    whose: str = "s"
    due_to: date | None = None
    """Of an end before the term's: the day to which what recurs stays due."""


@dataclass(frozen=True)
class Terms:
    """
    Terms of so many units; another follows unless `renews` says no, or its end is told in time.

    `early` is what becomes of an end before: refused, allowed, or remainder, which stays due.
    """

    unit: str
    count: int
    renews: bool
    notice_days: int
    early: str


@dataclass(frozen=True)
class Used:
    on: date
    meter: str
    amount: str
    second: int = 0
    """Of the day, from its beginning."""


@dataclass(frozen=True)
class Bill:
    on: date


@dataclass(frozen=True)
class History:
    """
    `items` are agreed at the start: (item, price, quantity); `acts` come one after the other.

    `worth` is what a unit of prices is worth from which day on; `order` how coupons come together;
    `inclusive` how tax is taken out of prices that are with it ("": they are without).
    """

    start: date
    anchor: date
    unit: str
    count: int
    trial_days: int
    prices: dict[str, Price]
    items: tuple[tuple[str, str, int], ...]
    acts: tuple
    seller: str = "FR"
    currency: str = "EUR"
    worth: tuple[tuple[date, str], ...] = ()
    order: str = "percent_first_compounding"
    inclusive: str = ""
    other: "History | None" = None
    """Another subscription of the customer, which never changes; it may end."""
    contract: Terms | None = None
    metered: str = "sum"
    """What its meter makes of events: sum, count, max, unique, latest or time_weighted."""

    @property
    def cycle(self) -> Cycle:
        return Cycle(self.unit, self.count, self.anchor)


@dataclass(frozen=True)
class Edition:
    """What a price says to an item for some days: its amounts, in money, and a name."""

    name: tuple
    model: str
    numbers: tuple
    worth: Fraction = field(default=Fraction(1))
