"""On a day with other rates than the plan's the seal is refused, and planned again (R17)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.tax import SHIPPED, Exchange, Regime
from solde.domain.tax.rates import Mode, Rate
from solde.ports.records import Record
from solde.ports.runs import Run, RunStatus
from solde.storage.exchange import put_rate
from solde.storage.regimes import RegimeTable
from solde.workflows.bill_run.approve import approve_plan
from solde.workflows.bill_run.open import Wanted, open_run
from solde.workflows.bill_run.review import review_plan
from solde.workflows.bill_run.seal import seal_run
from solde.workflows.bill_run.sweep import sweep_runs
from tests.support.seller import ENTITY, Seller, at

JUNE, LATER = at("2013-06-01T06:00:00"), at("2013-06-03T06:00:00")
BY_PERSON = replace(ENTITY, approval="person")
DOLLARS = replace(BY_PERSON, currency="USD")
FRANCE = SHIPPED["FR"].classes["standard"]


def planned(seller: Seller) -> Run:
    """Plan June for 100.00 a customer, and sign it as Ada does."""
    run = open_run(Wanted("FRA", date(2013, 6, 1), JUNE), seller.context)
    seller.plans(run.id)
    run = review_plan(run.id, seller.context)
    return approve_plan(run.id, plan_digest=run.plan_digest, by="ada", context=seller.context)


def selling(entity=BY_PERSON) -> Seller:
    seller = Seller(entity=entity)
    seller.sells("basic", "100.00")
    for name in ("c0", "c1", "c2"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("basic", "1"))
    return seller


def abroad() -> Seller:
    """The prices are in dollars, the books in euros; 1.30 dollars a euro at the end of May."""
    seller = selling(DOLLARS)
    euros = replace(BY_PERSON, version=2)
    seller.context.entities.put(euros)
    rate(seller, "2013-05-31", "1.30")
    return seller


def rate(seller: Seller, on: str, value: str) -> None:
    one = Exchange("EUR", "USD", date.fromisoformat(on), Decimal(value), "ECB")
    put_rate(seller.table, one, Record(None, None))


def law(seller: Seller, version: int, *rows: Rate) -> None:
    regime = Regime("FR", version, {"standard": (FRANCE[0], *rows)})
    RegimeTable(seller.table).put(regime, Record(None, None, version=version))


def following(seller: Seller) -> Run:
    """Plan the attempt that was opened instead."""
    *_, run = seller.context.runs.attempts("FRA", date(2013, 6, 1))
    seller.plans(run.id)
    return review_plan(run.id, seller.context)


def test_where_no_rate_has_moved_the_day_of_the_seal_is_free() -> None:
    seller = abroad()
    rate(seller, "2013-06-04", "1.40")  # known after the seal
    run = seal_run(planned(seller).id, LATER, seller.context)
    assert (run.status, run.ranges[0].issued_on) == (RunStatus.SEALED, date(2013, 6, 3))


def test_another_rate_of_exchange_wants_a_new_plan_and_a_new_approval() -> None:
    """19.60 dollars of tax are 15.08 euros at 1.30, and 14.00 at 1.40."""
    seller = abroad()
    run = planned(seller)
    rate(seller, "2013-06-02", "1.40")
    refused = seal_run(run.id, LATER, seller.context)
    assert (refused.status, refused.refused) == (
        RunStatus.CANCELLED,
        "exchange rate of USD: planned 1.30 of 2013-05-31, found 1.40 of 2013-06-02 on 2013-06-03",
    )
    assert refused.ranges == ()
    assert seller.context.billing.state("c0", "FRA").reservation is None
    again = following(seller)
    assert (again.attempt, again.status) == (2, RunStatus.PLANNED)
    assert seller.engine.started[-1] == again.id
    approve_plan(again.id, plan_digest=again.plan_digest, by="bob", context=seller.context)
    seller.drive(again.id, LATER)
    (header,) = seller.documents("c0")
    assert seller.document(header)["accounting"]["tax"] == 14_00


@pytest.mark.parametrize("mode", [Mode.BY_DAYS, Mode.AT_PERIOD_END])
def test_an_approval_stays_where_the_drafts_are_the_same(mode: Mode) -> None:
    """A law of 2014 says nothing of June 2013."""
    seller = selling()
    run = planned(seller)
    law(seller, 1, Rate(date(2014, 1, 1), Decimal(25), "law", mode))
    assert seal_run(run.id, LATER, seller.context).refused.startswith("tax: the rates of FR")
    again = following(seller)
    assert (again.status, again.approved_by) == (RunStatus.APPROVED, "ada")
    assert again.plan_digest != run.plan_digest
    assert seal_run(again.id, LATER, seller.context).status is RunStatus.SEALED


def test_another_rate_of_tax_wants_a_new_approval() -> None:
    """A law of 15 June comes while the plan waits: 14 days of 30 at 19.6 %, 16 at 25 %."""
    seller = selling()
    run = planned(seller)
    law(seller, 1, Rate(date(2013, 6, 15), Decimal(25), "law"))
    assert seal_run(run.id, LATER, seller.context).status is RunStatus.CANCELLED
    again = following(seller)
    assert (again.status, again.approved_by) == (RunStatus.PLANNED, "")
    approve_plan(again.id, plan_digest=again.plan_digest, by="ada", context=seller.context)
    seller.drive(again.id, LATER)
    (header,) = seller.documents("c0")
    taxes = seller.document(header)["taxes"]
    # 46.67 × 0.196 = 9.14732; 53.33 × 0.25 = 13.3325
    assert [(one["rate"], one["base"], one["tax"]) for one in taxes] == [
        ("19.6", 46_67, 9_15),
        ("25", 53_33, 13_33),
    ]


def test_a_rate_at_payment_that_begins_meanwhile_is_that_of_the_seal() -> None:
    seller = selling()
    law(seller, 1, Rate(date(2013, 6, 2), Decimal(25), "law", Mode.AT_PAYMENT))
    run = planned(seller)
    assert seal_run(run.id, JUNE, seller.context).status is RunStatus.SEALED
    seller = selling()
    law(seller, 1, Rate(date(2013, 6, 2), Decimal(25), "law", Mode.AT_PAYMENT))
    run = planned(seller)
    assert seal_run(run.id, LATER, seller.context).status is RunStatus.CANCELLED
    *_, again = seller.context.runs.attempts("FRA", date(2013, 6, 1))
    assert again.opened_at == LATER
    again = following(seller)
    assert again.counts["minor"] == 375_00  # 3 × 125.00


def test_who_trusts_his_plans_signs_the_next_one_too() -> None:
    seller = selling(ENTITY)
    run = open_run(Wanted("FRA", date(2013, 6, 1), JUNE), seller.context)
    seller.plans(run.id)
    review_plan(run.id, seller.context)
    law(seller, 1, Rate(date(2013, 6, 15), Decimal(25), "law"))
    seal_run(run.id, JUNE, seller.context)
    assert following(seller).approved_by == "policy:automatic"


@pytest.mark.parametrize("again", ["seal", "sweep"])
def test_a_refusal_that_died_before_the_next_plan_is_finished(again: str) -> None:
    seller = selling()
    run = planned(seller)
    seller.context.runs.cancel(run.id, at=LATER, reason="tax: …")
    for _ in range(2):
        if again == "seal":
            seal_run(run.id, LATER, seller.context)
        else:
            sweep_runs(LATER, seller.context)
    attempts = seller.context.runs.attempts("FRA", date(2013, 6, 1))
    assert [(one.attempt, one.status) for one in attempts] == [
        (1, RunStatus.CANCELLED),
        (2, RunStatus.PLANNING),
    ]
    assert seller.engine.started[-1] == attempts[1].id


def test_a_run_that_was_cancelled_by_hand_is_not_planned_again() -> None:
    seller = selling()
    run = planned(seller)
    seller.context.runs.cancel(run.id, at=LATER)
    assert seal_run(run.id, LATER, seller.context).refused == ""
    assert len(seller.context.runs.attempts("FRA", date(2013, 6, 1))) == 1
