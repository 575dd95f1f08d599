"""A bill run of n customers, from select to close: real handlers over the stub's cloud."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bench import prices
from bench.account import Account, account
from bench.figures import common, per
from bench.machine import Machine
from bench.seeding import due_customers, idle_customers, seed_seller, write_all
from bench.spent import Spent
from bench.stub.counters import Counters
from solde.runtime import wiring

AT = datetime(2026, 2, 1, 2, tzinfo=UTC)
"""When the daily schedule looks: the first of February, at two."""
AT_SECONDS = int(AT.timestamp())


@dataclass(frozen=True, slots=True)
class Billed:
    """`select` is apart: its time is not that of plan to close, its calls and units count."""

    total_minor: int
    invoices: int
    select: Spent
    bill: Spent
    machine: Machine

    @property
    def counters(self) -> Counters:
        return self.select.counters.plus(self.bill.counters)

    @property
    def invocations(self) -> int:
        return len(self.machine.entered) + self.machine.children

    @property
    def dollars(self) -> Decimal:
        counted = self.counters
        cpu_ns = self.select.own_ns + self.select.sdk_ns + self.bill.own_ns + self.bill.sdk_ns
        return (
            prices.table(counted)
            + prices.objects(counted)
            + prices.compute(cpu_ns, counted, self.invocations)
            + self.machine.transitions * prices.TRANSITION
        )


def run(n: int, seed: int) -> dict[str, object]:
    with account(AT) as held:
        seeded(held, n, seed)
        done = billed(held)
    return {
        "bench": "billrun",
        "n": n,
        "seed": seed,
        "invoices": done.invoices,
        "total_minor": done.total_minor,
        **common(done.bill, done.invoices, done.counters),
        "transitions": done.machine.transitions,
        "transitions_per_100": per(done.machine.transitions * 100, done.invoices),
        "dollars_per_million": per(done.dollars * 1_000_000, done.invoices),
    }


def seeded(held: Account, n: int, seed: int, *, idle: int = 0) -> None:
    """Write n customers with something due, and `idle` others; nothing of it is counted later."""
    table = wiring.table()
    seed_seller(table)
    write_all(table, due_customers(n, seed, wiring.usage_objects()))
    held.cloud.dynamo.load(idle_customers(n, idle))


def billed(held: Account) -> Billed:
    """Run the machine once over what is due."""
    machine = Machine()
    run_id = machine.open(AT)
    with held.measured() as select:
        machine.select(run_id)
    with held.measured() as bill:
        status = machine.bill(run_id)
    counts: dict[str, Any] = dict(wiring.runs().run(run_id).counts)
    if status != {"status": "closed"} or counts["parked"] or counts["skipped"]:
        raise RuntimeError(f"run: expected it closed with all billed, found {status}, {counts}")
    return Billed(counts["minor"], counts["invoice"], select, bill, machine)
