"""The gate of an explanation: one line costs the same calls, however long its invoice is."""

from functools import cache

import pytest

from bench import billrun
from bench.account import account
from bench.explain import asked, long_invoice
from bench.stub.counters import Counters


@cache
def of_a_line(n: int) -> tuple[dict, Counters]:
    with account(billrun.AT) as held:
        invoice_id, lines = long_invoice(held, n, 7)
        asked(invoice_id, lines)  # what is kept for the life of a process
        with held.measured() as spent:
            found = asked(invoice_id, lines)
    return found, spent.counters


@pytest.mark.parametrize("n", [3, 300])
def test_a_line_is_explained_by_its_own_subscription_and_usage(n) -> None:
    """The last line is that of calls; at least one was counted."""
    found, _ = of_a_line(n)
    assert (found["derivation"]["how"], found["timeline"]["unchanged"]) == ("walk", True)
    assert found["derivation"]["usage"]["after"]["total"] == found["units"]


def test_what_is_read_does_not_grow_with_the_invoice() -> None:
    short, long = of_a_line(3)[1], of_a_line(300)[1]
    assert long.calls == short.calls
    assert long.calls.total() <= 18
    assert long.read_unit_total == short.read_unit_total
