"""What must hold of every history, whatever it costs: laws that need no model."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import ChargeKind
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.subscriptions import QuantityChanged
from tests.slow_model.engine import act, begun, billed
from tests.slow_model.histories import histories
from tests.slow_model.life import ENDS
from tests.slow_model.told import Bill, History, Price, Step, Told, Used, Version
from tests.support.laws import often
from tests.support.story import Story

CALENDAR_YEARS = 28
"""After so many years days of the week and leap days return, from 1901 to 2099."""


def lived(history: History) -> Story:
    story = begun(history)
    for sequence, one in enumerate(history.acts, 1):
        act(story, one, sequence)
    return story


def amounts(story: Story) -> list[tuple]:
    """Every amount of every document, in order: what of it does not follow from its days."""
    return [
        (
            document["kind"],
            document["totals"],
            [(line["component"], line["net"], line["exact"]) for line in document["lines"]],
        )
        for document in story.documents
    ]


def later(day: date) -> date:
    return day.replace(year=day.year + CALENDAR_YEARS)


@often()
@given(
    histories(),
    st.lists(st.integers(0, 420), max_size=12),
    st.randoms(use_true_random=False),
)
def test_laws_of_whole_histories(history: History, days: list[int], chance) -> None:
    """All of them of the same history: to draw one takes longer than to live it."""
    story = lived(history)
    moved_by_28_years_it_has_the_same_amounts(history)
    tenfold_prices_are_tenfold_amounts(history, story)
    many_runs_bill_what_one_catch_up_bills(history, days, story)
    the_order_in_which_facts_are_told_is_irrelevant(history, chance)


def moved_by_28_years_it_has_the_same_amounts(history: History) -> None:
    """Without taxes: those have dates of their own."""
    history = replace(history, seller="none")
    assert amounts(lived(moved(history))) == amounts(lived(history))


def moved(history: History) -> History:
    return replace(
        history,
        start=later(history.start),
        anchor=later(history.anchor),
        prices={name: risen_later(price) for name, price in history.prices.items()},
        worth=tuple((later(on), amount) for on, amount in history.worth),
        acts=tuple(map(told_later, history.acts)),
        other=history.other and moved(history.other),
    )


def told_later(one: Any) -> Any:
    coupon = one.coupon if isinstance(one, Told) else None
    more = {"coupon": replace(coupon, on=later(coupon.on))} if coupon else {}
    return replace(one, on=later(one.on), **more)


def risen_later(price: Price) -> Price:
    ramp = (replace(one, from_on=one.from_on and later(one.from_on)) for one in price.ramp)
    return replace(price, ramp=tuple(ramp))


def tenfold(said: Price | Version | Step) -> Any:
    if isinstance(said.numbers[0], tuple):
        rows = tuple(
            (up_to, str(Decimal(each) * 10), str(Decimal(once) * 10))
            for up_to, each, once in said.numbers
        )
    else:
        *first, amount = said.numbers
        rows = (*first, str(Decimal(amount) * 10))
    more = {"ramp": tuple(map(tenfold, said.ramp))} if isinstance(said, Price) else {}
    return replace(said, numbers=rows, **more)


def tenfold_prices_are_tenfold_amounts(history: History, story: Story) -> None:
    """But for rounding, of each part and coupon: ten times half a cent to half a cent."""
    dear = {name: tenfold(price) for name, price in history.prices.items()}
    acts = tuple(map(told_tenfold, history.acts))
    coupons = sum(one.coupon is not None for one in acts if isinstance(one, Told))
    rich = lived(replace(history, prices=dear, acts=acts))
    nets, dearer = billed(story), billed(rich)
    keys = {line.key for line in (*story.lines, *rich.lines)}
    parts = Counter((key.component, key.price_id, key.period.start_on) for key in keys)
    limited = parts.total() if {"cap", "commitment"} & dear.keys() else 0  # it hangs on all
    for key in nets.keys() | dearer.keys():
        most = 5 * (1 + coupons) * (limited or parts[key])
        assert abs(dearer.get(key, 0) - 10 * nets.get(key, 0)) <= most


def told_tenfold(one: Any) -> Any:
    if isinstance(one, Told) and one.coupon:
        return replace(one, coupon=replace(one.coupon, amount=10 * one.coupon.amount))
    return tenfold(one) if isinstance(one, Version) else one


def many_runs_bill_what_one_catch_up_bills(history: History, days: list[int], story: Story) -> None:
    """The runs of the history, twelve more, or only the last: the same in the end."""
    last = history.acts[-1]
    told = [one for one in history.acts if not isinstance(one, Bill)]
    once = lived(replace(history, acts=(*told, last)))
    runs = sorted(Bill(history.start + timedelta(days=day)).on for day in days)
    runs = [day for day in runs if day <= last.on]
    acts: list = []
    for place, one in enumerate(told):
        acts.append(one)
        share = len(runs) * place // max(1, len(told))
        acts += [Bill(day) for day in runs[share : len(runs) * (place + 1) // max(1, len(told))]]
    often_run = lived(replace(history, acts=(*acts, last)))
    assert billed(often_run) == billed(once) == billed(story)


def the_order_in_which_facts_are_told_is_irrelevant(history: History, chance) -> None:
    """Facts of distinct days, told in any order between the same runs."""
    distinct: dict[date, Told] = {}
    for one in history.acts:
        if isinstance(one, Told):
            distinct.setdefault(one.on, one)
    facts = [one for one in history.acts if not isinstance(one, Told)]
    facts = [one for one in facts if isinstance(one, Used)] + list(distinct.values())
    for whose in "st" if history.contract or history.other else "":
        # the first end of a contract that is told is the only one
        ends = [one for one in facts if isinstance(one, Told) and one.what in ENDS]
        ends = [one for one in ends if one.whose == whose]
        facts = [one for one in facts if one not in ends[1:]]
    runs = [one for one in history.acts if isinstance(one, Bill)]
    in_order = lived(replace(history, acts=(*_kept(facts), runs[-1])))
    acts: list = list(_kept(facts))
    chance.shuffle(acts)
    for run in runs[:-1]:
        acts.insert(chance.randint(0, len(acts)), run)
    bills = iter(runs[:-1])
    acts = [next(bills) if isinstance(one, Bill) else one for one in acts]
    assert billed(lived(replace(history, acts=(*acts, runs[-1])))) == billed(in_order)


def _kept(facts: list) -> list:
    """Leave out changes of an item that is swapped on another day: they need the item before."""
    swapped = Counter(one.item for one in facts if isinstance(one, Told) and one.what == "swap")
    return [
        one
        for one in facts
        if not (isinstance(one, Told) and one.what == "swap" and swapped[one.item] > 1)
    ]


@often()
@given(
    price=st.decimals("0.01", "99999.99", places=2),
    cuts=st.sets(st.integers(2, 30), max_size=8),
    quantity=st.integers(1, 9),
)
def test_any_cutting_of_a_month_sums_to_its_price(price, cuts, quantity) -> None:
    """January is billed part by part, each time it turns out that more of it was served."""
    story = Story()
    story.sells("seat", ChargeKind.ARREARS, PerUnit(price))
    story.subscribes("s", "2027-01-01", {"seat": 0})
    bounds = [date(2027, 1, 1), *(date(2027, 1, cut) for cut in sorted(cuts)), date(2027, 2, 1)]
    for number in range(len(bounds) - 1):
        for place, units in ((number, quantity), (number + 1, 0)):
            sequence = 2 * number + (units == 0)
            change = QuantityChanged(bounds[place], sequence, "sit_seat", Decimal(units))
            story.changes("s", change)
        story.bills((date(2027, 2, 1) + timedelta(days=number)).isoformat())
    assert sum(line.net.minor for line in story.lines) == int(price * quantity * 100)
