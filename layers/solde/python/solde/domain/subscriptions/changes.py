"""What is agreed and what changes: items, and facts that take effect on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from solde.domain.catalog import Credit
from solde.domain.custom_fields import Values
from solde.domain.discounts import Grant
from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle
from solde.domain.subscriptions.references import References
from solde.domain.values import light


@light
@dataclass(frozen=True, slots=True)
class Item:
    """
    Something charged for: a component of the plan, an add-on, a device with its own start.

    `reference` is the caller's own name for a device, if he gave one.
    """

    id: str
    component: str
    price_id: str
    quantity: Decimal
    description: str = ""
    reference: str = ""
    fields: Values = ()
    """Custom fields of its lines, by name."""

    def __post_init__(self) -> None:
        _counted(self.quantity)


@dataclass(frozen=True, slots=True)
class QuantityChanged:
    effective_on: date
    sequence: int
    item_id: str
    quantity: Decimal

    def __post_init__(self) -> None:
        _counted(self.quantity)


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """The items of `ended` stop; `started` begin on the same day, and `cycle` counts, if any."""

    effective_on: date
    sequence: int
    plan_id: str
    ended: tuple[str, ...]
    started: tuple[Item, ...]
    cycle: Cycle | None = None


@dataclass(frozen=True, slots=True)
class CycleChanged:
    """Periods are counted by `cycle` from here on; the one that is cut is charged by its days."""

    effective_on: date
    sequence: int
    cycle: Cycle


@dataclass(frozen=True, slots=True)
class ItemsAdded:
    """Devices or add-ons switched on."""

    effective_on: date
    sequence: int
    started: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """
    `effective_on` is the first day without service.

    `due_to` is the end of a term up to which what recurs stays due, whatever the credit.
    """

    effective_on: date
    sequence: int
    credit: Credit = Credit.PRORATE
    due_to: date | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """No service, and no charge, from `effective_on` on until it is resumed."""

    effective_on: date
    sequence: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """`effective_on` is the first day with service again."""

    effective_on: date
    sequence: int


@dataclass(frozen=True, slots=True)
class TrialConverted:
    """The customer goes on after a trial that would have ended by itself."""

    effective_on: date
    sequence: int


@dataclass(frozen=True, slots=True)
class DiscountGranted:
    effective_on: date
    sequence: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class DiscountEnded:
    """Billing periods that begin on `effective_on` or later are not covered any more."""

    effective_on: date
    sequence: int
    grant_id: str


@dataclass(frozen=True, slots=True)
class PriceChosen:
    """The items of a price have a version of it from here on, which may be a day long billed."""

    effective_on: date
    sequence: int
    price_id: str
    version: int


@dataclass(frozen=True, slots=True)
class ReferencesChanged:
    """What is billed from `effective_on` on names these; None names nothing."""

    effective_on: date
    sequence: int
    references: References | None


@dataclass(frozen=True, slots=True)
class CollectionHeld:
    """What is billed from `effective_on` on waits to be collected, `until` a day; None: no more."""

    effective_on: date
    sequence: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """
    The change with the sequence `of` counts no more, as if it had never been made.

    `effective_on` is that of the change withdrawn: from there on the timeline may differ.
    """

    effective_on: date
    sequence: int
    of: int


Change = (
    QuantityChanged
    | PlanChanged
    | ItemsAdded
    | Cancelled
    | Paused
    | Resumed
    | TrialConverted
    | CycleChanged
    | DiscountGranted
    | DiscountEnded
    | PriceChosen
    | ReferencesChanged
    | CollectionHeld
    | Withdrawn
)


def standing(changes: Sequence[Change]) -> Sequence[Change]:
    """Return the changes that count: those not withdrawn, less the withdrawals themselves."""
    gone = {one.of for one in changes if isinstance(one, Withdrawn)}
    if not gone:
        return changes
    return [one for one in changes if not isinstance(one, Withdrawn) and one.sequence not in gone]


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Return the changes that count by effective day, then by sequence (R4)."""
    return sorted(standing(changes), key=lambda one: (one.effective_on, one.sequence))


def _counted(quantity: Decimal) -> None:
    if not quantity.is_finite() or quantity < 0:
        raise InvalidError(f"quantity: expected 0 or more, found {quantity}")
