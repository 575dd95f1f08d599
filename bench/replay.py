"""Replay of the bill run that `billrun` measures, against the run itself: invoices a second."""

from bench.account import account
from bench.billrun import AT, seeded
from bench.figures import common, per
from bench.machine import Machine
from bench.spent import Spent
from solde.runtime import wiring
from solde.runtime.replay import replayed


def run(n: int, seed: int) -> dict[str, object]:
    """Bill n customers, then replay the run; `speed_of_run` is 1 where both take as long."""
    with account(AT) as held:
        seeded(held, n, seed)
        machine = Machine()
        run_id = machine.open(AT)
        machine.select(run_id)
        with held.measured() as bill:
            machine.bill(run_id)
        stores = wiring.table(), wiring.archive(), wiring.usage_objects()
        with held.measured() as again:
            found = list(replayed(run_id, *stores))
    differing = [one for one in found if one.difference or not one.same]
    if differing or len(found) != n:
        raise RuntimeError(f"replay: expected {n} as billed, found {len(found)}, {differing[:1]}")
    return {
        "bench": "replay",
        "n": n,
        "seed": seed,
        "invoices": n,
        **common(again, n, again.counters),
        "speed_of_run": per(_busy(bill), _busy(again)),
    }


def _busy(spent: Spent) -> int:
    return spent.own_ns + spent.sdk_ns
