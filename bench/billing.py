"""Pure billing of the reference customer: from timeline and usage to the drafts' documents."""

import random

from bench.measured import calibration_microseconds, cpu_microseconds, peak_megabytes
from bench.reference import CATALOG, ENTITY, FEBRUARY, customer, drawn, measure, subscription
from solde.domain.invoicing.canonical import canonical
from solde.domain.invoicing.plan import Billed, CustomerPlan, plan_customer
from solde.domain.rating import Terms, Window
from solde.domain.subscriptions import Subscription
from solde.domain.tax import SHIPPED

WINDOW = Window(after=FEBRUARY.replace(year=2025), target_on=FEBRUARY)
CHARGES = 3
"""Lines of the reference customer."""
LONG = 1_667
"""Subscriptions on one invoice of 5,001 lines."""


def run(n: int, seed: int) -> dict[str, object]:
    """Bill n customers; `total_minor` is the sum of their invoices, tax included."""
    rng = random.Random(seed)
    rows = [drawn(rng) for _ in range(n)]
    made = [(subscription(place, seats), calls) for place, (seats, calls) in enumerate(rows)]
    total = sum(planned(one, place, calls).total_minor for place, (one, calls) in enumerate(made))
    one, calls = made[0]
    plan = planned(one, 0, calls)
    own_us = cpu_microseconds(lambda: planned(one, 0, calls), times=200)
    long_us = cpu_microseconds(lambda: long_plan(LONG), times=1)
    return {
        "bench": "billing",
        "n": n,
        "seed": seed,
        "total_minor": total,
        "own_cpu_us_per_invoice": own_us,
        "own_to_calibration": round(own_us / calibration_microseconds(), 3),
        "own_cpu_us_per_line": round(own_us / CHARGES, 1),
        "own_cpu_us_per_line_of_5001": round(long_us / (CHARGES * LONG), 1),
        "canonical_cpu_us": cpu_microseconds(lambda: canonical(plan.documents[0]), times=200),
        "peak_mb": peak_megabytes(),
    }


def long_plan(count: int) -> CustomerPlan:
    """Bill one customer for many subscriptions, on one invoice of three lines each."""
    every = [subscription(place, 5) for place in range(count)]
    terms = Terms(CATALOG, SHIPPED["FR"], measure(20_000))
    return plan_customer(Billed(customer(0), ENTITY), every, WINDOW, terms)


def planned(one: Subscription, place: int, calls: int) -> CustomerPlan:
    terms = Terms(CATALOG, SHIPPED["FR"], measure(calls))
    return plan_customer(Billed(customer(place), ENTITY), [one], WINDOW, terms)
