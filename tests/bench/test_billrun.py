"""The gates of the bill run: calls, request units, transitions, and how they grow."""

from decimal import Decimal

from bench.billrun import Billed

DUE = 600
"""Two batches, the second of them small."""
IDLE = 1_000


def calls(run: Billed) -> dict[str, int]:
    return dict(run.counters.calls)


def units(run: Billed) -> tuple[int, Decimal]:
    return run.counters.write_unit_total, run.counters.read_unit_total


def test_the_total_is_that_of_the_tariff(billed) -> None:
    """
    Seed 7 draws 11 seats and 9,886 calls, then 13 seats and 42,659 calls.

    49.00 + 137.50 + 88.86 = 275.36, and 20 % of it 55.07: 330.43.
    49.00 + 162.50 + 90.00 + 163.295 (a line of 253.30) = 464.80, and 92.96: 557.76.
    """
    assert billed(2, 0).total_minor == 330_43 + 557_76


def test_an_invoice_costs_ten_write_units_at_most(billed) -> None:
    run = billed(DUE, IDLE)
    assert run.invoices == DUE
    assert run.counters.write_unit_total <= 10 * DUE


def test_one_more_invoice_costs_ten_write_and_two_read_units(billed) -> None:
    """Its billing range and its usage are a read unit each; the rest is the run's."""
    writes, reads = units(billed(41, IDLE))
    before_writes, before_reads = units(billed(40, IDLE))
    assert writes - before_writes <= 10
    assert reads - before_reads == 2


def test_run_and_batches_read_little_of_their_own(billed) -> None:
    run = billed(DUE, IDLE)
    assert run.counters.read_unit_total - 2 * DUE <= 60


def test_an_invoice_takes_at_most_3_3_calls(billed) -> None:
    run = billed(DUE, IDLE)
    assert run.counters.calls.total() * 10 <= 33 * DUE


def test_idle_customers_cost_nothing(billed) -> None:
    few, many = billed(40, IDLE), billed(40, 100_000)
    assert calls(few) == calls(many)
    assert units(few) == units(many)
    assert few.total_minor == many.total_minor


def test_a_run_is_linear_in_what_is_due(billed) -> None:
    """What 560 more cost is at most 14 times what 40 cost, and within the budget of each."""
    few, many = billed(40, IDLE), billed(DUE, IDLE)
    grown = many.counters.since(few.counters)
    assert grown.calls.total() <= 14 * few.counters.calls.total()
    assert grown.calls.total() * 10 <= 33 * 560
    assert grown.write_unit_total <= 10 * 560
    assert grown.read_unit_total * 100 <= 205 * 560


def test_five_hundred_more_invoices_take_four_more_transitions(billed) -> None:
    """A batch is a child of each of two maps: its start and its one state."""
    one, two = billed(40, IDLE), billed(DUE, IDLE)
    assert one.machine.transitions == 10 + 4
    assert two.machine.transitions == 10 + 8
