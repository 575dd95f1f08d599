"""Snapshots: documents of one run from two versions, versions that go back or never were."""

from dataclasses import replace
from datetime import date

import pytest

from solde.ports.audit import Stored
from solde.ports.billing import PackSlice, Reservation
from solde.ports.runs import RunStatus
from solde.workflows.verify.snapshots import whole_snapshots


@pytest.fixture
def mine(stored: Stored) -> Stored:
    """The documents of acme alone, of June, 15 June and July, in order of their numbers."""
    headers = sorted(stored.headers, key=lambda one: one.number)
    stored.headers = [one for one in headers if one.customer_id == "acme"]
    assert [one.number[-1] for one in stored.headers] == ["1", "3", "4"]
    return stored


def version(stored: Stored, place: int, **fields: object) -> None:
    stored.headers[place] = replace(stored.headers[place], **fields)


def test_sound_snapshots_are_counted_by_document(stored: Stored) -> None:
    found = whole_snapshots(stored)
    assert (found.code, found.counted, found.violations) == ("I20", 5, ())


@pytest.mark.parametrize(
    ("status", "told"),
    [(RunStatus.PLANNING, False), (RunStatus.CLOSED, True), (RunStatus.CANCELLED, True)],
)
def test_only_a_live_run_holds_a_customer(mine: Stored, status: RunStatus, told: bool) -> None:
    run = replace(mine.runs[0], id="run_9", status=status)
    mine.runs.append(run)
    where = PackSlice("p", 0, 0)
    held = Reservation("run_9", "d", 1, where, (), 0, date(2013, 7, 1), None, None)
    place = next(at for at, one in enumerate(mine.states) if one.customer_id == "acme")
    mine.states[place] = replace(mine.states[place], reservation=held)
    said = ("acme: reserved by run_9, which is over",) if told else ()
    assert whole_snapshots(mine).violations == said


def test_a_version_that_the_customer_never_reached_is_told(mine: Stored) -> None:
    version(mine, 2, snapshot=99)
    (reached,) = (one.rev for one in mine.states if one.customer_id == "acme")
    said = f"FRA-2013-000004: version 99, of {reached} that there are"
    assert whole_snapshots(mine).violations == (said,)


def test_documents_of_a_run_are_of_one_version(mine: Stored) -> None:
    last = mine.headers[2]
    beside = replace(last, id="inv_9", number="FRA-2013-C000001", kind="credit_note")
    mine.headers.append(replace(beside, snapshot=last.snapshot - 1))
    said = (
        f"FRA-2013-C000001: version {last.snapshot - 1}, "
        f"but FRA-2013-000004 of the same run has {last.snapshot}"
    )
    assert whole_snapshots(mine).violations == (said,)


def test_later_documents_are_of_no_earlier_version(mine: Stored) -> None:
    first, last = mine.headers[0].snapshot, mine.headers[2].snapshot
    assert first < last
    version(mine, 0, snapshot=last)
    version(mine, 1, snapshot=last)
    version(mine, 2, snapshot=first)
    said = f"FRA-2013-000004: version {first}, after FRA-2013-000003 of {last}"
    assert whole_snapshots(mine).violations == (said,)


def test_a_document_of_a_run_says_its_version_and_a_one_off_has_none(mine: Stored) -> None:
    version(mine, 0, snapshot=0)
    said = "FRA-2013-000001: expected the version that its run has billed, found none"
    assert whole_snapshots(mine).violations == (said,)
    version(mine, 0, run_id="ono_1")
    assert whole_snapshots(mine).violations == ()
