"""Where subscriptions are taken and changed: the workflows over a seller in memory."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from solde.domain.catalog import ChargeKind, Component, Plan
from solde.domain.periods import Unit
from solde.domain.subscriptions import Subscription
from solde.ports.customers import Located
from solde.storage.subscription_store import SubscriptionTable
from solde.workflows.change_subscription import Make, change_subscription
from solde.workflows.preview import Preview, PreviewContext, preview_change
from solde.workflows.subscribe import Order, SubscribeContext, subscribe
from tests.support.seller import Seller

ENTITY = "FRA"


class Desk:
    """A seller of two plans: `team` (seats at 9.99, a fee of 19.99) and `firm` (16.00, 49.00)."""

    def __init__(self) -> None:
        self.seller = Seller()
        for plan, seat, fee in (("team", "9.99", "19.99"), ("firm", "16.00", "49.00")):
            self.seller.sells(f"{plan}_seat", seat)
            self.seller.sells(f"{plan}_fee", fee, ChargeKind.ARREARS)
            self.seller.catalog.put(self.plan(plan))
        self.seller.customer("acme")
        numbers = count(1)
        context = self.seller.context
        self.context = SubscribeContext(
            billing=context.billing,
            subscriptions=SubscriptionTable(self.seller.table),
            entities=context.entities,
            catalogs=context.catalogs,
            new_id=lambda prefix: f"{prefix}_{next(numbers)}",
        )

    def plan(self, name: str, **more: Any) -> Plan:
        parts = ("seat", "Seats"), ("fee", "Fee")
        components = tuple(Component(one, f"{name}_{one}", said) for one, said in parts)
        return Plan(name, 1, name.title(), Unit.MONTH, 1, components, **more)

    def order(self, start_on: str, seats: int = 3, **more: Any) -> Order:
        fields = {"plan": self.plan("team"), "quantities": {"seat": Decimal(seats)}} | more
        return Order("acme", ENTITY, start_on=date.fromisoformat(start_on), **fields)

    def subscribes(self, start_on: str, seats: int = 3, **more: Any) -> Subscription:
        return subscribe(self.order(start_on, seats, **more), noon(start_on), self.context)

    def located(self, subscription: Subscription) -> Located:
        return Located("acme", subscription.id, ENTITY)

    def changes(self, subscription: Subscription, make: Make, on: str) -> Subscription:
        """Enter a change at noon of a day; return the subscription with it."""
        return change_subscription(self.located(subscription), make, noon(on), self.context)

    def previews(
        self, subscription: Subscription, make: Make, today: str, on: str | None = None
    ) -> Preview:
        billed_on = date.fromisoformat(on) if on else None
        context = PreviewContext(self.seller.context, self.context)
        return preview_change(self.located(subscription), make, billed_on, noon(today), context)

    def issued(self) -> list[dict[str, Any]]:
        """Return all closed documents, oldest first, without what the seal has put on them."""
        found = [self.seller.document(one) for one in self.seller.documents("acme")]
        return [{k: v for k, v in one.items() if k != "envelope"} for one in found]


def noon(on: str) -> datetime:
    return datetime.fromisoformat(f"{on}T12:00:00+00:00")
