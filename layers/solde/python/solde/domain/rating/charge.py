"""Charges: what should be billed (propose), what was (billed lines), what is new (charge)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from solde.domain.catalog import ChargeKind, Price, Product
from solde.domain.discounts import Grant, Order, Reduction
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step
from solde.domain.subscriptions import Covered, Item, Subscription
from solde.domain.tax import Exchange, Treatment


class ChargeKey(NamedTuple):
    """The rounding key (R3): the nets ever issued for it sum to the net of today's timeline."""

    item_id: str
    component: str
    kind: ChargeKind
    price_id: str
    price_version: int
    period: Period
    part: str = ""
    """Of a price that changes with time: which step of it; the first has no name."""


@dataclass(frozen=True, slots=True)
class LineCredit:
    """
    Goodwill, a manual credit or a write-down on a line of an issued document.

    `amount` is net and positive; it lies evenly on `days`, which are days of the line's `service`.
    """

    id: str
    key: ChargeKey
    invoice_id: str
    service: Period
    days: Period
    amount: Money
    reason: str = ""
    withdrawn: bool = False
    held: Fraction = Fraction(1)
    """The share of its days and units that the timeline had when it was given; above 0."""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise InvalidError(
                f"amount: expected more than 0, found {self.amount.minor}", pointer="/amount"
            )
        if self.days.common(self.service) != self.days:
            raise InvalidError(
                f"days: expected days from {self.service.start_on} to {self.service.last_on}, "
                f"found {self.days.start_on} to {self.days.last_on}",
                pointer="/start_on",
            )


class Alike:
    """
    What many customers have alike, as one value: what follows from it is found once and kept here.

    `of` is that value: whoever has another in its place has nothing alike any more.
    """

    __slots__ = ("kept", "of")

    def __init__(self, of: object) -> None:
        self.of = of
        self.kept: dict[str, Any] = {}


class Since(NamedTuple):
    """The count to date where days begin, with its events: of others, or of nobody (R7)."""

    quantity: Quantity
    events: int


class Stretch(NamedTuple):
    """
    Days of a billing period with one quantity (recurring) or one measurement (usage).

    A measurement is the count to date at the end of `service`, as tiers count (R7), and so is
    `events`, the number of events behind it; recurring charges have none. `since` is there where
    the stretch goes on neither from the one before nor from the begin of the count.
    """

    service: Period
    quantity: Quantity
    events: int = 0
    since: Since | None = None


def own_count(stretches: Sequence[Stretch]) -> tuple[Decimal, int]:
    """Return what was measured on the days of stretches counted to date, and its events."""
    units, events = stretches[-1].quantity.total, stretches[-1].events
    for before, stretch in zip((None, *stretches), stretches, strict=False):
        if stretch.since:
            units -= stretch.since.quantity.total
            events -= stretch.since.events
            if before:
                units, events = units + before.quantity.total, events + before.events
    return units, events


class Credited(NamedTuple):
    """
    The part of a line that is a credit by hand, or the end of one: in major units and minor ones.

    `id` is that of the adjustment; negative gives back.
    """

    id: str
    exact: Fraction
    net: int


class Counted(NamedTuple):
    """What a commitment follows from: its days, what is agreed for them, and all that counts."""

    agreed: tuple[Stretch, ...]
    floor: Money
    charges: "tuple[Charge, ...]"


class Above(NamedTuple):
    """What of a usage charge is above a cap: all that counts by then, the last `own` its own."""

    grant_id: str
    price: Price
    agreed: tuple[Stretch, ...]
    most: Money
    charges: "tuple[Charge, ...]"
    own: int


class Proposal(NamedTuple):
    """Everything one key should be billed for, as the timeline stands now."""

    key: ChargeKey
    subscription: Subscription
    item: Item
    price: Price
    product: Product
    due_on: date
    stretches: tuple[Stretch, ...]
    inputs: str
    """Digest of all that the amount depends on; equal digests need no second computation."""
    discounts: tuple[Grant, ...] = ()
    """What is taken off each line of the key, in the order of their granting."""
    allowances: tuple[Covered, ...] = ()
    """What is taken off the document that bills it."""
    order: Order = Order.PERCENT_FIRST
    """How its discounts come together: a policy of the seller."""
    total: Quantity | None = None
    """The count of the whole period, where the price goes by it and others count on."""
    credits: tuple[LineCredit, ...] = ()
    """What a person has credited on the key, withdrawn credits included (R5)."""
    measured: str = ""
    """Digest of what was measured of a meter: partials with their generations."""
    counted: Counted | None = None
    """Of a commitment: why its stretch is what is missing."""
    caps: tuple[Above, ...] = ()
    """Why something is taken off it that is above a cap."""
    alike: Alike | None = None
    """Of what recurs: its stretches, as all have them who have this price in this quantity."""


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an issued document, as far as later comparison needs it."""

    key: ChargeKey
    subscription_id: str
    service: Period
    units: Decimal
    exact: Fraction
    net: Money
    treatment: Treatment
    inputs: str
    invoice_id: str
    number: str
    issued_on: date
    count: int = 0
    reductions: tuple[Reduction, ...] = ()
    """The line discounts inside `net`."""
    shares: tuple[Reduction, ...] = ()
    """Its shares of the discounts of its document, which are not inside `net`."""
    due: str = ""
    """When its tax became chargeable, where its document says so."""
    inclusive: str = ""
    """How tax was taken out of `net`, where it is with tax."""
    exchange: Exchange | None = None
    """The rate that the tax of its document was converted at, where it was."""
    credited: tuple[Credited, ...] = ()
    """The credits by hand inside `exact` and `net`."""
    line: int = 0
    """Its number on the document."""

    @property
    def by_hand(self) -> bool:
        """Whether it follows from no price of the catalog: it stands for its own agreement."""
        return self.key.price_id == self.subscription_id


class Charge(NamedTuple):
    """
    A line for the next document: the difference that has not been billed.

    `units` is the change of quantity over the days of `service` (negative for a credit); `exact`
    is the change in major units before rounding, `net` the change after it and after the line
    discounts, which `reductions` are; `events` is how many more are behind it. `allowances` are
    the document discounts that are good for it, `shares` what they have taken off it. All are with
    tax where the price includes it.
    """

    key: ChargeKey
    subscription: Subscription
    item: Item
    price: Price
    product: Product
    service: Period
    units: Decimal
    exact: Fraction
    net: Money
    treatment: Treatment
    steps: tuple[Step, ...]
    events: int
    inputs: str
    corrects: BilledLine | None = None
    reductions: tuple[Reduction, ...] = ()
    allowances: tuple[Covered, ...] = ()
    shares: tuple[Reduction, ...] = ()

    @property
    def base(self) -> Money:
        """What is invoiced, and taxed: the net less the shares of the document's discounts."""
        if not self.shares:
            return self.net
        return self.net - sum((one.amount for one in self.shares[1:]), self.shares[0].amount)

    @property
    def listed(self) -> bool:
        """Whether the document lists what its discounts take off: a correction bears its own."""
        return self.corrects is None and self.net.minor > 0

    credited: tuple[Credited, ...] = ()
    cancels: bool = False
    """Whether the line that it corrects counts as never billed, and so does this one."""
    alike: Alike | None = None
    """Of what nothing was billed of before: its steps, as others have them."""

    @property
    def same(self) -> Alike | None:
        """What it has alike with others, unless something was put on it since."""
        alike = self.alike
        if alike is None or alike.of is not self.steps:
            return None
        return None if self.reductions or self.shares or self.credited else alike

    @property
    def gross(self) -> Money:
        """The net before the line discounts: the change of the rounded exact amount."""
        return sum((one.amount for one in self.reductions), self.net)
