"""The gate of long invoices: a line of five thousand costs what one of three does, by count."""

import sys

from bench.billing import CHARGES, LONG, long_plan


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
    (document,) = plan.documents
    assert len(document["lines"]) == CHARGES * subscriptions
    return count


def test_a_line_of_a_long_invoice_costs_at_most_a_fifth_more() -> None:
    long_plan(1)  # what is kept for the life of a process
    short, long = worked(1), worked(LONG)
    assert long * 10 <= 12 * short * LONG
