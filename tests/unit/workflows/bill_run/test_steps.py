"""Each step of a bill run, done twice, done late, done by two."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.subscriptions import QuantityChanged
from solde.ports.runs import RunStatus
from solde.workflows.bill_run.approve import approve_plan, await_approval
from solde.workflows.bill_run.cancel import cancel_run
from solde.workflows.bill_run.close import RunIncompleteError, close_run
from solde.workflows.bill_run.open import NotRatedError, Wanted, open_run
from solde.workflows.bill_run.publish import publish_register
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from solde.workflows.bill_run.select import select_due
from solde.workflows.bill_run.sweep import sweep_runs
from tests.support.seller import ENTITY, Seller, at

JUNE = at("2013-06-01T06:00:00")
BY_PERSON = type(ENTITY)(
    **{
        **{name: getattr(ENTITY, name) for name in ENTITY.__dataclass_fields__},
        "approval": "person",
    }
)


def seller_with(count: int, **options) -> Seller:
    seller = Seller(**options)
    seller.sells("basic", "100.00")
    for number in range(count):
        seller.customer(f"c{number}")
        seller.subscribes(f"c{number}", "2013-06-01", ("basic", "1"))
    return seller


def opened(seller: Seller):
    return open_run(Wanted("FRA", date(2013, 6, 1), JUNE), seller.context)


def test_started_twice_is_one_run_and_one_set_of_invoices() -> None:
    seller = seller_with(3)
    (first,) = seller.runs_billing("2013-06-01")
    again = opened(seller)
    assert again.id == first.id
    assert again.status is RunStatus.CLOSED


def test_a_run_waits_until_usage_is_rated() -> None:
    seller = seller_with(1)
    seller.used.rated_to = date(2013, 5, 31)
    with pytest.raises(NotRatedError, match="expected usage rated up to 2013-06-01"):
        opened(seller)


def test_every_step_done_twice_changes_nothing() -> None:
    seller = seller_with(3)
    run = opened(seller)
    for _ in range(2):
        seller.plans(run.id)
    for _ in range(2):
        review_plan(run.id, seller.context)
    sealed = [seal_run(run.id, JUNE, seller.context) for _ in range(2)]
    assert sealed[0].ranges == sealed[1].ranges
    for _ in range(2):
        publish_register(run.id, seller.context)
        seller.issues(run.id, JUNE)
    for _ in range(2):
        assert close_run(run.id, seller.context).status is RunStatus.CLOSED
    numbers = [one.number for name in ("c0", "c1", "c2") for one in seller.documents(name)]
    assert numbers == ["FRA-2013-000001", "FRA-2013-000002", "FRA-2013-000003"]


def test_a_plan_is_signed_by_the_digest_that_was_shown() -> None:
    seller = seller_with(1, entity=BY_PERSON)
    run = opened(seller)
    seller.plans(run.id)
    run = review_plan(run.id, seller.context)
    assert run.status is RunStatus.PLANNED
    await_approval(run.id, "token-1", seller.context)
    with pytest.raises(StateConflictError, match="plan_digest"):
        approve_plan(run.id, plan_digest="other", by="ada", context=seller.context)
    assert seller.engine.answered == []
    approve_plan(run.id, plan_digest=run.plan_digest, by="ada", context=seller.context)
    assert seller.engine.answered == ["token-1"]
    assert seal_run(run.id, JUNE, seller.context).status is RunStatus.SEALED


def test_cancel_before_the_seal_releases_everybody_and_a_further_attempt_bills_them() -> None:
    seller = seller_with(3, entity=BY_PERSON)
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    cancel_run(run.id, JUNE, seller.context)
    assert seller.context.billing.state("c0", "FRA").reservation is None
    assert seal_run(run.id, JUNE, seller.context).status is RunStatus.CANCELLED
    further = open_run(Wanted("FRA", date(2013, 6, 1), JUNE, further=True), seller.context)
    assert further.attempt == 2
    seller.plans(further.id)
    planned = review_plan(further.id, seller.context)
    assert planned.counts["invoice"] == 3


def test_who_reserves_for_a_run_that_is_over_and_dies_holds_nobody_for_long() -> None:
    """A worker that was asked before lives 15 minutes at most; an hour later it is tidied up."""
    seller = seller_with(1, entity=BY_PERSON)
    run = opened(seller)
    seller.plans(run.id)
    held = seller.context.billing.state("c0", "FRA").reservation
    cancel_run(run.id, JUNE, seller.context)
    assert seller.context.billing.to_reserve(seller.context.billing.state("c0", "FRA"), held)()
    sweep_runs(at("2013-06-01T07:00:00"), seller.context)
    assert seller.context.billing.state("c0", "FRA").reservation == held
    sweep_runs(at("2013-06-01T07:05:00"), seller.context)
    assert seller.context.billing.state("c0", "FRA").reservation is None
    assert sweep_runs(at("2013-06-01T07:10:00"), seller.context) == []


def test_a_sealed_run_cannot_be_cancelled() -> None:
    seller = seller_with(1)
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    seal_run(run.id, JUNE, seller.context)
    with pytest.raises(StateConflictError, match="sealed"):
        cancel_run(run.id, JUNE, seller.context)


def test_a_run_closes_only_when_every_number_has_its_document() -> None:
    seller = seller_with(3)
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    seal_run(run.id, JUNE, seller.context)
    with pytest.raises(RunIncompleteError, match=r"found \[0, 1\] open"):
        close_run(run.id, seller.context)


def test_the_sweep_rolls_a_sealed_run_forward() -> None:
    seller = seller_with(3)
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    seal_run(run.id, JUNE, seller.context)
    (swept,) = sweep_runs(at("2013-06-01T08:00:00"), seller.context)
    assert swept.status is RunStatus.CLOSED
    assert len(seller.documents("c2")) == 1
    assert sweep_runs(at("2013-06-01T08:05:00"), seller.context) == []


def test_the_sweep_cancels_a_plan_nobody_signed() -> None:
    seller = seller_with(1, entity=BY_PERSON)
    run = opened(seller)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    sweep_runs(at("2013-06-05T06:00:00"), seller.context)
    assert seller.context.runs.run(run.id).status is RunStatus.PLANNED
    sweep_runs(at("2013-06-12T06:00:00"), seller.context)
    assert seller.context.runs.run(run.id).status is RunStatus.CANCELLED


def test_a_change_between_plan_and_issue_is_billed_by_the_next_run() -> None:
    """Variant B: the invoice stands as approved; the two seats more come after it."""
    seller = Seller()
    seller.sells("seat", "30.00")
    seller.customer("acme")
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "1"))
    run = opened(seller)
    seller.plans(run.id)
    seller.changes(subscription, QuantityChanged(date(2013, 6, 1), 1, "sit_0_0", Decimal(3)))
    seller.drive(run.id, JUNE)
    assert [one.net_minor for one in seller.documents("acme")] == [3000]
    seller.runs_billing("2013-06-02")
    assert [one.net_minor for one in seller.documents("acme")] == [3000, 6000]


def test_a_customer_held_by_a_live_run_is_skipped_with_the_reason() -> None:
    seller = seller_with(1, entity=BY_PERSON)
    run = opened(seller)
    seller.plans(run.id)
    other = open_run(Wanted("FRA", date(2013, 6, 2), at("2013-06-02T06:00:00")), seller.context)
    seller.plans(other.id)
    (batch,) = seller.context.runs.batches(other.id)
    assert batch.parked[0].reason == f"reserved by {run.id}"


def test_a_dry_run_reserves_nothing() -> None:
    seller = seller_with(1)
    run = open_run(Wanted("FRA", date(2013, 6, 1), JUNE, dry=True), seller.context)
    seller.plans(run.id)
    assert review_plan(run.id, seller.context).counts["invoice"] == 1
    assert seller.context.billing.state("c0", "FRA").reservation is None


def test_a_dry_run_keeps_no_real_one_away() -> None:
    """Planned and never over, it would else answer for the run of its day."""
    seller = seller_with(1)
    dry = Wanted("FRA", date(2013, 6, 1), JUNE, dry=True)
    first = open_run(dry, seller.context)
    assert open_run(dry, seller.context).id == first.id
    (real,) = seller.runs_billing("2013-06-01")
    assert (real.dry, real.attempt, real.counts["invoice"]) == (False, 2, 1)
    again = open_run(replace(dry, further=True), seller.context)
    assert (again.dry, again.attempt) == (True, 3)
    assert open_run(replace(dry, further=True), seller.context).attempt == 4


def test_a_dry_run_after_a_closed_one_hides_it_from_no_one() -> None:
    seller = seller_with(1)
    (closed,) = seller.runs_billing("2013-06-01")
    wanted = Wanted("FRA", date(2013, 6, 1), JUNE)
    dry = open_run(replace(wanted, dry=True, further=True), seller.context)
    assert (dry.dry, dry.attempt) == (True, 2)
    assert open_run(wanted, seller.context).id == closed.id
    assert open_run(replace(wanted, further=True), seller.context).attempt == 3


def test_a_dry_run_cannot_be_approved() -> None:
    seller = seller_with(1)
    run = open_run(Wanted("FRA", date(2013, 6, 1), JUNE, dry=True), seller.context)
    seller.plans(run.id)
    digest = review_plan(run.id, seller.context).plan_digest
    with pytest.raises(StateConflictError, match="dry run"):
        approve_plan(run.id, plan_digest=digest, by="x", context=seller.context)


def test_the_register_is_chained_and_copied() -> None:
    seller = seller_with(2)
    (june,) = seller.runs_billing("2013-06-01")
    (july,) = seller.runs_billing("2013-07-01")
    first = seller.context.runs.record("FRA-2013", 2)
    second = seller.context.runs.record("FRA-2013", 3)
    assert (first.first, first.last, first.run_id) == (1, 2, june.id)
    assert (second.first, second.last, second.run_id) == (3, 4, july.id)
    assert second.previous_hash == first.hash
    assert f"register/FRA-2013/{3:012d}.json" in seller.objects.bodies


def test_a_selection_made_once_stays() -> None:
    seller = seller_with(1)
    run = opened(seller)
    first = select_due(run.id, seller.context)
    seller.customer("late")
    seller.subscribes("late", "2013-06-01", ("basic", "1"))
    assert select_due(run.id, seller.context) == first
