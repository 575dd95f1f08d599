"""A preview is the bill before it is one: what it shows is what is then issued, to the byte."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.subscriptions import (
    Cancelled,
    Change,
    Item,
    ItemsAdded,
    Paused,
    PlanChanged,
    QuantityChanged,
)
from solde.workflows.change_subscription import Entering
from solde.workflows.preview import (
    PreviewContext,
    preview_invoice,
    preview_subscription,
)
from solde.workflows.subscribe import subscribe
from tests.support.desk import ENTITY, Desk, noon
from tests.support.laws import often

D = Decimal
START = date(2013, 6, 1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def plain(documents) -> list:
    """Return documents as the archive has them: tuples and mappings are lists and objects."""
    import json  # noqa: PLC0415 - of this alone

    return json.loads(json.dumps(documents, default=dict))


def more_seats(quantity: int, on: date):
    def make(entering: Entering) -> Change:
        item = entering.subscription.items[0]
        return QuantityChanged(on, entering.sequence, item.id, D(quantity))

    return make


def test_a_change_is_shown_beside_what_would_be_without_it(desk: Desk) -> None:
    sold = desk.subscribes("2013-06-01")
    desk.seller.runs_billing("2013-06-01")
    before = dict(desk.seller.table.items)
    shown = desk.previews(sold, more_seats(5, date(2013, 6, 16)), "2013-06-10")
    # 2 × 9.99 × 15/30 = 9.99, and 19.6 % = 1.958
    assert (shown.billed_on, shown.plan.total_minor) == (date(2013, 6, 10), 11_95)
    assert shown.without.total_minor == 0
    assert (shown.customer.id, shown.entity.code) == ("acme", ENTITY)
    assert desk.seller.table.items == before


def test_a_new_subscription_is_shown_beside_those_there_are(desk: Desk) -> None:
    desk.subscribes("2013-06-01")
    context = PreviewContext(desk.seller.context, desk.context)
    order = desk.order("2013-06-16", 1)
    shown = preview_subscription(order, date(2013, 6, 16), noon("2013-06-10"), context)
    # 3 × 9.99 = 29.97 of the first; 9.99 × 15/30 = 4.995 of the new: 34.97 and 6.854
    assert shown.plan.total_minor == 41_82
    assert shown.without.total_minor == 35_84  # 29.97 and 5.874


def test_without_a_day_it_is_the_next_on_which_something_is_due(desk: Desk) -> None:
    desk.subscribes("2013-06-20")
    shown = preview_invoice("acme", ENTITY, None, noon("2013-06-10"), desk.seller.context)
    assert (shown.billed_on, shown.without) == (date(2013, 6, 20), None)
    shown = preview_invoice("acme", ENTITY, None, noon("2013-06-25"), desk.seller.context)
    assert shown.billed_on == date(2013, 6, 25)  # never one gone by


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2013-06-09", "expected a day from 2013-06-10 to 2014-07-11, found 2013-06-09"),
        ("2014-07-12", "found 2014-07-12"),
    ],
)
def test_a_day_gone_by_or_too_far_away_is_refused(desk: Desk, on: str, said: str) -> None:
    desk.subscribes("2013-06-01")
    day = date.fromisoformat(on)
    with pytest.raises(InvalidError, match=said) as refused:
        preview_invoice("acme", ENTITY, day, noon("2013-06-10"), desk.seller.context)
    assert refused.value.pointer == "/on"
    inside = date(2014, 7, 11)
    preview_invoice("acme", ENTITY, inside, noon("2013-06-10"), desk.seller.context)


def test_a_new_subscription_is_billed_as_it_was_shown(desk: Desk) -> None:
    order = desk.order("2013-06-10", 2)
    context = PreviewContext(desk.seller.context, desk.context)
    shown = preview_subscription(order, None, noon("2013-06-10"), context)
    subscribe(order, noon("2013-06-10"), desk.context)
    desk.seller.runs_billing("2013-06-10")
    assert numbered_alike(desk.issued()) == numbered_alike(plain(shown.plan.documents))


def numbered_alike(documents: list) -> str:
    """Take the ids of subscription and items for what they are: fresh in a preview as in life."""
    return re.sub(r'"(sub|sit)_[0-9]+"', r'"\1"', json.dumps(documents, sort_keys=True))


changes = st.tuples(
    st.sampled_from(["seats", "plan", "device", "cancel", "pause"]),
    st.integers(0, 75),
    st.integers(0, 9),
)


def made_of(drawn: tuple[str, int, int]):
    what, days, quantity = drawn
    on = START + timedelta(days=days)

    def make(entering: Entering) -> Change:
        number, items = entering.sequence, entering.subscription.items
        if on >= entering.subscription.ends_on:
            return Paused(on, number)  # what would change service behind its end is refused
        match what:
            case "seats":
                return QuantityChanged(on, number, items[0].id, D(quantity))
            case "plan":
                started = Item(f"sit_p{number}", "seat", "firm_seat", D(quantity))
                return PlanChanged(on, number, "firm", (items[0].id,), (started,))
            case "device":
                started = Item(f"sit_d{number}", "fee", "team_fee", D(quantity), "Device")
                return ItemsAdded(on, number, (started,))
            case "pause":
                return Paused(on, number)
        return Cancelled(on, number)

    return make


@often()
@given(
    history=st.lists(changes, max_size=3),
    runs=st.sets(st.integers(0, 70), max_size=3),
    last=changes,
    asked=st.integers(0, 75),
)
def test_what_a_change_is_shown_to_lead_to_is_what_is_then_billed(
    history, runs, last, asked
) -> None:
    """Whatever happened before, on whatever day is asked: the same documents to the byte."""
    desk = Desk()
    sold = desk.subscribes("2013-06-01")
    for drawn in history:
        desk.changes(sold, made_of(drawn), "2013-06-01")
    days = sorted(run for run in runs if run < asked)
    for run in days:
        desk.seller.runs_billing((START + timedelta(days=run)).isoformat(), hour=12)
    today = (START + timedelta(days=asked)).isoformat()
    before = len(desk.issued())
    shown = desk.previews(sold, made_of(last), today, today)
    desk.changes(sold, made_of(last), today)
    desk.seller.runs_billing(today, hour=13)
    assert desk.issued()[before:] == plain(shown.plan.documents)
