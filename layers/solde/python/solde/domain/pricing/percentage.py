"""A share of each transaction, with a fixed part, a free allowance, a floor and a ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from solde.domain.errors import InvalidError
from solde.domain.pricing.quantity import Priced, Quantity, Step, negated, priced, step

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Percentage:
    """
    `percent` of each event's amount plus `fixed_amount` for each event.

    The first `free_events` and the first `free_amount` cost nothing; where both are given, the
    one that is used up first ends the allowance. An event that is free in part pays for the rest
    of its amount, and its fixed part. `minimum` and `maximum` bound what one event costs that is
    not wholly free.
    """

    percent: Decimal
    fixed_amount: Decimal = ZERO
    free_events: int | None = None
    free_amount: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def __post_init__(self) -> None:
        if not ZERO <= self.percent <= HUNDRED:
            raise InvalidError(
                f"percent: expected 0 to 100, found {self.percent}", pointer="/percent"
            )
        for name in ("fixed_amount", "free_events", "free_amount", "minimum", "maximum"):
            if (found := getattr(self, name)) is not None and found < 0:
                raise InvalidError(f"{name}: expected >= 0, found {found}", pointer=f"/{name}")
        if self.maximum is not None and self.maximum < (self.minimum or ZERO):
            raise InvalidError(
                f"maximum: expected at least {self.minimum}, found {self.maximum}",
                pointer="/maximum",
            )

    @property
    def by_event(self) -> bool:
        """Whether single events matter, or their sum and number are enough."""
        return any(
            one is not None
            for one in (self.free_events, self.free_amount, self.minimum, self.maximum)
        )


def price_percentage(price: Percentage, quantity: Quantity) -> Priced:
    if quantity.total < 0:
        return negated(lambda above: price_percentage(price, above), quantity)
    if not price.by_event:
        return priced(*_steps(price, quantity.total, quantity.count))
    amount, events, bounded = ZERO, 0, ZERO
    for charged in _charged(price, quantity):
        amount += charged
        events += 1
        bounded += _bounded(price, charged)
    return priced(*_steps(price, amount, events, bounded))


def _charged(price: Percentage, quantity: Quantity) -> Iterator[Decimal]:
    """Yield the amount of each event that is not wholly free, less its free part."""
    used, limits = ZERO, (price.free_events, price.free_amount)
    open_ = limits != (None, None)
    for number, (amount, *_) in enumerate(quantity.values):
        left = amount if price.free_amount is None else price.free_amount - used
        if price.free_events is not None and number >= price.free_events:
            open_ = False
        free = min(max(left, ZERO), amount) if open_ else ZERO
        used += free
        if free < amount or not open_:
            open_ = False
            yield amount - free


def _bounded(price: Percentage, amount: Decimal) -> Decimal:
    """Return by how much floor and ceiling move the cost of one event."""
    cost = amount * price.percent.scaleb(-2) + price.fixed_amount
    held = cost if price.minimum is None else max(cost, price.minimum)
    held = held if price.maximum is None else min(held, price.maximum)
    return held - cost


def _steps(
    price: Percentage, amount: Decimal, events: int, bounded: Decimal = ZERO
) -> Iterator[Step]:
    yield step(amount, price.percent.scaleb(-2), label="percent")
    if price.fixed_amount:
        yield step(Decimal(events), price.fixed_amount, label="fixed")
    if bounded:
        yield step(ONE, bounded, label="bounds")
