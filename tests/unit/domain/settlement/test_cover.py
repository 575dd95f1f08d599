"""Which source pays what: in order, for what it is good for, never more than there is."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from solde.domain.settlement import Part, Scope, Source, cover, in_order

D = Decimal
CALLS = Scope(products=frozenset({"calls"}))


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
