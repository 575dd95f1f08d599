"""Bill runs over the stub, held to counts: what they ask of AWS, never how long they take."""

from functools import cache

import pytest

from bench import billrun
from bench.account import account
from bench.billrun import Billed


@cache
def run_of(due: int, idle: int) -> Billed:
    with account(billrun.AT) as held:
        billrun.seeded(held, due, 7, idle=idle)
        return billrun.billed(held)


@pytest.fixture(scope="session")
def billed():
    """Return a run's figures by its due and its idle customers; each is run once."""
    return run_of
