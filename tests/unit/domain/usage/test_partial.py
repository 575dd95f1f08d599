"""The laws of partials: events may be read in any order and in any files."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.catalog import Aggregation, Meter
from solde.domain.errors import InvalidError
from solde.domain.usage.partial import (
    Partial,
    absorb,
    begun,
    empty,
    merged,
    partial_from_json,
    settled,
    settled_from_json,
)

decimals = st.decimals(
    min_value=Decimal("-1e9"), max_value=Decimal("1e9"), allow_nan=False, places=4
)
events = st.lists(
    st.tuples(st.integers(0, 10), st.binary(min_size=2, max_size=2).map(bytes.hex), decimals),
    min_size=1,
    max_size=6,
    unique_by=lambda event: event[1],
)


def value_for(aggregation: Aggregation, value: Decimal) -> object:
    if aggregation is Aggregation.COUNT:
        return None
    return str(value) if aggregation is Aggregation.UNIQUE else value


def partial_of(aggregation: Aggregation, found: list[tuple[int, str, Decimal]]) -> Partial:
    partial = empty(aggregation)
    for at_us, identity, value in found:
        partial.add(value_for(aggregation, value), at_us, identity)
    return partial


# Each example is tried with every aggregation: to draw one takes longer than to fold it.


@given(found=events, data=st.data())
def test_any_order_and_any_files_give_the_same_bytes(found, data):
    shuffled = data.draw(st.permutations(found))
    cut = data.draw(st.integers(0, len(found)))
    later = data.draw(st.integers(cut, len(found)))
    files = data.draw(st.permutations([shuffled[:cut], shuffled[cut:later], shuffled[later:]]))
    for aggregation in Aggregation:
        expected = partial_of(aggregation, found)
        whole = merged([partial_of(aggregation, one) for one in files])
        assert whole.to_json() == expected.to_json()
        assert json.dumps(settled(whole).to_json()) == json.dumps(settled(expected).to_json())


@given(first=events, second=events, third=events)
def test_merging_is_associative(first, second, third):
    for aggregation in Aggregation:
        one, two, three = (partial_of(aggregation, found) for found in (first, second, third))
        left = merged([merged([one, two]), three])
        right = merged([one, merged([two, three])])
        assert left.to_json() == right.to_json(), aggregation


@given(found=events)
def test_json_holds_the_whole_partial(found):
    for aggregation in Aggregation:
        partial = partial_of(aggregation, found)
        again = json.loads(json.dumps(partial.to_json()))
        assert partial_from_json(again).to_json() == partial.to_json()
        closed = settled(partial).to_json()
        assert settled_from_json(json.loads(json.dumps(closed))).to_json() == closed


@given(kept=events, gone=events, data=st.data())
def test_what_is_taken_back_was_never_there_in_whatever_order_it_is_told(kept, gone, data):
    ties = {tie for _, tie, _ in kept}
    gone = [(at_us, f"g{tie}", value) for at_us, tie, value in gone if f"g{tie}" not in ties]
    told = [(True, one) for one in (*kept, *gone)] + [(False, one) for one in gone]
    told = data.draw(st.permutations(told))
    stored = data.draw(st.lists(st.booleans(), min_size=len(told), max_size=len(told)))
    for aggregation in Aggregation:
        parts = []
        for (adds, (at_us, tie, value)), reads in zip(told, stored, strict=True):
            part = empty(aggregation)
            act = part.add if adds else part.remove
            act(value_for(aggregation, value), at_us, tie)
            parts.append(partial_from_json(part.to_json()) if reads else part)
        expected = partial_of(aggregation, kept)
        assert settled(merged(parts)).to_json() == settled(expected).to_json(), aggregation


def test_a_meter_of_fields_keeps_single_events():
    meter = Meter("paid", "paid", Aggregation.SUM, "amount", fields=("amount",))
    assert begun(meter).to_json() == ["singles", 0, []]
    assert begun(Meter("n", "n", Aggregation.COUNT)).to_json() == ["count", 0]


def test_partials_of_two_kinds_do_not_merge():
    with pytest.raises(InvalidError, match="expected Sum, found Count"):
        absorb(empty(Aggregation.SUM), empty(Aggregation.COUNT))


@pytest.mark.parametrize("parts", [["median", 1, "2"], [], ["sum", 1]])
def test_an_unknown_kind_is_refused(parts):
    with pytest.raises(InvalidError, match="expected a known kind"):
        partial_from_json(parts)


def test_points_are_no_whole_day():
    with pytest.raises(InvalidError, match="found single points"):
        settled_from_json(["points", 1, [[1, "a", "2"]]])
