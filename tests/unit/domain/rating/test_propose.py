"""Laws of proposing: whatever the order and the days of runs, the same is billed in the end."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Catalog, ChargeKind
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.rating import next_due_on
from solde.domain.subscriptions import Cancelled, QuantityChanged
from tests.support.laws import often
from tests.support.story import Story

START = date(2027, 1, 1)
D = Decimal
TIERS = (Tier(D(50), D("0.37")), Tier(None, D("0.2")))
SLOW = often(100)

days = st.integers(0, 100)
changes = st.lists(st.tuples(days, st.integers(0, 9)), max_size=5, unique_by=lambda one: one[0])
usage = st.lists(st.tuples(st.integers(0, 85), st.integers(1, 60)), max_size=6)


def on(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def begun() -> Story:
    story = Story()
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("19.99")))
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("3.335")))
    story.sells("desk", ChargeKind.ARREARS, PerUnit(D("7.01")))
    story.sells("calls", ChargeKind.USAGE, Graduated(TIERS))
    story.subscribes("s", on(0), {"fee": 1, "seat": 2, "desk": 1, "calls": 1})
    return story


def change(story: Story, sequence: int, day: int, quantity: int, name: str = "seat") -> None:
    story.changes(
        "s",
        QuantityChanged(date.fromisoformat(on(day)), sequence, f"sit_{name}", D(quantity)),
    )


def totals(story: Story) -> dict[tuple[str, date], int]:
    """Sum what was billed, by item and billing period."""
    found: dict[tuple[str, date], int] = {}
    for line in story.lines:
        key = (line.key.item_id, line.key.period.start_on)
        found[key] = found.get(key, 0) + line.net.minor
    return {key: minor for key, minor in found.items() if minor}


@SLOW
@given(changes=changes, used=usage, runs=st.sets(st.integers(0, 130), max_size=8))
def test_many_runs_and_one_catch_up_bill_the_same(changes, used, runs) -> None:
    """Changes and usage come on their own day in one life, all at once in the other."""
    piecemeal, at_once = begun(), begun()
    facts = [
        (day, "change", number, day, quantity) for number, (day, quantity) in enumerate(changes)
    ]
    facts += [(day, "usage", number, day, units) for number, (day, units) in enumerate(used)]
    facts += [(day, "run", 0, day, 0) for day in runs]
    for _, kind, number, day, value in sorted(facts, key=lambda one: (one[0], one[1])):
        if kind == "run":
            piecemeal.bills(on(day))
        for story in (piecemeal, at_once):
            if kind == "change":
                change(story, number + 1, day, value)
            elif kind == "usage":
                story.uses("calls", on(day), value)
    piecemeal.bills(on(140))
    at_once.bills(on(140))
    assert totals(piecemeal) == totals(at_once)


@SLOW
@given(changes=changes, order=st.randoms(use_true_random=False), runs=st.integers(0, 3))
def test_the_order_of_arrival_is_irrelevant(changes, order, runs) -> None:
    """Facts of distinct days, entered late and in any order, end in the same totals."""
    in_order, shuffled = begun(), begun()
    facts = list(enumerate(changes, 1))
    for sequence, (day, quantity) in facts:
        change(in_order, sequence, day, quantity)
    in_order.bills(on(120))
    order.shuffle(facts)
    for place, (sequence, (day, quantity)) in enumerate(facts):
        change(shuffled, sequence, day, quantity)
        if place < runs:
            shuffled.bills(on(30 + 20 * place))
    shuffled.bills(on(120))
    assert totals(shuffled) == totals(in_order)


@SLOW
@given(changes=changes, used=usage, day=st.integers(0, 120))
def test_after_a_bill_nothing_more_is_proposed(changes, used, day) -> None:
    story = begun()
    for sequence, (on_day, quantity) in enumerate(changes, 1):
        change(story, sequence, on_day, quantity)
    for on_day, units in used:
        story.uses("calls", on(on_day), units)
    story.bills(on(day))
    story.dirty_from = START
    assert story.bills(on(day)) == []


@SLOW
@given(cuts=st.sets(st.integers(1, 30), max_size=6), quantity=st.integers(1, 9))
def test_any_cutting_of_a_month_sums_to_the_price(cuts, quantity) -> None:
    """The quantity goes up and back on the cut days, billed each time: the month costs 31 days."""
    story = begun()
    story.bills(on(0))
    for sequence, day in enumerate(sorted(cuts)):
        change(story, 2 * sequence + 1, day, quantity)
        story.bills(on(day))
        change(story, 2 * sequence + 2, day, 2)
        story.bills(on(day))
    assert totals(story)["sit_seat", START] == 6_67  # 2 × 3.335


@given(end=st.integers(1, 60))
def test_the_next_day_due_is_the_first_on_which_a_run_finds_something(end) -> None:
    story = begun()
    story.changes("s", Cancelled(date.fromisoformat(on(end)), 1))
    catalog = Catalog(story.products, story.meters, story.prices, {})
    story.uses("calls", on(0), 3)
    after = START
    story.bills(on(0))
    while due := next_due_on(list(story.subscriptions.values()), catalog=catalog, after=after):
        assert due > after
        story.bills(due.isoformat())
        after = due
    assert after <= date.fromisoformat(on(end))
    assert story.bills(on(400)) == []
