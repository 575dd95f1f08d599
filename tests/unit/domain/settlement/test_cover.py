"""Which source pays what: in order, for what it is good for, never more than there is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.settlement import Part, Scope, Source, cover, in_order

D = Decimal
CALLS = Scope(products=frozenset({"calls"}))
SEATS = Part(100, product="seats")
USED = Part(4, "usage", "x", "S/20")


def calls(amount: int) -> Part[int]:
    return Part(amount, product="calls")


def test_by_rank_then_first_to_expire_then_oldest_then_by_name() -> None:
    day = date(2027, 6, 1)
    sources = [
        Source("d", 1, 2),
        Source("c", 1, 2, since_on=day),
        Source("b", 1, 2, date(2028, 1, 1), day),
        Source("a", 1, 2, day.replace(day=2), day),
        Source("x", 1, 1, day, day),
    ]
    assert [one.id for one in in_order(sources, None)] == ["x", "a", "b", "d", "c"]
    assert [one.id for one in in_order(sources, day)] == ["a", "b", "d", "c"]  # x ends that day


def test_what_a_source_is_good_for_is_paid_once() -> None:
    """50 and 30 for calls of 60: the second pays 10 of them, and nothing else."""
    sources = [Source("a", 50, 1, scope=CALLS), Source("b", 30, 2, scope=CALLS)]
    parts = [Part(100, product="seats"), Part(60, product="calls")]
    assert cover(sources, parts, 160) == {"a": 50, "b": 10}
    assert cover([Source("c", 500, 1)], parts, 150) == {"c": 150}


def test_what_is_given_back_in_its_scope_makes_room_smaller() -> None:
    parts = [Part(60, product="calls"), Part(-15, product="calls")]
    assert cover([Source("a", 50, 1, scope=CALLS)], parts, 45) == {"a": 45}
    assert cover([Source("a", 50, 1, scope=CALLS)], [*parts, Part(9)], 54) == {"a": 45}


@pytest.mark.parametrize(
    ("sources", "parts", "due", "expected"),
    [
        ([], [Part(60)], 60, {}),
        ([Source("a", 0, 1), Source("b", 5, 2)], [], 60, {"b": 5}),
        ([Source("a", 60, 1), Source("b", 5, 2)], [], 60, {"a": 60}),
        ([Source("a", 1, 1), Source("b", 5, 2)], [], 2, {"a": 1, "b": 1}),
        ([Source("a", 5, 1)], [Part(60)], 0, {}),
        # what is good for calls, where there are none, or one by one
        ([Source("a", 5, 1, scope=CALLS)], [], 60, {}),
        ([Source("a", 99, 1, scope=CALLS)], [SEATS, Part(2, product="calls")], 102, {"a": 2}),
        ([Source("a", 99, 1, scope=CALLS)], [calls(7), SEATS, calls(8)], 115, {"a": 15}),
        # never more than is due, though the calls come to more
        ([Source("a", 99, 1, scope=CALLS)], [calls(60), Part(-50)], 10, {"a": 10}),
        # money for all pays the parts in their order: 105 are the seats and 5 of the calls
        (
            [Source("a", 105, 1), Source("b", 50, 2, scope=CALLS)],
            [SEATS, calls(20)],
            120,
            {"a": 105, "b": 15},
        ),
        # ... and leaves alone what is open no more: the first 10 calls are paid by b
        (
            [Source("b", 10, 1, scope=CALLS), Source("a", 20, 2), Source("c", 50, 3, scope=CALLS)],
            [calls(10), calls(20), Part(9)],
            39,
            {"b": 10, "a": 20},
        ),
        ([Source("a", 1, 1), Source("c", 5, 2, scope=CALLS)], [calls(1), Part(9)], 10, {"a": 1}),
        # money for calls pays those of any order
        ([Source("d", 5, 1, scope=CALLS)], [Part(9, product="calls", order="A")], 9, {"d": 5}),
        # the scope must fit by kind and by rate as well
        (
            [Source("a", 99, 1, scope=Scope(frozenset({"usage"}), rates=frozenset({"S/20"})))],
            [Part(1, "usage", "x", "S/5.5"), Part(2, "advance", "x", "S/20"), USED],
            103,
            {"a": 4},
        ),
    ],
)
def test_what_each_source_pays(sources, parts, due, expected) -> None:
    assert cover(sources, parts, due) == expected


def test_a_source_says_only_what_it_was_told() -> None:
    assert Source("a", 5, 1) == Source("a", 5, 1, None, None, Scope(), "")
    assert Part(5) == Part(5, "", "", "", "")


def test_units_are_paid_like_money() -> None:
    sources = [Source("a", D("2.5"), 1), Source("b", D(1), 2)]
    assert cover(sources, [Part(D("3.25"))], D("3.25")) == {"a": D("2.5"), "b": D("0.75")}


@given(
    lefts=st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=4),
    amounts=st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=4),
)
def test_never_more_than_there_is_nor_than_is_due(lefts, amounts) -> None:
    sources = [
        Source(f"s{at}", left, at, scope=CALLS if calls else Scope())
        for at, (left, calls) in enumerate(lefts)
    ]
    parts = [Part(amount, product="calls" if calls else "seats") for amount, calls in amounts]
    due = sum(amount for amount, _ in amounts)
    used = cover(sources, parts, due)
    assert all(0 < used[one.id] <= one.left for one in sources if one.id in used)
    assert sum(used.values()) <= due
    calls = sum(used.get(f"s{at}", 0) for at, (_, calls) in enumerate(lefts) if calls)
    assert calls <= sum(amount for amount, calls in amounts if calls)
    free = sum(left for left, calls in lefts if not calls)
    assert sum(used.values()) >= min(due, free)


def test_what_was_paid_on_an_order_pays_its_charges_alone() -> None:
    """50 on A, of which there are 40; the rest of all is paid by what is good for everything."""
    parts = [Part(100, order="B"), Part(40, order="A"), Part(10)]
    sources = [Source("a", 50, 0, order="A"), Source("x", 500, 50)]
    assert cover(sources, parts, 150) == {"a": 40, "x": 110}
    assert cover([Source("c", 50, 0, order="C")], parts, 150) == {}
    calls = Source("d", 50, 0, scope=CALLS, order="A")
    assert cover([calls], [Part(9, product="calls"), Part(7, product="seats", order="A")], 16) == {}
