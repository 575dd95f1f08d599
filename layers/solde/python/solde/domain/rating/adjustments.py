"""Adjustments: what a person gives back or charges by hand, each a fact of the timeline (R5)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from solde.domain.catalog import ChargeKind, Price, Product
from solde.domain.custom_fields import Values
from solde.domain.errors import InvalidError
from solde.domain.money import minor_of
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import Quantity
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.rating.charge import ChargeKey, LineCredit, Proposal, Stretch
from solde.domain.rating.terms import Window
from solde.domain.subscriptions import Item, Subscription
from solde.domain.subscriptions.references import References

BY_HAND = "extra"
"""The component of a line that follows from no price of the catalog."""


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """
    A charge by hand: it brings its product along as it was on the day of its entry.

    `invoiced`: it was issued on a document of its own, so that no run bills it, and every run
    that opens its days again finds it billed. What was paid in advance on the buyer's order that
    it names is deducted where it is billed.
    """

    id: str
    customer_id: str
    entity: str
    product: Product
    currency: str
    quantity: Decimal
    unit_amount: Decimal
    description: str
    service: Period
    due_on: date
    invoiced: bool = False
    withdrawn: bool = False
    purchase_order: str = ""
    fields: Values = ()

    def __post_init__(self) -> None:
        for name, value in (("quantity", self.quantity), ("unit_amount", self.unit_amount)):
            if not value.is_finite() or value <= 0:
                raise InvalidError(
                    f"{name}: expected more than 0, found {value} (to give back, credit a line)",
                    pointer=f"/{name}",
                )
        over, below = (self.quantity * self.unit_amount).as_integer_ratio()
        if not minor_of(over, below, self.currency):
            raise InvalidError(
                f"unit_amount: expected an amount in {self.currency}, found "
                f"{self.quantity} × {self.unit_amount}, which rounds to 0",
                pointer="/unit_amount",
            )

    @property
    def key(self) -> ChargeKey:
        return ChargeKey(self.id, BY_HAND, ChargeKind.ONE_TIME, self.id, 1, self.service)

    def taken_by(self, window: Window) -> bool:
        if self.invoiced:
            return window.reopens(self.service)
        return window.takes(self.due_on, self.service)

    def proposal(self) -> Proposal:
        """Propose the line; one that is withdrawn proposes nothing for its key."""
        item = Item(self.id, BY_HAND, self.id, self.quantity, self.description, fields=self.fields)
        wanted = () if self.withdrawn else (Stretch(self.service, Quantity(self.quantity)),)
        model = PerUnit(self.unit_amount)
        return Proposal(
            key=self.key,
            subscription=self._agreed(item),
            item=item,
            price=Price(self.id, 1, self.product.id, self.currency, ChargeKind.ONE_TIME, model),
            product=self.product,
            due_on=self.due_on,
            stretches=wanted,
            inputs=_digest(self.id, str(self.withdrawn)),
        )

    def _agreed(self, item: Item) -> Subscription:
        """Return what stands where a subscription would: an agreement about this line only."""
        return Subscription(
            id=self.id,
            external_id="",
            customer_id=self.customer_id,
            subscriber_id=self.customer_id,
            entity=self.entity,
            plan_id="",
            currency=self.currency,
            start_on=self.service.start_on,
            cycle=Cycle(Unit.DAY, 1, self.service.start_on),
            items=(item,),
            references=References(self.purchase_order) if self.purchase_order else None,
        )


Adjustment = LineCredit | ExtraLine


def extras(adjustments: Iterable[Adjustment], window: Window) -> list[Proposal]:
    """Propose the lines by hand that fall into a window."""
    return [
        one.proposal() for one in adjustments if isinstance(one, ExtraLine) and one.taken_by(window)
    ]


def next_extra_on(adjustments: Iterable[Adjustment], after: date) -> date | None:
    """Return the first day after `after` on which a line by hand is due."""
    days = [
        one.due_on
        for one in adjustments
        if isinstance(one, ExtraLine) and not one.invoiced and not one.withdrawn
    ]
    return min((day for day in days if day > after), default=None)


def credited(
    proposals: Sequence[Proposal], adjustments: Iterable[Adjustment]
) -> Iterator[Proposal]:
    """Give each proposal what was credited on its key; it counts among its inputs."""
    by_key: dict[ChargeKey, list[LineCredit]] = {}
    for one in adjustments:
        if isinstance(one, LineCredit):
            by_key.setdefault(one.key, []).append(one)
    for proposal in proposals:
        mine = tuple(by_key.get(proposal.key, ()))
        if not mine:
            yield proposal
            continue
        told = [f"{one.id}/{one.withdrawn}" for one in mine]
        yield proposal._replace(credits=mine, inputs=_digest(proposal.inputs, *told))


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
