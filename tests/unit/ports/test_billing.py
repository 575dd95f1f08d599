"""How a change of what is to be billed moves the billing state."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.ports.billing import BillingState, PackSlice, Reservation

TODAY = date(2027, 3, 10)
FRESH = BillingState("cus_1", "fr", ver=0, rev=4)
BILLED = replace(FRESH, through=date(2027, 3, 1), covered_to=date(2027, 4, 1))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("state", "effective", "due", "expected"),
    [
        # nothing billed: due when its first charge is, or what is due before
        (FRESH, "2027-03-15", "2027-03-15", (None, "2027-03-15")),
        (FRESH, "2027-03-15", None, (None, None)),
        (replace(FRESH, due_on=date(2027, 3, 2)), "2027-03-15", "2027-03-15", (None, "2027-03-02")),
        # up to the watermark, or inside a period that is billed: reopened, and due today
        (BILLED, "2027-02-20", "2027-02-20", ("2027-02-20", "2027-03-10")),
        (BILLED, "2027-03-01", "2027-03-01", ("2027-03-01", "2027-03-10")),
        (BILLED, "2027-03-31", "2027-03-31", ("2027-03-31", "2027-03-10")),
        (BILLED, "2027-04-01", "2027-04-01", (None, "2027-04-01")),
        # the earliest day that was reopened stays
        (
            replace(BILLED, dirty_from=date(2027, 1, 5)),
            "2027-02-20",
            None,
            ("2027-01-05", "2027-03-10"),
        ),
        # with an invoice day it waits for it
        (replace(FRESH, invoice_day=31), "2027-03-15", "2027-03-15", (None, "2027-03-31")),
        (replace(BILLED, invoice_day=5), "2027-02-20", "2027-02-20", ("2027-02-20", "2027-04-05")),
    ],
)
def test_what_a_change_reopens_and_when_it_is_due(state, effective, due, expected) -> None:
    found = state.changed(effective_on=day(effective), due_on=day(due), today=TODAY)
    assert (found.dirty_from, found.due_on) == tuple(map(day, expected))
    assert found.rev == 5


days = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@given(changes=st.lists(st.tuples(days, days), min_size=2, max_size=5), order=st.randoms())
def test_the_order_of_changes_is_of_no_account(changes, order) -> None:
    shuffled = list(changes)
    order.shuffle(shuffled)
    found = []
    for facts in (changes, shuffled):
        state = BILLED
        for effective_on, due_on in facts:
            state = state.changed(effective_on=effective_on, due_on=due_on, today=TODAY)
        found.append(state)
    assert found[0] == found[1]


def test_a_reservation_is_of_one_run() -> None:
    held = Reservation("run_1", "d", 4, PackSlice("p", 0, 1), ("invoice",), 1, TODAY, None, None)
    state = replace(FRESH, reservation=held)
    assert (state.reserved_by("run_1"), state.reserved_by("run_2")) == (held, None)
    assert FRESH.reserved_by("run_1") is None
