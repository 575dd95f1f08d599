"""
A customer's life in process: subscriptions change, usage arrives, runs bill up to a day.

The story keeps the billing state as the table does (watermark, earliest changed day) and reads
issued documents back as a run reads them, so that its tests are about amounts and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Aggregation, Applies, Catalog, ChargeKind, Meter, Price, Product
from solde.domain.discounts import Gift, Grant, Order, left_of
from solde.domain.explanation import explained
from solde.domain.invoicing.allowances import given_by
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.gifts import gifts_of
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.invoicing.plan import Billed, CustomerPlan, plan_customer
from solde.domain.invoicing.taken import Issued, bases_of, charged_of, given_back, taken_from
from solde.domain.money import Money
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import Quantity
from solde.domain.pricing.unit import PricingUnit
from solde.domain.rating import Adjustment, BilledLine, LineCredit, Terms, Window
from solde.domain.subscriptions import Change, Item, Subscription
from solde.domain.tax import SHIPPED, Exchange, Regime

ADDRESS = Address(("1 rue de Rivoli",), "75001", "Paris", "FR")


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Story:
    """
    `regime` is the tax regime of the seller, `says` more fields of his.

    A product is made for each tax class named.
    """

    currency: str = "EUR"
    says: dict[str, str] = field(default_factory=dict)
    regime: str | Regime = "none"
    products: dict[str, Product] = field(default_factory=dict)
    meters: dict[str, Meter] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)
    versions: dict[str, tuple[Price, ...]] = field(default_factory=dict)
    units: dict[str, PricingUnit] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    usage: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    documents: list[Mapping[str, Any]] = field(default_factory=list)
    plans: list[CustomerPlan] = field(default_factory=list)
    lines: list[BilledLine] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    booked_in: str = ""
    exchange: dict[str, Exchange] = field(default_factory=dict)
    """The discounts of the customer himself."""
    gifts: list[Gift] = field(default_factory=list)
    order: Order = Order.PERCENT_FIRST
    through: date = date.min
    covered_to: date = date.min
    dirty_from: date | None = None
    customer: Customer = field(
        default_factory=lambda: Customer("cus_1", "e", "Customer", ADDRESS, "a@b.test", "en")
    )

    def sells(
        self,
        name: str,
        kind: ChargeKind,
        model: Any,
        *,
        tax_class: str = "standard",
        aggregation: Aggregation = Aggregation.SUM,
        meter: str = "",
        **more: Any,
    ) -> None:
        """Offer a price; a usage price comes with a meter of its name, or shares one."""
        product = Product(tax_class, tax_class.capitalize(), tax_class, "706")
        self.products[product.id] = product
        meter = (meter or name) if kind is ChargeKind.USAGE else ""
        if meter and meter not in self.meters:
            self.meters[meter] = Meter(meter, meter, aggregation, value="n")
        self.prices[name] = Price(name, 1, product.id, self.currency, kind, model, meter, **more)

    def subscribes(
        self,
        name: str,
        on: str,
        items: Mapping[str, str | int],
        *,
        unit: Unit = Unit.MONTH,
        count: int = 1,
        anchor: str | None = None,
        **more: Any,
    ) -> None:
        """Agree on items: price → quantity; the component and the item have the price's name."""
        self.subscriptions[name] = Subscription(
            id=f"sub_{name}",
            external_id=name,
            customer_id="cus_1",
            subscriber_id="cus_1",
            entity="e",
            plan_id="plan",
            currency=self.currency,
            start_on=day(on),
            cycle=Cycle(unit, count, day(anchor or on)),
            items=tuple(item(price, quantity) for price, quantity in items.items()),
            **more,
        )
        self._changed(day(on))

    def changes(self, name: str, change: Change) -> None:
        self.subscriptions[name] = self.subscriptions[name].with_change(change)
        self._changed(change.effective_on)

    def credits(self, line: int, minor: int, *days: str) -> LineCredit:
        """Give back a part of a line, counted from the first ever issued, from 0."""
        billed = self.lines[line]
        given = Period(*map(day, days)) if days else billed.service
        one = LineCredit(
            id=f"adj_{len(self.adjustments)}",
            key=billed.key,
            invoice_id=billed.invoice_id,
            service=billed.service,
            days=given,
            amount=Money(minor, self.currency),
            reason="Goodwill",
        )
        self.adjusts(one)
        return one

    def adjusts(self, one: Adjustment) -> None:
        """Enter a fact by hand, or its withdrawal, in the place of what has its id."""
        self.adjustments = [*(each for each in self.adjustments if each.id != one.id), one]
        days = one.key.period if isinstance(one, LineCredit) else one.service
        self.dirty_from = min(days.start_on, self.dirty_from or days.start_on)

    def uses(self, meter: str, on: str, amount: str | int) -> None:
        days = self.usage.setdefault(meter, {})
        days[day(on)] = days.get(day(on), Decimal(0)) + Decimal(amount)
        self._changed(day(on))

    def publishes(self, name: str, model: Any, from_on: str, applies: Applies, **more: Any) -> None:
        """Publish the next version of a price; who is billed next is the first to know."""
        latest = self.prices[name]
        number = latest.version + 1
        price = replace(
            latest, version=number, model=model, from_on=day(from_on), applies=applies, **more
        )
        self.versions[name] = (*self.versions.get(name, (latest,)), price)
        self.prices[name] = price
        self._changed(day(from_on))

    def reprices(self, name: str, model: Any) -> None:
        """Correct a price for what was billed already (an explicit act, not a new version)."""
        self.prices[name] = replace(self.prices[name], model=model)

    def bills(self, on: str) -> list[str]:
        """Run up to a day; return the lines of its documents, as `rows` writes them."""
        window = Window(self.through, day(on), self.dirty_from)
        reopened = [line for line in self.lines if window.reopens(line.key.period)]
        plan = plan_customer(
            Billed(
                self.customer,
                self._entity(),
                reopened,
                taken_from(map(issued, self.documents)),
                given_by(self.lines),
                self.exchange,
                self.adjustments,
                left_of(self.gifts, map(gifts_of, self.documents), day(on)),
            ),
            list(self.subscriptions.values()),
            window,
            Terms(
                self.catalog(),
                self._entity().regime.billed_on(day(on)),
                self._measured,
                tuple(self.grants),
                tuple(self.subscriptions.values()),
                self.order,
            ),
        )
        self.plans.append(plan)
        self.through, self.dirty_from = day(on), None
        self.covered_to = max(self.covered_to, plan.covered_to or date.min)
        found = []
        for draft in plan.documents:
            document = close(draft, self._envelope(draft, on))
            self.documents.append(document)
            self.lines += billed_lines(document)
            found += rows(document)
        return found

    def catalog(self) -> Catalog:
        return Catalog(self.products, self.meters, self.prices, {}, self.versions, self.units)

    def trees(self) -> list[Mapping[str, Any]]:
        """Return the derivation tree of each document, in their order."""
        return [tree for plan in self.plans for tree in explained(plan)]

    def last_totals(self) -> list[tuple[str, int, int, int]]:
        """Return kind, net, tax and gross of the documents of the last run."""
        last = self.documents[-1]["envelope"]["issued_on"]
        return [
            (one["kind"], *(one["totals"][name] for name in ("net", "tax", "gross")))
            for one in self.documents
            if one["envelope"]["issued_on"] == last
        ]

    def _envelope(self, _draft: Mapping[str, Any], on: str) -> dict[str, Any]:
        number = len(self.documents) + 1
        return {"id": f"inv_{number}", "number": f"E-{number}", "issued_on": on, "due_on": on}

    def _changed(self, on: date) -> None:
        if on <= self.through or on < self.covered_to:
            self.dirty_from = min(on, self.dirty_from or on)

    def _measured(
        self, _subscription: Subscription, meter: str, period: Period, _: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        used = {on: part for on, part in self.usage.get(meter, {}).items() if on in period}
        total = sum(used.values(), Decimal(0))
        return Quantity(total, count=len(used)), len(used), str(total)

    def _entity(self) -> Entity:
        taxes = SHIPPED[self.regime] if isinstance(self.regime, str) else self.regime
        booked_in = self.booked_in or self.currency
        seller = Entity("e", 1, "Seller", ADDRESS, booked_in, "en", "UTC", taxes.code, "E", 30)
        return replace(seller, taxes=taxes, **self.says)


def item(price: str, quantity: str | int = 1, name: str = "") -> Item:
    return Item(f"sit_{name or price}", name or price, price, Decimal(quantity))


def issued(document: Mapping[str, Any]) -> Issued:
    """Say of a closed document what its header says."""
    identity = document["envelope"]["id"]
    return Issued(identity, bases_of(document), given_back(document), charged_of(document))


def rows(document: Mapping[str, Any]) -> Sequence[str]:
    """Write lines as a bookkeeper reads them; those of a credit note begin with CN."""
    note = document["kind"] == "credit_note"
    found = []
    for line in document["lines"]:
        net = Money(line["net"], document["currency"]).major
        service = line["service"]
        last = day(service["end_on"]) - timedelta(days=1)
        mark = "CN " if note else ""
        found.append(f"{mark}{line['component']} {service['start_on']}..{last} {net}")
    return found
