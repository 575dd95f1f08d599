"""The reference customer of the bill run: a flat fee, seats, and metered calls, 20 % tax."""

import random
from datetime import date
from decimal import Decimal

from solde.domain.catalog import Aggregation, Catalog, ChargeKind, Meter, Price, Product
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.periods import Cycle, Period, Unit
from solde.domain.pricing import Quantity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.rating import Measure
from solde.domain.subscriptions import Item, Subscription

JANUARY = date(2026, 1, 1)
FEBRUARY = date(2026, 2, 1)
TIERS = (
    Tier(Decimal(1_000), Decimal(0)),
    Tier(Decimal(10_000), Decimal("0.01")),
    Tier(None, Decimal("0.005")),
)
CATALOG = Catalog(
    products={"service": Product("service", "Service", "standard", "706")},
    meters={"calls": Meter("calls", "call", Aggregation.SUM, value="n")},
    prices={
        "fee": Price("fee", 1, "service", "USD", ChargeKind.ARREARS, Flat(Decimal("49.00"))),
        "seats": Price("seats", 1, "service", "USD", ChargeKind.ARREARS, PerUnit(Decimal("12.50"))),
        "calls": Price(
            "calls", 1, "service", "USD", ChargeKind.USAGE, Graduated(TIERS), meter="calls"
        ),
    },
    plans={},
)
ADDRESS = Address(("1 Main Street",), "10001", "New York", "US")
ENTITY = Entity("ref", 1, "Reference", ADDRESS, "USD", "en", "UTC", "FR", "REF", 30)


def customer(number: int) -> Customer:
    return Customer(f"cus_{number:06d}", "ref", f"Customer {number}", ADDRESS, "a@b.test", "en")


def drawn(rng: random.Random) -> tuple[int, int]:
    """Draw a customer's seats, then calls, in this order."""
    return rng.randint(1, 20), rng.randint(0, 50_000)


def subscription(number: int, seats: int) -> Subscription:
    return Subscription(
        id=f"sub_{number:06d}",
        external_id="",
        customer_id=f"cus_{number:06d}",
        subscriber_id=f"cus_{number:06d}",
        entity="ref",
        plan_id="ref",
        currency="USD",
        start_on=JANUARY,
        cycle=Cycle(Unit.MONTH, 1, JANUARY),
        items=(
            Item("sit_1", "fee", "fee", Decimal(1), "Fee"),
            Item("sit_2", "seats", "seats", Decimal(seats), "Seats"),
            Item("sit_3", "calls", "calls", Decimal(1), "Calls"),
        ),
    )


def measure(calls: int) -> Measure:
    def measured(
        _subscription: Subscription, _meter: str, _period: Period, _: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        return Quantity(Decimal(calls)), 1, f"{calls}"

    return measured
