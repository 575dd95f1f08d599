"""The billing state: what each write sets, removes, and presumes."""

from dataclasses import replace
from datetime import date

import pytest

from solde.ports.billing import BillingState, Issue, PackSlice, Reservation
from solde.storage import keys
from solde.storage.billing_state import (
    changed,
    issued,
    marked_by_usage,
    new_state,
    released,
    reserved,
    state_from_item,
)
from solde.storage.reading import CorruptItemError
from solde.storage.table import ConditionFailedError
from tests.support.model_table import ModelTable

JANUARY, FEBRUARY, MARCH = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)
HELD = Reservation(
    run_id="run_1",
    digest="d1",
    rev=1,
    drafts=PackSlice("packs/1", 10, 20),
    kinds=("invoice",),
    total_minor=120_00,
    through=FEBRUARY,
    next_due_on=MARCH,
    covered_to=MARCH,
)
ISSUE = Issue("cus_1", "fr", HELD, (), ())


@pytest.fixture
def table() -> ModelTable:
    """One customer who has something due on 1 February."""
    made = ModelTable()
    made.write(new_state("cus_1", "fr"))
    state = state_of(made)
    after = state.changed(effective_on=FEBRUARY, due_on=FEBRUARY, today=JANUARY)
    made.write(changed(state, after))
    return made


def state_of(table: ModelTable) -> BillingState:
    return state_from_item(table.get(keys.billing_state("cus_1", "fr")))


def test_a_state_is_born_once_and_owes_nothing() -> None:
    table = ModelTable()
    table.write(new_state("cus_1", "fr", invoice_day=31))
    assert state_of(table) == BillingState("cus_1", "fr", ver=0, rev=0, invoice_day=31)
    with pytest.raises(ConditionFailedError):
        table.write(new_state("cus_1", "fr"))


def test_a_change_moves_the_revision_and_the_due_day(table) -> None:
    state = state_of(table)
    assert (state.rev, state.due_on) == (1, FEBRUARY)
    item = table.get(keys.billing_state("cus_1", "fr"))
    assert item["due_sk"] == "2027-02-01#cus_1"
    with pytest.raises(ConditionFailedError):  # two changes never take the same revision
        table.write(changed(replace(state, rev=0), replace(state, rev=1)))
    nothing = replace(state, rev=2, due_on=None)
    table.write(changed(state, nothing))
    assert state_of(table) == nothing


def test_a_plan_holds_a_customer_for_one_run(table) -> None:
    before = state_of(table)
    table.write(reserved(before, HELD))
    held = state_of(table)
    assert held == replace(before, ver=1, reservation=HELD)
    with pytest.raises(ConditionFailedError):
        table.write(reserved(before, replace(HELD, run_id="run_2")))
    with pytest.raises(ConditionFailedError):
        table.write(released("cus_1", "fr", "run_2", held.ver))
    table.write(released("cus_1", "fr", "run_1", held.ver))
    assert state_of(table) == replace(before, ver=2)


def test_a_run_that_is_over_is_taken_over_by_name(table) -> None:
    table.write(reserved(state_of(table), HELD))
    table.write(reserved(state_of(table), replace(HELD, run_id="run_2", digest="d2")))
    assert state_of(table).reservation == replace(HELD, run_id="run_2", digest="d2")


def test_issued_as_planned_the_next_day_due_is_set(table) -> None:
    table.write(reserved(state_of(table), HELD))
    table.write(issued(ISSUE, None))
    assert state_of(table) == BillingState(
        "cus_1", "fr", ver=1, rev=1, through=FEBRUARY, covered_to=MARCH, due_on=MARCH
    )


def test_issued_and_nothing_more_is_due(table) -> None:
    last = replace(HELD, next_due_on=None, covered_to=None)
    table.write(reserved(state_of(table), last))
    table.write(issued(replace(ISSUE, reservation=last), None))
    found = state_of(table)
    assert (found.through, found.due_on, found.covered_to) == (FEBRUARY, None, None)
    assert "due_pk" not in table.get(keys.billing_state("cus_1", "fr"))


def test_what_changed_between_plan_and_issue_is_looked_at_again(table) -> None:
    """Variant B: the due day stays, and everything since the old watermark is reopened."""
    table.write(reserved(state_of(table), HELD))
    state = state_of(table)
    table.write(changed(state, replace(state, rev=2)))
    with pytest.raises(ConditionFailedError):
        table.write(issued(ISSUE, None))
    table.write(issued(ISSUE, state_of(table)))
    found = state_of(table)
    assert (found.through, found.due_on, found.dirty_from) == (FEBRUARY, FEBRUARY, date.min)


@pytest.mark.parametrize(
    ("used_on", "dirty_from", "due_on"),
    [
        (date(2027, 1, 31), date(2027, 1, 31), date(2027, 2, 10)),  # billed: due again, today
        (FEBRUARY, None, MARCH),  # its charge comes when its period ends
        (date(2027, 2, 5), None, MARCH),
    ],
)
def test_usage_of_a_day_that_is_billed_makes_it_due_again(table, used_on, dirty_from, due_on):
    table.write(reserved(state_of(table), HELD))
    table.write(issued(ISSUE, None))
    table.write(marked_by_usage(state_of(table), used_on, date(2027, 2, 10)))
    found = state_of(table)
    assert (found.rev, found.dirty_from, found.due_on) == (2, dirty_from, due_on)


def test_a_state_that_cannot_be_read_is_named(table) -> None:
    item = table.get(keys.billing_state("cus_1", "fr"))
    with pytest.raises(CorruptItemError, match="item A#cus_1 B#0#fr"):
        state_from_item(item | {"through": "soon"})
