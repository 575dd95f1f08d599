"""
A seller and a customer, billed in process: facts go in, closed documents come out.

It is the plan of the bill run over facts in memory. Numbers and due dates follow from rank and
terms as they do at a seal, so that equal samples give equal bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from local.documents.texts import says
from solde.domain.catalog import Aggregation, Catalog, ChargeKind, Meter, Price, Product
from solde.domain.discounts import Discount, Gift, Grant, Level, Offer, left_of
from solde.domain.invoicing.allowances import given_by
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import canonical, close
from solde.domain.invoicing.draft import CREDIT_NOTE, INVOICE
from solde.domain.invoicing.envelope import Range, envelope, series
from solde.domain.invoicing.gifts import gifts_of
from solde.domain.invoicing.parties import Customer, Entity
from solde.domain.invoicing.plan import Billed, CustomerPlan, plan_customer
from solde.domain.invoicing.taken import Issued, bases_of, charged_of, given_back, taken_from
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import PriceModel, Quantity
from solde.domain.rating import Adjustment, BilledLine, LineCredit, Terms, Window
from solde.domain.settlement import Lot, prepay
from solde.domain.subscriptions import Change, DiscountGranted, Item, Subscription
from solde.domain.subscriptions.references import References
from solde.domain.tax import Exchange
from solde.domain.tax.regime import Regime

Document = dict[str, Any]
PLAN = "plan"


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Life:
    """What is agreed between both, and what was billed so far."""

    customer: Customer
    entity: Entity
    regime: Regime
    currency: str = "EUR"
    products: dict[str, Product] = field(default_factory=dict)
    meters: dict[str, Meter] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    usage: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    exchange: dict[str, Exchange] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    lines: list[BilledLine] = field(default_factory=list)
    through: date = date.min
    dirty_from: date | None = None

    def __post_init__(self) -> None:
        self.entity = replace(self.entity, taxes=self.regime, tax_regime=self.regime.code)

    def sells(
        self,
        name: str,
        kind: ChargeKind,
        model: PriceModel,
        *,
        product: Product | None = None,
        **more: Any,  # noqa: ANN401 - any field of a price
    ) -> None:
        """Offer a price of a product, which is at the standard rate unless one is given."""
        sold = product or Product(f"p-{name}", name, "standard", "706")
        self.products[sold.id] = sold
        meter = name if kind is ChargeKind.USAGE else ""
        if meter:
            self.meters[meter] = Meter(meter, meter, Aggregation.SUM, value="n")
        self.prices[name] = Price(name, 1, sold.id, self.currency, kind, model, meter, **more)

    def subscribes(
        self,
        name: str,
        on: str,
        items: Mapping[str, tuple[str, str | int]],
        *,
        unit: Unit = Unit.MONTH,
        references: References | None = None,
    ) -> None:
        """Agree on items, by price: what the customer reads, and how many."""
        self.subscriptions[name] = Subscription(
            id=f"sub_{name}",
            external_id=f"A-{name}",
            customer_id=self.customer.id,
            subscriber_id=self.customer.id,
            entity=self.entity.code,
            plan_id=PLAN,
            currency=self.currency,
            start_on=day(on),
            cycle=Cycle(unit, 1, day(on)),
            items=tuple(
                Item(f"sit_{price}", price, price, Decimal(count), said)
                for price, (said, count) in items.items()
            ),
            name=f"{says('site', self.customer.language)} {name}",
            references=references,
        )

    def changes(self, name: str, change: Change) -> None:
        self.subscriptions[name] = self.subscriptions[name].with_change(change)
        self.dirty_from = min(change.effective_on, self.dirty_from or change.effective_on)

    def grants(self, name: str, offers: Sequence[tuple[str, Discount, Level]]) -> None:
        """Take discounts off a subscription from its begin, in their order."""
        begin = self.subscriptions[name].start_on
        for number, (said, discount, level) in enumerate(offers, 1):
            grant = Grant(f"grt_{number}", Offer(said, discount, level), begin)
            self.changes(name, DiscountGranted(begin, number, grant))

    def uses(self, meter: str, on: str, amount: str | int) -> None:
        self.usage.setdefault(meter, {})[day(on)] = Decimal(amount)

    def credits(self, place: int, minor: int, reason: str) -> None:
        """Give back a part of a line that was issued, counted from 0."""
        line = self.lines[place]
        self.adjusts(
            LineCredit(
                id=f"adj_{len(self.adjustments)}",
                key=line.key,
                invoice_id=line.invoice_id,
                service=line.service,
                days=line.service,
                amount=Money(minor, self.currency),
                reason=reason,
            )
        )

    def adjusts(self, one: Adjustment) -> None:
        self.adjustments.append(one)
        days = one.key.period if isinstance(one, LineCredit) else one.service
        self.dirty_from = min(days.start_on, self.dirty_from or days.start_on)

    def plans(self, on: str) -> CustomerPlan:
        """Plan what is due up to a day, as a run does."""
        window = Window(self.through, day(on), self.dirty_from)
        billed = Billed(
            self.customer,
            self.entity,
            [one for one in self.lines if window.reopens(one.key.period)],
            taken_from(map(_issued, self.documents)),
            given_by(self.lines),
            self.exchange,
            self.adjustments,
            left_of(self.gifts, map(gifts_of, self.documents), day(on)),
        )
        agreed = tuple(self.subscriptions.values())
        known = self.regime.billed_on(day(on)).known(self.customer.standings)
        terms = Terms(self._catalog(), known, self._measured, (), agreed)
        return plan_customer(billed, agreed, window, terms)

    def bills(self, on: str) -> list[Document]:
        """Issue what is due up to a day, paid first by what was paid in advance."""
        drafts = prepay(self.plans(on).documents, self.lots, day(on))
        self.through, self.dirty_from = day(on), None
        return [self.issues(draft, on) for draft in drafts]

    def issues(self, draft: Mapping[str, Any], on: str) -> Document:
        """Close a draft with the next number of its series, as bytes would give it back."""
        name = series(self.entity, draft["kind"], day(on))
        number = 1 + sum(one["envelope"]["number"].startswith(name) for one in self.documents)
        at = datetime.combine(day(on), time(6), tzinfo=UTC)
        taken = Range(name, draft["kind"], number, number, day(on), at)
        document: Document = json.loads(canonical(close(draft, envelope(draft, taken, 0))))
        self.documents.append(document)
        if draft["kind"] in (INVOICE, CREDIT_NOTE):  # others bill nothing of a subscription
            self.lines += billed_lines(document)
        return document

    def _catalog(self) -> Catalog:
        return Catalog(self.products, self.meters, self.prices, {})

    def _measured(
        self, _subscription: Subscription, meter: str, period: Period, _: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        used = {on: part for on, part in self.usage.get(meter, {}).items() if on in period}
        total = sum(used.values(), Decimal(0))
        return Quantity(total, count=len(used)), len(used), str(total)


def _issued(document: Document) -> Issued:
    """Say of a closed document what its header says."""
    identity = document["envelope"]["id"]
    return Issued(identity, bases_of(document), given_back(document), charged_of(document))
