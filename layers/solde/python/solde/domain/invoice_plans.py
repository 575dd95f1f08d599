"""Invoice plans: one order billed in parts, each on a day or when its event is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from solde.domain.catalog import Product
from solde.domain.errors import InvalidError
from solde.domain.identity import derived_id
from solde.domain.money import Leftover, Money, split_evenly
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.rating import ExtraLine

ONE_DAY = timedelta(days=1)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE = Decimal(100)
PERCENT_SCALE = 10**12
"""Percents have at most twelve decimals, and weights are whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an order: its percent or its minor units; without a day it waits for an event."""

    name: str
    due_on: date | None = None
    percent: Decimal | None = None
    minor: int | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """What one part comes to, in minor units."""

    name: str
    minor: int
    due_on: date | None


def milestones(total: Money, parts: Sequence[Part]) -> tuple[Milestone, ...]:
    """
    Return the parts of an order, which sum to its price: percents by largest remainder (R2).

    Raises:
        InvalidError: parts are named by percent and amount, or do not sum to the whole.

    """
    percents = [one.percent for one in parts if one.percent is not None]
    amounts = [one.minor for one in parts if one.minor is not None]
    if (percents and amounts) or len(percents) + len(amounts) != len(parts):
        raise InvalidError(
            "milestones: expected a percent of each or an amount of each, found "
            f"{len(percents)} percents and {len(amounts)} amounts",
            pointer="/milestones",
        )
    if percents:
        _must_sum(sum(percents), WHOLE, "percents")
        amounts = [
            one.minor for one in total.split([int(each * PERCENT_SCALE) for each in percents])
        ]
    else:
        _must_sum(Decimal(sum(amounts)), Decimal(total.minor), "amounts in minor units")
    for place, minor in enumerate(amounts):
        if minor <= 0:
            raise InvalidError(
                f"milestone: expected more than 0, found {minor}", pointer=f"/milestones/{place}"
            )
    return tuple(
        Milestone(one.name, minor, one.due_on) for one, minor in zip(parts, amounts, strict=True)
    )


def equal_parts(
    total: Money, first_on: date, *, count: int, unit: Unit, leftover: Leftover
) -> tuple[Milestone, ...]:
    """
    Return equal parts, one every week, month or year from a day on, named 1/12 to 12/12.

    Raises:
        InvalidError: some part would come to nothing.

    """
    cycle = Cycle(unit, 1, first_on)
    parts = split_evenly(total, count, leftover)
    if any(one.minor <= 0 for one in parts):
        raise InvalidError(
            f"count: expected at most {total.minor} parts, found {count}", pointer="/equal/count"
        )
    return tuple(
        Milestone(f"{number + 1}/{count}", one.minor, cycle.start(number))
        for number, one in enumerate(parts)
    )


def _must_sum(found: Decimal | int, expected: Decimal, of: str) -> None:
    if found != expected:
        raise InvalidError(
            f"milestones: expected {of} that sum to {expected}, found {found}, "
            f"a difference of {found - expected}",
            pointer="/milestones",
        )


@dataclass(frozen=True, slots=True)
class Advance:
    """A deposit that waits for its event: a percent of the order with tax, or minor units."""

    percent: Decimal | None = None
    minor: int | None = None


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """An order of a customer; it never changes. A milestone that is due is a line by hand (R5)."""

    id: str
    customer_id: str
    entity: str
    product: Product
    currency: str
    description: str
    milestones: tuple[Milestone, ...]
    purchase_order: str = ""
    """The buyer's name of the order: what he has paid in advance on it is deducted."""
    advance: Advance | None = None

    @property
    def total(self) -> Money:
        return Money(sum(one.minor for one in self.milestones), self.currency)

    def line_id(self, place: int) -> str:
        """Name the line of a milestone (the first is 1): the same however often it is told."""
        return derived_id("adj", self.id, str(place), at=ALWAYS)

    def line(self, place: int, due_on: date) -> ExtraLine:
        """Return the line of a milestone that is due on a day."""
        one = self.milestones[place - 1]
        return ExtraLine(
            id=self.line_id(place),
            customer_id=self.customer_id,
            entity=self.entity,
            product=self.product,
            currency=self.currency,
            quantity=Decimal(1),
            unit_amount=Money(one.minor, self.currency).major,
            description=f"{self.description} - {one.name}",
            service=Period(due_on, due_on + ONE_DAY),
            due_on=due_on,
            purchase_order=self.purchase_order,
        )

    def whole(self, on: date) -> ExtraLine:
        """Return the order as one line of a day, of which a part may be asked for in advance."""
        return ExtraLine(
            id=self.id,
            customer_id=self.customer_id,
            entity=self.entity,
            product=self.product,
            currency=self.currency,
            quantity=Decimal(1),
            unit_amount=self.total.major,
            description=self.description,
            service=Period(on, on + ONE_DAY),
            due_on=on,
            purchase_order=self.purchase_order,
        )

    def dated(self) -> tuple[ExtraLine, ...]:
        """Return the lines of the milestones that have their day."""
        return tuple(
            self.line(place, one.due_on)
            for place, one in enumerate(self.milestones, 1)
            if one.due_on
        )
