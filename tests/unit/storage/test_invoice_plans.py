"""Invoice plans as stored: once, with their lines and the billing state, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import Product
from solde.domain.invoice_plans import Advance, InvoicePlan, Milestone
from solde.storage.invoice_plans import InvoicePlanTable
from tests.support.seller import Seller

AT = datetime(2013, 6, 2, tzinfo=UTC)
ON = date(2013, 7, 1)
PLAN = InvoicePlan(
    "pln_1",
    "acme",
    "FRA",
    Product("site", "Web site", "standard", "706", "C62"),
    "EUR",
    "Web site",
    (Milestone("order", 300_00, ON), Milestone("delivery", 700_00, None)),
)


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.customer("acme")
    return made


def made(seller: Seller, plan: InvoicePlan = PLAN, *, moved: int = 0) -> bool:
    read = seller.context.billing.state("acme", "FRA")
    read = replace(read, rev=read.rev + moved)
    after = replace(read, rev=read.rev + 1, due_on=ON)
    table = InvoicePlanTable(seller.table)
    return table.make(plan, plan.dated(), read=read, after=after, at=AT)


def test_a_plan_comes_back_with_its_lines_among_the_facts_of_its_customer(seller) -> None:
    assert made(seller)
    table = InvoicePlanTable(seller.table)
    assert table.plan("acme", "pln_1") == PLAN
    assert table.plans("acme") == [PLAN]
    assert table.plan("acme", "pln_2") is None
    found = seller.context.billing.load("acme", "FRA")
    assert found.adjustments == PLAN.dated()
    assert found.state.due_on == ON


def test_a_plan_is_written_once(seller) -> None:
    assert made(seller)
    before = dict(seller.table.items)
    assert not made(seller, replace(PLAN, description="Another"))
    assert seller.table.items == before


def test_nothing_is_written_where_the_customer_moved_meanwhile(seller) -> None:
    before = dict(seller.table.items)
    assert not made(seller, moved=1)
    assert seller.table.items == before


def test_a_plan_of_events_alone_moves_nobody(seller) -> None:
    before = seller.context.billing.state("acme", "FRA")
    events = replace(PLAN, milestones=PLAN.milestones[1:])
    assert made(seller, events, moved=1)
    assert seller.context.billing.state("acme", "FRA") == before


@pytest.mark.parametrize(
    "advance", [Advance(Decimal("33.3")), Advance(None, 300_00), Advance(Decimal(30))]
)
def test_a_deposit_that_waits_comes_back(seller: Seller, advance: Advance) -> None:
    plan = replace(PLAN, purchase_order="BC-1", advance=advance)
    assert made(seller, plan)
    assert InvoicePlanTable(seller.table).plan("acme", "pln_1") == plan
