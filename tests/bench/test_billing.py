"""The gates of billing, by count: what a line costs, and that a long invoice costs as much."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

import pytest

from bench import ceiling
from bench.billing import CHARGES, LONG, long_plan
from solde.domain.explanation import explained
from solde.domain.invoicing.plan import CustomerPlan

T = TypeVar("T")
FURTHER = 20
"""Subscriptions that a next one is averaged over."""


def worked(subscriptions: int) -> int:
    """Return how many functions were called to bill so many subscriptions on one invoice."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        plan = long_plan(subscriptions)
    finally:
        sys.setprofile(None)
    return _whole(plan, subscriptions, count)


def stepped(subscriptions: int) -> int:
    """Return how many instructions were run to bill so many subscriptions on one invoice."""
    plan, count = instructions(lambda: long_plan(subscriptions))
    return _whole(plan, subscriptions, count)


def instructions(act: Callable[[], T]) -> tuple[T, int]:
    """Act, and return also how many of the machine's instructions that took."""
    count = 0

    def traced(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        found = act()
    finally:
        sys.settrace(before)
    return found, count


def _whole(plan: CustomerPlan, subscriptions: int, count: int) -> int:
    (document,) = plan.documents
    assert len(document["lines"]) == CHARGES * subscriptions
    return count


@pytest.mark.parametrize(
    ("counted", "of_one", "of_the_next"),
    [
        (worked, ceiling.CALLS_OF_ONE, ceiling.CALLS_OF_THE_NEXT),
        (stepped, ceiling.STEPS_OF_ONE, ceiling.STEPS_OF_THE_NEXT),
    ],
)
def test_billing_costs_no_more_than_it_did_and_no_less_than_is_written(
    counted, of_one, of_the_next
) -> None:
    long_plan(1 + FURTHER)  # what is kept for the life of a process
    one = counted(1)
    following = (counted(1 + FURTHER) - one) // FURTHER
    for found, said in ((one, of_one), (following, of_the_next)):
        least, most = (100 - ceiling.SLACK) * said, (100 + ceiling.ROOM) * said
        assert least <= 100 * found <= most, f"{found}: bench/ceiling.py says {said}"


def test_a_line_of_a_long_invoice_costs_at_most_a_fifth_more() -> None:
    long_plan(1)  # what is kept for the life of a process
    short, long = worked(1), worked(LONG)
    assert long * 10 <= 12 * short * LONG


def test_the_reasons_of_documents_take_three_tenths_of_billing_them() -> None:
    """By instructions: trees are made in the same step, from what billing has at hand."""
    long_plan(1)  # what is kept for the life of a process
    billing, plan = stepped(1), long_plan(1)
    explained(plan)
    _, count = instructions(lambda: explained(plan))
    assert count * 10 <= billing * 3, f"{count} beside {billing}"
