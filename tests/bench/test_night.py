"""What a night costs in which nothing is due: by calls and read units, whoever is the seller."""

from datetime import timedelta

import pytest

from bench import billrun
from bench.account import account
from functions.bill_run import start
from functions.chase_overdue import chase
from functions.collect_payment import repair

NIGHT = billrun.AT + timedelta(days=1)
LOOKS = (
    (start, NIGHT),
    (repair, NIGHT.replace(hour=5)),
    (chase, NIGHT.replace(hour=9)),
)


@pytest.fixture(scope="module")
def small():
    """Twenty customers whose invoices were issued the day before."""
    with account(billrun.AT) as held:
        billrun.seeded(held, 20, 5)
        billrun.billed(held)
        yield held


def spent(held, handler, at):
    with held.measured() as found:
        handler.lambda_handler({"as_of": at.isoformat()}, None)
    calls = {name: count for name, count in found.counters.calls.items() if "dynamo" in name}
    return sum(calls.values()), found.counters.half_read_units.total() / 2


def test_an_idle_night_asks_the_index_once_a_kind_and_entity(small) -> None:
    """
    Who is due: the entity by 3 calls, the index by 1. Attempts and debits: the index. The chase:
    the entity by 3, and what is overdue, expires, or runs low. Sixteen partitions each had taken
    90 more.
    """
    calls = [spent(small, handler, at)[0] for handler, at in LOOKS]
    assert calls == [4, 2, 6]


def test_it_takes_few_read_units(small) -> None:
    """A look is a unit for 50 entries; an entity is named by 3 reads of a unit or less."""
    assert sum(spent(small, handler, at)[1] for handler, at in LOOKS) <= 14
