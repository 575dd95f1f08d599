"""Run records: whoever comes second reads what the first did; nothing goes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.invoicing.envelope import Range
from solde.ports.runs import BatchRecord, Head, RegisterRecord, Run, RunStatus
from solde.storage.runs import RunTable
from tests.support.model_table import ModelTable

AT = datetime(2027, 1, 31, 5, tzinfo=UTC)
DAY = date(2027, 1, 31)
RUN = Run("run_1", "fr", DAY, 1, RunStatus.PLANNING, AT, {"engine": "1"})
NO_HEAD = Head("F-2027", 0, "", None)


def record(first: int, last: int, previous: str = "") -> RegisterRecord:
    return RegisterRecord(
        series="F-2027",
        kind="invoice",
        first=first,
        last=last,
        issued_on=DAY,
        sealed_at=AT,
        run_id="run_1",
        plan_digest="p",
        totals={"EUR": 120_00},
        previous_hash=previous,
        hash=f"h{last}",
    )


@pytest.fixture
def store() -> RunTable:
    made = RunTable(ModelTable())
    made.open(RUN)
    return made


def planned(store: RunTable) -> Run:
    store.select("run_1", digest="s", batches=2, due=5)
    return store.plan("run_1", digest="p", counts={"invoice": 5})


def test_a_day_has_one_run_an_attempt(store) -> None:
    assert store.open(replace(RUN, id="run_other")) == RUN
    second = replace(RUN, id="run_2", attempt=2)
    assert store.open(second) == second
    assert store.attempts("fr", DAY) == [RUN, second]
    assert store.attempts("fr", date(2027, 2, 28)) == []
    assert store.unfinished() == ["run_1", "run_2"]
    store.settled("run_1")
    assert store.unfinished() == ["run_2"]


@pytest.mark.parametrize("run_id", ["run_none", "x" * 200])
def test_a_run_that_never_was_is_not_found(store, run_id) -> None:
    with pytest.raises(NotFoundError, match="run: expected run_…"):
        store.run(run_id)


def test_what_was_selected_first_stays(store) -> None:
    first = store.select("run_1", digest="s", batches=2, due=5)
    assert (first.select_digest, first.batches, first.due) == ("s", 2, 5)
    assert store.select("run_1", digest="t", batches=9, due=9) == first


def test_what_was_planned_first_stays(store) -> None:
    first = planned(store)
    assert (first.status, first.plan_digest, first.counts) == (
        RunStatus.PLANNED,
        "p",
        {"invoice": 5},
    )
    assert store.plan("run_1", digest="q", counts={}) == first


def test_batches_are_written_once_and_read_in_order(store) -> None:
    one = BatchRecord("run_1", 10, "e", {}, {}, 0, (), 1)
    two = replace(one, number=2)
    assert (store.put_batch(one), store.put_batch(two)) == (one, two)
    assert store.put_batch(replace(one, entries_digest="x")) == one
    assert [each.number for each in store.batches("run_1")] == [2, 10]
    store.mark_issued("run_1", 10, 3)
    assert store.batch("run_1", 10).issued == 3
    with pytest.raises(NotFoundError, match="expected 4 of run run_1, found nothing"):
        store.batch("run_1", 4)


def test_a_plan_is_signed_as_it_was_read(store) -> None:
    with pytest.raises(StateConflictError, match="the run is planning"):
        store.approve("run_1", plan_digest="", by="anna")
    planned(store)
    with pytest.raises(StateConflictError, match="expected 'p' of a planned run, found 'q'"):
        store.approve("run_1", plan_digest="q", by="anna")
    signed = store.approve("run_1", plan_digest="p", by="anna")
    assert (signed.status, signed.approved_by) == (RunStatus.APPROVED, "anna")
    assert store.approve("run_1", plan_digest="p", by="bert") == signed  # once


def test_the_execution_that_waits_is_remembered(store) -> None:
    assert store.task_token("run_1") == ""
    store.wait_with("run_1", "token")
    assert store.task_token("run_1") == "token"


def sealed(store: RunTable) -> Run:
    planned(store)
    run = store.approve("run_1", plan_digest="p", by="anna")
    taken = Range("F-2027", "invoice", 1, 5, DAY, AT)
    done = store.seal(replace(run, sealed_at=AT, ranges=(taken,)), [record(1, 5)], [NO_HEAD])
    assert done is not None
    return done


def test_a_seal_takes_its_numbers_once(store) -> None:
    run = sealed(store)
    assert (run.status, run.sealed_at, run.ranges[0].last) == (RunStatus.SEALED, AT, 5)
    assert store.seal(run, [record(1, 5)], [NO_HEAD]) is None
    assert store.head("F-2027") == Head("F-2027", 5, "h5", DAY)
    assert store.record("F-2027", 3) == record(1, 5)
    assert store.record("F-2027", 6) is None
    assert store.record("F-2026", 1) is None


def test_a_run_that_is_sealed_is_closed_and_not_cancelled(store) -> None:
    assert store.close("run_1").status is RunStatus.PLANNING
    sealed(store)
    with pytest.raises(StateConflictError, match="one that is not sealed, found it sealed"):
        store.cancel("run_1", at=AT)
    assert store.close("run_1").status is RunStatus.CLOSED


def test_a_run_that_is_cancelled_is_never_sealed(store) -> None:
    planned(store)
    run = store.approve("run_1", plan_digest="p", by="anna")
    cancelled = store.cancel("run_1", at=AT)
    assert (cancelled.status, cancelled.cancelled_at) == (RunStatus.CANCELLED, AT)
    assert store.cancel("run_1", at=AT + timedelta(days=1)) == cancelled
    assert store.seal(replace(run, sealed_at=AT), [record(1, 5)], [NO_HEAD]) is None
    with pytest.raises(StateConflictError, match="the run is cancelled"):
        store.approve("run_1", plan_digest="p", by="anna")
