"""
A law comes while a run is under way: its seal is refused and the day is planned again (R17).

Wherever it comes, and whoever crashes then, everything comes to rest: nothing is billed twice or
forgotten, and no number is missing.
"""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.tax import SHIPPED, Regime
from solde.domain.tax.rates import Rate
from solde.ports.records import Record
from solde.storage.regimes import RegimeTable
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.review import review_plan
from tests.protocol.test_bill_run import COUNTS, JUNE, LONG, World, met, quietly
from tests.support.faulty_table import CrashError

SINCE = (Rate(date(2013, 6, 15), Decimal(25), "law"),)
LAW = Regime("FR", 1, {"standard": (SHIPPED["FR"].classes["standard"][0], *SINCE)})


def passes(world: World) -> None:
    RegimeTable(world.table).put(LAW, Record(None, None, version=1))


def bills_the_day(world: World) -> None:
    """Bill June, and what is planned instead where the seal is refused."""
    quietly(world.bills)
    *_, last = world.seller.context.runs.attempts("FRA", date(2013, 6, 1))
    world.seller.drive(last.id, JUNE)


def test_a_law_before_any_operation_of_a_run() -> None:
    for number in range(1, COUNTS["a run"] + 1):
        assert met(bills_the_day, number, passes) == {}, f"operation {number}"


def refused() -> World:
    """Bring a run to where its numbers would be taken, and let the law come there."""
    world = World()
    run = open_run(Wanted("FRA", date(2013, 6, 1), JUNE), world.seller.context)
    world.seller.plans(run.id)
    review_plan(run.id, world.seller.context)
    passes(world)
    return world


@pytest.mark.parametrize("lose", [False, True], ids=["crash", "lost reply"])
def test_a_crash_at_any_operation_of_a_refusal_and_of_the_plan_after_it(lose: bool) -> None:
    whole = refused()
    whole.table.arm(LONG)
    bills_the_day(whole)
    assert whole.table.count > 30
    for number in range(1, whole.table.count + 1):
        world = refused()
        world.table.arm(number, lose=lose)
        try:
            bills_the_day(world)
        except CrashError:
            world.table.disarm()
            bills_the_day(world)
        assert world.rests() == {}, f"operation {number}"
