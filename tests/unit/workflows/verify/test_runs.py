"""Runs, deliveries and mails: who was due and is not told of, and what lies about unfinished."""

from dataclasses import replace
from datetime import timedelta

import pytest

from solde.ports.audit import Stored
from solde.ports.payments import DeliveryStatus
from solde.ports.runs import Parked, RunStatus
from solde.workflows.verify.runs import (
    deliveries_worked,
    mails_ended,
    parked_explained,
    runs_complete,
    runs_finished,
)
from tests.support.seller import at

NOW = at("2013-07-01T12:00:00")


def test_sound_runs_say_how_much_was_looked_at(stored: Stored) -> None:
    found = [
        runs_complete(stored),
        parked_explained(stored),
        runs_finished(stored, NOW),
        deliveries_worked(stored, NOW),
        mails_ended(stored),
    ]
    assert [(one.code, one.counted, one.violations) for one in found] == [
        ("I18", 4, ()),
        ("I21", 0, ()),
        ("I17", 4, ()),
        ("I12", 2, ()),
        ("I22", 5, ()),
    ]


def test_everybody_due_is_in_a_batch(stored: Stored) -> None:
    run = stored.runs[0]
    stored.runs[0] = replace(run, due=run.due + 1)
    said = f"{run.id}: customers: expected {run.due + 1}, found {run.due}"
    assert runs_complete(stored).violations == (said,)


def test_a_document_that_is_missing_is_missed_in_count_and_amount(stored: Stored) -> None:
    lost = stored.headers.pop()
    run = next(one for one in stored.runs if one.id == lost.run_id)
    minor = run.counts["minor"]
    taken = sum(one.last - one.first + 1 for one in run.ranges)
    assert runs_complete(stored).violations == (
        f"{run.id}: amount: expected {minor}, found {minor - lost.gross_minor}",
        f"{run.id}: documents: expected {taken}, found {taken - 1}",
    )


def test_a_credit_note_counts_against_the_amount_of_its_run(stored: Stored) -> None:
    header = stored.headers[0]
    stored.headers[0] = replace(header, kind="credit_note")
    (said,) = runs_complete(stored).violations
    run = next(one for one in stored.runs if one.id == header.run_id)
    minor = run.counts["minor"]
    assert said == f"{run.id}: amount: expected {minor}, found {minor - 2 * header.gross_minor}"


def test_a_run_that_is_not_closed_owes_nothing_yet(stored: Stored) -> None:
    stored.runs = [replace(one, status=RunStatus.SEALED, due=99) for one in stored.runs]
    assert runs_complete(stored).violations == ()


@pytest.mark.parametrize("parked", [Parked("bolt", "", "a reason"), Parked("bolt", "code", "")])
def test_who_is_parked_is_told_why(stored: Stored, parked: Parked) -> None:
    batch = replace(stored.batches[0], parked=(parked, Parked("acme", "code", "a reason")))
    stored.batches[0] = batch
    found = parked_explained(stored)
    assert found.counted == 2
    assert found.violations == (f"{batch.run_id}: bolt is parked without a reason",)


def test_two_runs_of_one_attempt_are_told(stored: Stored) -> None:
    run = stored.runs[0]
    stored.runs.append(replace(run, id="run_2"))
    said = f"run_2: same entity, day and attempt as {run.id}"
    assert runs_finished(stored, NOW).violations == (said,)
    stored.runs[-1] = replace(run, id="run_2", attempt=run.attempt + 1)
    assert runs_finished(stored, NOW).violations == ()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (RunStatus.PLANNING, True),
        (RunStatus.PLANNED, False),  # waits for a signature, which may take a month
        (RunStatus.APPROVED, True),
        (RunStatus.SEALED, True),
        (RunStatus.CLOSED, False),
        (RunStatus.CANCELLED, False),
    ],
)
def test_a_run_that_stands_still_for_a_day_is_told(stored: Stored, status, told) -> None:
    run = replace(stored.runs[0], status=status)
    stored.runs = [run]
    day = run.opened_at + timedelta(hours=24)
    assert runs_finished(stored, day).violations == ()
    said = (f"{run.id}: {status.value} since {run.opened_at.isoformat()}",)
    late = runs_finished(stored, day + timedelta(seconds=1)).violations
    assert late == (said if told else ())


def test_a_delivery_that_waits_longer_than_ten_minutes_is_told(stored: Stored) -> None:
    one = replace(stored.deliveries[0], status=DeliveryStatus.OPEN)
    stored.deliveries[0] = one
    limit = one.received_at + timedelta(minutes=10)
    assert deliveries_worked(stored, limit).violations == ()
    said = f"{one.event_id}: open since {one.received_at.isoformat()}"
    assert deliveries_worked(stored, limit + timedelta(seconds=1)).violations == (said,)


def test_a_parked_delivery_has_a_note(stored: Stored) -> None:
    one = replace(stored.deliveries[0], status=DeliveryStatus.PARKED, note="")
    stored.deliveries[0] = one
    said = f"{one.event_id}: parked without a reason"
    assert deliveries_worked(stored, NOW).violations == (said,)
    stored.deliveries[0] = replace(one, note="no such invoice")
    assert deliveries_worked(stored, NOW).violations == ()


@pytest.mark.parametrize("state", ["sent", "suppressed", "failed", "bounced", "complained"])
def test_a_mail_has_ended(stored: Stored, state: str) -> None:
    stored.mail_jobs = [replace(job, state=state) for job in stored.mail_jobs]
    assert mails_ended(stored).violations == ()


def test_a_mail_that_is_under_way_doubled_or_missing_is_told(stored: Stored) -> None:
    numbers = {one.id: one.number for one in stored.headers}
    first, second, third, *rest = stored.mail_jobs
    stored.mail_jobs = [replace(first, state="sending"), second, second, *rest]
    assert sorted(mails_ended(stored).violations) == sorted(
        [
            f"{numbers[first.invoice_id]}: its mail is 'sending'",
            f"{numbers[second.invoice_id]}: mail jobs: expected 1, found 2",
            f"{numbers[third.invoice_id]}: mail jobs: expected 1, found 0",
        ]
    )
