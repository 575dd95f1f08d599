"""
The bill run's protocol, with the real workflows: a crash, a lost reply, or another actor at
every single operation of a run; afterwards everything comes to rest, and nothing is billed twice,
forgotten, or numbered with a gap. Conditions are then left out one by one, and must be missed.

One disturbance a run finds the conditions listed below; what needs several at once is found where
actors meet operation by operation (test_interleavings.py).
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import SoldeError
from solde.domain.subscriptions import QuantityChanged
from solde.storage import billing_state
from solde.storage.audit import AuditTable
from solde.storage.singles import SingleTable
from solde.storage.table import ConditionFailedError
from solde.workflows.bill_now import NowContext, bill_now
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.sweep import sweep_runs
from solde.workflows.verify.verify import verify
from tests.support.faulty_table import CrashError, FaultyTable
from tests.support.seller import Seller, at

JUNE = at("2013-06-01T06:00:00")
ACCEPTED = (SoldeError, ConditionFailedError)
"""What an actor may be told: it is refused, or must come again."""


class World:
    def __init__(self, off: frozenset[str] = frozenset(), table: FaultyTable | None = None) -> None:
        self.table = table or FaultyTable(off)
        self.seller = Seller(table=self.table)
        self.seller.sells("seat", "30.00")
        self.subscriptions = []
        for name in ("c0", "c1"):
            self.seller.customer(name)
            self.subscriptions.append(self.seller.subscribes(name, "2013-06-01", ("seat", "1")))

    def bills(self, day: str = "2013-06-01") -> None:
        on = date.fromisoformat(day)
        wanted = Wanted("FRA", on, at(f"{day}T06:00:00"))
        run = open_run(wanted, self.seller.context)
        self.seller.drive(run.id, wanted.at)

    def cancels(self) -> None:
        *_, run = self.seller.context.runs.attempts("FRA", date(2013, 6, 1)) or [None]
        if run:
            cancel_run(run.id, at("2013-06-01T06:00:00"), self.seller.context)

    def sweeps(self) -> None:
        sweep_runs(at("2013-06-01T12:00:00"), self.seller.context)

    def changes(self) -> None:
        change = QuantityChanged(date(2013, 6, 1), 1, "sit_0_0", Decimal(3))
        self.seller.changes(self.subscriptions[0], change)

    def bills_now(self) -> None:
        context = NowContext(self.seller.context, SingleTable(self.table))
        bill_now("c0", "FRA", JUNE, context)

    def marks_usage(self) -> None:
        state = self.seller.context.billing.state("c0", "FRA")
        day = date(2013, 6, 1)
        self.table.write(billing_state.marked_by_usage(state, day, day))

    def rests(self) -> dict[str, tuple[str, ...]]:
        """Let everything come to its end, and return what is wrong then."""
        self.table.disarm()
        for hour in (12, 13):
            sweep_runs(at(f"2013-06-01T{hour}:00:00"), self.seller.context)
        sweep_runs(at("2013-06-20T06:00:00"), self.seller.context)
        for day in ("2013-06-21", "2013-06-22"):
            self.seller.runs_billing(day)
        found = verify(at("2013-06-22T12:00:00"), AuditTable(self.table), self.seller.context)
        wrong = {one.code: one.violations for one in found if one.violations and one.code != "I22"}
        expected = {"c0": self._owed("c0"), "c1": 3000}
        for name, net in expected.items():
            billed = sum(
                one.net_minor * (1 if one.kind == "invoice" else -1)
                for one in self.seller.documents(name)
            )
            if billed != net:
                wrong[name] = (f"expected {net} billed, found {billed}",)
        return wrong

    def _owed(self, name: str) -> int:
        """June: one seat of 30.00, or three where the change was written."""
        changed = any("#chg#" in key.sk for key in self.table.items if key.pk == f"A#{name}")
        return 9000 if changed else 3000


Act = Callable[[World], None]

ACTORS: dict[str, Act] = {
    "a run": World.bills,
    "a run of the next day": lambda world: world.bills("2013-06-02"),
    "cancel": World.cancels,
    "sweep": World.sweeps,
    "a change": World.changes,
    "bill now": World.bills_now,
    "late usage": World.marks_usage,
}
LONG = 10**9


def quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except ACCEPTED:
        return


def operations(main: Act) -> int:
    world = World()
    world.table.arm(LONG)
    quietly(lambda: main(world))
    return world.table.count


def met(main: Act, number: int, other: Act, off: frozenset[str] = frozenset()) -> dict:
    """Let another actor act whole, just before one operation of the main one: what is wrong?"""
    world = World(off)
    world.table.arm(number, act=lambda: quietly(lambda: other(world)))
    quietly(lambda: main(world))
    return world.rests()


COUNTS = {name: operations(main) for name, main in ACTORS.items()}


def test_a_run_has_operations_to_disturb() -> None:
    assert 30 <= COUNTS["a run"] <= 200
    assert COUNTS["a change"] >= 2


@pytest.mark.parametrize("lose", [False, True], ids=["crash", "lost reply"])
def test_a_crash_or_a_lost_reply_at_any_operation(lose: bool) -> None:
    for number in range(1, COUNTS["a run"] + 1):
        world = World()
        world.table.arm(number, lose=lose)
        try:
            world.bills()
        except CrashError:
            world.table.disarm()
            quietly(world.bills)
        assert world.rests() == {}, f"operation {number}"


@pytest.mark.parametrize("main", ACTORS)
@pytest.mark.parametrize("other", ACTORS)
def test_another_actor_before_any_operation(main: str, other: str) -> None:
    for number in range(1, COUNTS[main] + 1):
        wrong = met(ACTORS[main], number, ACTORS[other])
        assert wrong == {}, f"{other} before operation {number} of {main}"


SINGLE = {
    "reserve_ver": ("a run", "a run of the next day"),
    "manifest_once": ("a run", "a run"),
    "seal_cas_run": ("a run", "a run"),
    "cancel_cas": ("a run", "cancel"),
    "due_guard": ("a run", "a change"),
    "through_as_read": ("a change", "a run"),
    "now_ver": ("bill now", "a run"),
    "now_rev": ("bill now", "a change"),
}
"""Conditions that one disturbance misses: who is disturbed, and by whom."""


@pytest.mark.parametrize("guard", SINGLE)
def test_a_condition_is_missed_when_it_is_left_out(guard: str) -> None:
    """The schedule named here goes wrong without the condition, and only without it."""
    main, other = SINGLE[guard]
    off = frozenset({guard})
    numbers = range(1, COUNTS[main] + 1)
    assert any(goes_wrong(ACTORS[main], number, ACTORS[other], off) for number in numbers)


def goes_wrong(main: Act, number: int, other: Act, off: frozenset[str]) -> bool:
    try:
        return met(main, number, other, off) != {}
    except (SoldeError, AssertionError):
        return True
