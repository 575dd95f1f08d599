"""Subscribe: what a plan becomes, when it falls due, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError, StateConflictError, StoreUnavailableError
from solde.domain.periods import Cycle, Unit
from solde.domain.trials import Trial
from solde.workflows.subscribe import Billing, ordered, state_with, subscribe
from tests.support.desk import Desk, noon

D = Decimal
TODAY = date(2013, 6, 10)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def due_on(desk: Desk) -> date | None:
    state = desk.seller.context.billing.state("acme", "FRA")
    return state.due_on if state else None


def test_a_plan_becomes_items_with_the_quantities_asked_for(desk: Desk) -> None:
    made = desk.subscribes("2013-06-10", 5)
    assert [(one.component, one.price_id, one.quantity) for one in made.items] == [
        ("seat", "team_seat", D(5)),
        ("fee", "team_fee", D(1)),
    ]
    assert len({one.id for one in made.items}) == 2
    assert (made.plan_id, made.currency, made.subscriber_id) == ("team", "EUR", "acme")
    kept = desk.seller.context.billing.load("acme", "FRA").subscriptions
    assert kept == (made,)


def test_it_is_due_on_the_day_of_its_first_charge(desk: Desk) -> None:
    desk.subscribes("2013-06-10")
    assert due_on(desk) == TODAY
    (run,) = desk.seller.runs_billing("2013-06-10")
    # three seats for 21 of 30 days: 3 × 9.99 × 21/30 = 20.979
    assert run.counts["minor"] == 25_09  # 20.98 and 19.6 % of it, 4.11
    desk.subscribes("2013-07-05")
    assert due_on(desk) == date(2013, 7, 1)


def test_one_that_began_before_what_is_billed_is_due_today(desk: Desk) -> None:
    desk.subscribes("2013-06-01")
    desk.seller.runs_billing("2013-06-01")
    desk.seller.runs_billing("2013-07-01")
    subscribe(desk.order("2013-06-20"), noon("2013-07-03"), desk.context)
    assert due_on(desk) == date(2013, 7, 3)


@pytest.mark.parametrize(
    ("more", "cycle"),
    [
        ({}, Cycle(Unit.MONTH, 1, date(2013, 6, 1))),
        ({"anchor_on": date(2013, 6, 20)}, Cycle(Unit.MONTH, 1, date(2013, 6, 20))),
        ({"billing": Billing.ANNIVERSARY}, Cycle(Unit.MONTH, 1, TODAY)),
        ({"billing": Billing.CALENDAR}, Cycle(Unit.MONTH, 1, date(2013, 1, 1))),
        (
            {"billing": Billing.ANNIVERSARY, "trial": Trial(date(2013, 6, 24))},
            Cycle(Unit.MONTH, 1, date(2013, 6, 24)),
        ),
    ],
)
def test_periods_begin_as_is_said(desk: Desk, more, cycle: Cycle) -> None:
    assert ordered(desk.order("2013-06-10", **more), desk.context).cycle == cycle


def test_a_day_and_a_way_of_billing_that_gives_another_are_refused(desk: Desk) -> None:
    order = desk.order("2013-06-10", anchor_on=TODAY, billing=Billing.CALENDAR)
    with pytest.raises(InvalidError, match="expected either a day or billing") as refused:
        ordered(order, desk.context)
    assert refused.value.pointer == "/anchor_on"


def test_a_quantity_of_what_the_plan_has_not_is_refused(desk: Desk) -> None:
    before = dict(desk.seller.table.items)
    with pytest.raises(
        InvalidError, match=r"expected components \['fee', 'seat'\], found 'x'"
    ) as no:
        desk.subscribes("2013-06-10", quantities={"x": D(1)})
    assert no.value.pointer == "/quantities/x"
    assert desk.seller.table.items == before


def test_a_name_is_for_one(desk: Desk) -> None:
    desk.subscribes("2013-06-10", external_id="S1")
    before = dict(desk.seller.table.items)
    with pytest.raises(StateConflictError, match="external_id: expected one not in use"):
        desk.subscribes("2013-06-10", external_id="S1")
    assert desk.seller.table.items == before


def test_what_is_only_ordered_is_not_written(desk: Desk) -> None:
    before = dict(desk.seller.table.items)
    made = ordered(desk.order("2013-06-10"), desk.context)
    held = desk.seller.context.billing.load("acme", "FRA")
    after = state_with(made, held, TODAY, desk.context)
    assert (after.due_on, after.rev) == (TODAY, held.state.rev + 1)
    assert desk.seller.table.items == before


def test_a_customer_who_changes_again_and_again_is_given_up(desk: Desk, monkeypatch) -> None:
    tries = []
    monkeypatch.setattr(
        desk.context.subscriptions, "create", lambda *_, **__: bool(tries.append(1))
    )
    with pytest.raises(StoreUnavailableError, match="acme: changed 6 times"):
        desk.subscribes("2013-06-10")
    assert len(tries) == 6
