"""A change is a new fact: numbered, within its days, written with the state that it moves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError, StoreUnavailableError
from solde.domain.subscriptions import Change, QuantityChanged
from solde.workflows.change_subscription import Entering, changed
from tests.support.desk import Desk, noon

D = Decimal


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def sold(desk: Desk):
    """Three seats, billed for June and July."""
    made = desk.subscribes("2013-06-01")
    desk.seller.runs_billing("2013-06-01")
    desk.seller.runs_billing("2013-07-01")
    return made


def to(quantity: int, on: date):
    def make(entering: Entering) -> Change:
        item = entering.subscription.items[0]
        return QuantityChanged(on, entering.sequence, item.id, D(quantity))

    return make


def test_changes_are_numbered_in_the_order_of_their_entry(desk: Desk, sold) -> None:
    for number, day in enumerate((20, 10, 15), 1):
        after = desk.changes(sold, to(number, date(2013, 7, day)), "2013-07-05")
    found = [(one.sequence, one.effective_on.day) for one in after.changes]
    assert sorted(found) == [(1, 20), (2, 10), (3, 15)]
    entered = desk.context.subscriptions.changes(desk.located(sold))
    assert [(one.change.sequence, one.at) for one in entered] == [
        (number, noon("2013-07-05")) for number in (1, 2, 3)
    ]


def test_who_changes_is_told_what_there_is_and_which_day_it_is(desk: Desk, sold) -> None:
    seen: list[Entering] = []

    def make(entering: Entering) -> Change:
        seen.append(entering)
        return to(5, date(2013, 7, 10))(entering)

    desk.changes(sold, make, "2013-07-05")
    (entering,) = seen
    assert (entering.subscription, entering.sequence) == (sold, 1)
    assert entering.today == date(2013, 7, 5)
    assert entering.catalogs.plan("team").name == "Team"


def test_a_change_of_billed_days_is_due_today(desk: Desk, sold) -> None:
    desk.changes(sold, to(5, date(2013, 6, 16)), "2013-07-05")
    state = desk.seller.context.billing.state("acme", "FRA")
    assert (state.due_on, state.dirty_from) == (date(2013, 7, 5), date(2013, 6, 16))


def test_a_change_of_days_to_come_waits_for_them(desk: Desk, sold) -> None:
    desk.changes(sold, to(5, date(2013, 9, 1)), "2013-07-05")
    state = desk.seller.context.billing.state("acme", "FRA")
    assert (state.due_on, state.dirty_from) == (date(2013, 8, 1), None)


@pytest.mark.parametrize(
    ("on", "today", "earliest"),
    [
        (date(2013, 5, 31), "2013-07-05", date(2013, 6, 1)),  # the start
        (date(2014, 6, 30), "2015-08-01", date(2014, 7, 1)),  # thirteen months before
    ],
)
def test_days_that_are_too_early_are_refused(desk: Desk, sold, on, today, earliest) -> None:
    before = dict(desk.seller.table.items)
    with pytest.raises(InvalidError, match=f"expected {earliest} or later, found {on}") as refused:
        desk.changes(sold, to(5, on), today)
    assert refused.value.pointer == "/effective_on"
    assert desk.seller.table.items == before
    desk.changes(sold, to(5, on + timedelta(days=1)), today)


def test_what_a_change_would_do_is_computed_and_not_written(desk: Desk, sold) -> None:
    before = dict(desk.seller.table.items)
    billable = desk.seller.context.billing.load("acme", "FRA")
    make = to(5, date(2013, 7, 10))
    one = changed(billable, desk.located(sold), make, date(2013, 7, 5), desk.context)
    assert (one.before, one.after) == (sold, sold.with_change(one.change))
    assert one.state.rev == billable.state.rev + 1
    assert desk.seller.table.items == before


def test_whoever_is_overtaken_reads_again_and_takes_the_next_number(
    desk: Desk, sold, monkeypatch
) -> None:
    write, first = desk.context.subscriptions.change, []

    def overtaken(*found, **more) -> bool:
        if not first:
            first.append(1)
            desk.changes(sold, to(4, date(2013, 7, 8)), "2013-07-05")
        return write(*found, **more)

    monkeypatch.setattr(desk.context.subscriptions, "change", overtaken)
    after = desk.changes(sold, to(5, date(2013, 7, 10)), "2013-07-05")
    found = {(one.sequence, one.quantity) for one in after.changes}
    assert found == {(1, D(4)), (2, D(5))}


def test_whoever_is_overtaken_again_and_again_gives_up(desk: Desk, sold, monkeypatch) -> None:
    tries = []
    monkeypatch.setattr(
        desk.context.subscriptions, "change", lambda *_, **__: bool(tries.append(1))
    )
    with pytest.raises(StoreUnavailableError, match="changed 6 times meanwhile"):
        desk.changes(sold, to(5, date(2013, 7, 10)), "2013-07-05")
    assert len(tries) == 6
