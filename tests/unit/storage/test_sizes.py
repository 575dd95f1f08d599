"""How big an item is: names and values, each by the rules of DynamoDB."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.storage.marshal import marshal_item
from solde.storage.sizes import ItemTooLargeError, check_sizes, item_size


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({"pk": "A#1"}, 2 + 3),
        ({"é": "é"}, 2 + 2),  # bytes of UTF-8
        ({"n": 12345}, 1 + 4),  # two digits a byte, and two more
        ({"b": b"\x00\xff"}, 1 + 2),
        ({"t": True}, 1 + 1),
        ({"l": ["ab", 7]}, 1 + 3 + (1 + 2) + (1 + 2)),
        ({"m": {"k": "v"}}, 1 + 3 + 1 + (1 + 1)),
    ],
)
def test_names_and_values_count(item, size) -> None:
    assert item_size(marshal_item(item)) == size


def test_an_item_above_400_kilobytes_is_named() -> None:
    body = {"pk": "A#1", "sk": "B", "text": "x" * 409_600}
    with pytest.raises(ItemTooLargeError, match=r"A#1.*expected 409600 bytes, found 409612"):
        check_sizes([{"Item": marshal_item(body)}])
    check_sizes([{"Item": marshal_item(body | {"text": "x" * 409_000})}])


def test_a_transaction_above_4_megabytes_is_refused() -> None:
    one = {"Item": marshal_item({"pk": "A#1", "sk": "B", "text": "x" * 400_000})}
    check_sizes([one] * 10)
    with pytest.raises(ItemTooLargeError, match="write: expected 4194304 bytes"):
        check_sizes([one] * 11)


def test_an_update_counts_what_it_brings() -> None:
    call = {"Key": {"pk": {"S": "A#1"}}, "ExpressionAttributeValues": {":0": {"S": "x" * 409_601}}}
    with pytest.raises(ItemTooLargeError, match="A#1"):
        check_sizes([call])


# Small ones: what an item costs is a sum over its parts.
NAMES = st.text(min_size=1, max_size=4)
SCALARS = st.text(max_size=4) | st.integers(-(10**37), 10**37) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(NAMES, VALUES, max_size=3))
def test_as_json_a_call_is_never_smaller(item) -> None:
    """So what is small as JSON needs no counting."""
    marshalled = marshal_item(item)
    assert item_size(marshalled) <= len(orjson.dumps(marshalled))
