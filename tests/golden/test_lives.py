"""
240 lives of every kind, billed month after month: one digest of all that a plan says.

Trials, pauses, prices in turn, tax that changes inside a period, tiers, cells and single events,
several subscriptions a customer, invoices in part corrected. The digest was taken before the core
was made faster; whoever changes an amount or a byte changes it, and has to say why. Since then: a
part of a count shows its own rows, and a price whose band follows from the whole waits for it.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from solde.domain.catalog import Aggregation, Catalog, ChargeKind, Meter, Price, Product
from solde.domain.invoicing.billed import billed_lines
from solde.domain.invoicing.canonical import canonical, close
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.invoicing.plan import Billed, plan_customer
from solde.domain.periods import Cycle, Period, Unit, month_after
from solde.domain.pricing import PriceModel, Quantity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.matrix import Cell, Matrix
from solde.domain.pricing.package import Package
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.percentage import Percentage
from solde.domain.pricing.tiers import Tier
from solde.domain.pricing.volume import Volume
from solde.domain.proration import Proration
from solde.domain.rating import BilledLine, Measure, Terms, Window
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
    Resumed,
    Subscription,
    TrialConverted,
)
from solde.domain.trials import AfterTrial, Trial

D = Decimal
TIERS = (Tier(D(100), D("0.10")), Tier(D(1000), D("0.0712"), D(5)), Tier(None, D("0.05"), D(3)))
ADVANCE, ARREARS, USAGE = ChargeKind.ADVANCE, ChargeKind.ARREARS, ChargeKind.USAGE
PRICES: dict[str, tuple[str, ChargeKind, PriceModel]] = {
    "fee": ("standard", ADVANCE, Flat(D("19.99"))),
    "bigger": ("standard", ADVANCE, Flat(D("31.00"))),
    "setup": ("standard", ChargeKind.ONE_TIME, Flat(D("49.50"))),
    "seat": ("standard", ARREARS, PerUnit(D("3.335"))),
    "blocks": ("intermediate", ARREARS, Package(D(5), D("12.10"))),
    "volume": ("reduced", ADVANCE, Volume(TIERS)),
    "tiers": ("standard", ARREARS, Graduated(TIERS)),
    "calls": ("standard", USAGE, Graduated(TIERS)),
    "water": ("reduced", USAGE, Volume(TIERS)),
    "cells": (
        "intermediate",
        USAGE,
        Matrix(("zone",), (Cell(("a",), D("0.0123456")), Cell(("b",), D("1.5"))), D("0.3")),
    ),
    "sales": ("standard", USAGE, Percentage(D("1.9"), D("0.10"), free_events=3, minimum=D("0.2"))),
}
CLASSES = ("standard", "intermediate", "reduced")
CATALOG = Catalog(
    {name: Product(name, name.title(), name, "706", "HUR") for name in CLASSES},
    {"n": Meter("n", "call", Aggregation.SUM, value="n")},
    {
        name: Price(
            name,
            3,
            tax_class,
            "EUR",
            kind,
            model,
            "n" if kind is USAGE else "",
            Proration.FULL_PERIOD if name == "bigger" else Proration.DAY,
        )
        for name, (tax_class, kind, model) in PRICES.items()
    },
    {},
)
CYCLES = (
    Cycle(Unit.MONTH, 1, date(2013, 8, 31)),
    Cycle(Unit.MONTH, 3, date(2013, 7, 12)),
    Cycle(Unit.MONTH_LAST_DAY, 1, date(2013, 8, 5)),
    Cycle(Unit.WEEK, 2, date(2013, 8, 7)),
    Cycle(Unit.YEAR, 1, date(2013, 2, 28)),
    Cycle(Unit.DAY, 10, date(2013, 8, 1)),
)
FIRST = date(2013, 8, 1)
MONTHS = 9


def entity(rng: random.Random) -> Entity:
    country = rng.choice(("FR", "US"))
    address = Address(("1 rue de Rivoli",), "75001", "Paris", country)
    regime = rng.choice(("FR", "FR", "none"))
    return Entity("fr", 2, "Seller", address, "EUR", "fr", "Europe/Paris", regime, "F", 30)


def customer(rng: random.Random) -> Customer:
    address = Address(("2 quai", "Bât. é"), "69001", "Lyon", "FR")
    one = Customer("cus_1", "fr", "Customer", address, "a@example.test", "fr")
    registration = {"siren": "732829320"} if rng.random() < 0.5 else None
    return replace(one, business=rng.random() < 0.5, registration=registration)


def subscription(rng: random.Random, number: int) -> Subscription:
    start_on = FIRST + timedelta(days=rng.randint(0, 60))
    items = tuple(
        Item(f"sit_{number}{name}", name, name, D(rng.randint(1, 12)), f"{name} {{count}}")
        for name in sorted(rng.sample(sorted(PRICES), rng.randint(2, 6)))
    )
    ends_on = start_on + timedelta(days=rng.randint(1, 45))
    trial = Trial(ends_on, rng.choice(tuple(AfterTrial))) if rng.random() < 0.3 else None
    return Subscription(
        id=f"sub_{number}",
        external_id=f"x{number}",
        customer_id="cus_1",
        subscriber_id="cus_1",
        entity="fr",
        plan_id="plan",
        currency="EUR",
        start_on=start_on,
        cycle=rng.choice(CYCLES),
        items=items,
        terms_days=rng.choice((None, 14)),
        trial=trial,
    )


def change(rng: random.Random, life: Subscription, on: date, sequence: int) -> Change:
    item = rng.choice(life.items)
    kind = rng.choice(("quantity",) * 4 + ("plan", "device", "pause", "resume", "convert", "end"))
    match kind:
        case "quantity":
            quantity = D(rng.randint(0, 12)) + rng.choice((D(0), D("0.5")))
            return QuantityChanged(on, sequence, item.id, quantity)
        case "plan":
            name = rng.choice(("bigger", "fee", "tiers"))
            started = (Item(f"{item.id}{sequence}", name, name, D(2), "Other"),)
            return PlanChanged(on, sequence, "plan2", (item.id,), started)
        case "device":
            started = (
                Item(f"{life.id}{sequence}", "seat", "seat", D(rng.randint(1, 3)), "Device"),
            )
            return ItemsAdded(on, sequence, started)
        case "pause":
            return Paused(on, sequence)
        case "resume":
            return Resumed(on, sequence)
        case "convert":
            return TrialConverted(on, sequence)
        case _:
            return Cancelled(on + timedelta(days=60), sequence)


def measured(used: dict[date, int]) -> Measure:
    """Count the events of the days, and tell them by zone and one by one."""

    def measure(
        _: Subscription, __: str, period: Period, ___: Period | None = None, /
    ) -> tuple[Quantity, int, str]:
        found = [calls for day, calls in sorted(used.items()) if day in period]
        total, count = sum(found), len(found)
        cells = ((("a",), D(total // 3)), (("c",), D(total - total // 3)))
        values = tuple((D(one) / 4,) for one in found)
        return Quantity(D(total), cells, values, count), count, str(total)

    return measure


def plans(seed: int) -> Iterator[tuple[dict[str, Any], ...] | str]:
    """Yield the closed documents of each month, and what the billing state takes over."""
    rng = random.Random(seed)
    seller, payer = entity(rng), customer(rng)
    lives = [subscription(rng, number) for number in range(rng.choice((1, 1, 2)))]
    used = {FIRST + timedelta(days=rng.randint(0, 250)): rng.randint(1, 900) for _ in range(30)}
    lines: list[BilledLine] = []
    through = date.min
    for number in range(MONTHS):
        target_on = month_after(FIRST, number)
        dirty = []
        for place, life in enumerate(lives):
            if number and rng.random() < 0.6:
                on = max(life.start_on, target_on - timedelta(days=rng.randint(0, 90)))
                lives[place] = life.with_change(change(rng, life, on, number))
                dirty.append(on)
        if number and rng.random() < 0.4:
            late = FIRST + timedelta(days=rng.randint(0, 30 * number))
            used[late] = used.get(late, 0) + rng.randint(1, 400)
            dirty.append(late)
        window = Window(through, target_on, min(dirty, default=None))
        billed = Billed(payer, seller, [one for one in lines if window.reopens(one.key.period)])
        terms = Terms(CATALOG, seller.regime, measured(used))
        plan = plan_customer(billed, lives, window, terms)
        closed = tuple(
            close(
                draft,
                {
                    "id": f"inv_{number}_{place}",
                    "number": f"F-{number}-{place}",
                    "issued_on": target_on.isoformat(),
                    "due_on": target_on.isoformat(),
                },
            )
            for place, draft in enumerate(plan.documents)
        )
        yield closed
        yield f"{plan.next_due_on} {plan.covered_to} {plan.kinds} {plan.total_minor}"
        lines += [line for document in closed for line in billed_lines(document)]
        through = target_on


def test_240_lives_of_every_kind_come_out_byte_for_byte() -> None:
    said, counted = hashlib.sha256(), {"invoice": 0, "credit_note": 0, "line": 0}
    for seed in range(240):
        for plan in plans(seed):
            if isinstance(plan, str):
                said.update(plan.encode())
                continue
            for document in plan:
                counted[document["kind"]] += 1
                counted["line"] += len(document["lines"])
                said.update(canonical(document) + b"\n")
    assert counted == {"invoice": 1_090, "credit_note": 88, "line": 7_665}
    assert said.hexdigest() == "97e09ee053db6ecb80a4294434b28027cb0b33fd7c29cad97ff4c1b3d7e7418b"
