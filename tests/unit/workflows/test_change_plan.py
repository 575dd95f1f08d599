"""A change of plan: what goes along, from which day it counts, and by which periods."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError
from solde.domain.periods import Cycle, Unit
from solde.domain.subscriptions.effect import Moment
from solde.domain.trials import Trial
from solde.workflows.change_plan import Anchor, Switch, change_plan
from solde.workflows.changes import Added, Which, add_item, change_quantity
from tests.support.desk import Desk

D = Decimal
TODAY = "2013-06-15"
DAY, JULY = date(2013, 6, 15), date(2013, 7, 1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def sold(desk: Desk):
    """Three seats at 9.99 and a fee of 19.99, by calendar month from 1 June."""
    return desk.subscribes("2013-06-01")


def switched(desk: Desk, sold, to, when=None, on: str = TODAY, **more):
    switch = Switch(to, more.pop("quantities", {}), more.pop("anchor", None))
    return desk.changes(sold, change_plan(switch, when, desk.context.new_id), on).changes[-1]


def test_the_items_of_a_component_go_along_with_their_quantity(desk: Desk, sold) -> None:
    found = switched(desk, sold, desk.plan("firm"))
    assert found.ended == tuple(one.id for one in sold.items)
    assert [(one.component, one.price_id, one.quantity) for one in found.started] == [
        ("seat", "firm_seat", D(3)),
        ("fee", "firm_fee", D(1)),
    ]
    assert {one.id for one in found.started} & {one.id for one in sold.items} == set()


def test_a_quantity_that_is_said_takes_the_place_of_what_is_carried(desk: Desk, sold) -> None:
    found = switched(desk, sold, desk.plan("firm"), quantities={"seat": D(7)})
    assert [one.quantity for one in found.started] == [D(7), D(1)]
    with pytest.raises(InvalidError, match="found 'x'"):
        switched(desk, sold, desk.plan("team"), quantities={"x": D(1)})


def test_devices_go_along_one_by_one_with_their_names_and_words(desk: Desk, sold) -> None:
    device = Added("seat", D(2), "Desk by the window", reference="D-1")
    desk.changes(sold, add_item(device, DAY, desk.context.new_id), TODAY)
    found = switched(desk, sold, desk.plan("firm"))
    seats = [one for one in found.started if one.component == "seat"]
    assert [(one.quantity, one.description, one.reference) for one in seats] == [
        (D(3), "Seats", ""),
        (D(2), "Desk by the window", "D-1"),
    ]
    with pytest.raises(InvalidError, match="expected none for a component with 2 items"):
        switched(desk, sold, desk.plan("team"), quantities={"seat": D(7)})


@pytest.mark.parametrize(
    ("name", "more", "when", "on"),
    [
        ("firm", {}, None, DAY),  # 3 × 16.00 + 49.00 is more than 3 × 9.99 + 19.99
        ("firm", {"above": ("team",)}, None, DAY),
        ("firm", {"below": ("team",)}, None, JULY),  # whatever it costs
        ("firm", {}, Moment.AT_PERIOD_END, JULY),
        ("firm", {}, date(2013, 6, 20), date(2013, 6, 20)),
    ],
)
def test_from_which_day_a_plan_counts(desk: Desk, sold, name, more, when, on) -> None:
    assert switched(desk, sold, desk.plan(name, **more), when).effective_on == on


def test_a_cheaper_plan_waits_for_the_end_of_the_period(desk: Desk) -> None:
    sold = desk.subscribes("2013-06-01", plan=desk.plan("firm"))
    # ten seats at 9.99 are more than three at 16.00: 119.89 against 97.00
    assert switched(desk, sold, desk.plan("team"), quantities={"seat": D(10)}).effective_on == DAY
    sold = desk.subscribes("2013-06-01", plan=desk.plan("firm"))
    assert switched(desk, sold, desk.plan("team")).effective_on == JULY  # 49.96


def yearly(desk: Desk):
    return replace(desk.plan("firm"), unit=Unit.YEAR)


@pytest.mark.parametrize(
    ("anchor", "cycle"),
    [
        (None, Cycle(Unit.YEAR, 1, DAY)),  # another interval begins with the change
        (Anchor.NEW, Cycle(Unit.YEAR, 1, DAY)),
        (Anchor.KEEP, Cycle(Unit.YEAR, 1, date(2013, 6, 1))),
    ],
)
def test_another_interval_begins_anew_unless_it_is_kept(desk: Desk, sold, anchor, cycle) -> None:
    found = switched(desk, sold, yearly(desk), DAY, anchor=anchor)
    assert found.cycle == cycle


@pytest.mark.parametrize(
    ("anchor", "cycle"),
    [(None, None), (Anchor.KEEP, None), (Anchor.NEW, Cycle(Unit.MONTH, 1, DAY))],
)
def test_the_same_interval_goes_on_unless_it_is_new(desk: Desk, sold, anchor, cycle) -> None:
    assert switched(desk, sold, desk.plan("firm"), DAY, anchor=anchor).cycle == cycle


def test_after_a_trial_periods_begin_with_its_end(desk: Desk) -> None:
    sold = desk.subscribes("2013-06-01", trial=Trial(date(2013, 6, 25)))
    found = switched(desk, sold, yearly(desk), DAY)
    assert found.cycle == Cycle(Unit.YEAR, 1, date(2013, 6, 25))


def test_add_ons_that_neither_plan_has_stay(desk: Desk, sold) -> None:
    extra = Added("extra", D(1), "Extra", "firm_fee")
    after = desk.changes(sold, add_item(extra, DAY, desk.context.new_id), TODAY)
    (item,) = after.changes[-1].started
    found = switched(desk, sold, desk.plan("firm"))
    assert item.id not in found.ended
    assert {one.component for one in found.started} == {"seat", "fee"}


def test_an_add_on_does_not_stay_beside_another_interval(desk: Desk, sold) -> None:
    extra = Added("extra", D(1), "Extra", "firm_fee")
    after = desk.changes(sold, add_item(extra, DAY, desk.context.new_id), TODAY)
    (item,) = after.changes[-1].started
    with pytest.raises(InvalidError, match="no add-on beside a change of interval") as refused:
        switched(desk, sold, yearly(desk), DAY)
    assert refused.value.pointer == "/plan"
    none = change_quantity(Which(item_id=item.id), D(0), DAY)
    desk.changes(sold, none, TODAY)
    assert switched(desk, sold, yearly(desk), DAY).plan_id == "firm"


def test_a_plan_is_not_changed_before_a_change_of_plan(desk: Desk, sold) -> None:
    desk.changes(sold, change_plan(Switch(desk.plan("firm"), {}), JULY, desk.context.new_id), TODAY)
    with pytest.raises(InvalidError, match="found change 1 on 2013-07-01: withdraw it first"):
        switched(desk, sold, desk.plan("firm"), DAY)
    assert switched(desk, sold, desk.plan("team"), JULY).sequence == 2
