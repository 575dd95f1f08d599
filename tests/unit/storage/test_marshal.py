"""Attribute values as the SDK's own serialisers make and read them, and what they never take."""

from collections import Counter
from decimal import Decimal
from enum import StrEnum

import pytest
from boto3.dynamodb.types import TypeSerializer

from solde.storage.marshal import marshal, marshal_item, unmarshal_item
from solde.storage.table import Key


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("", {"S": ""}),
        ("é", {"S": "é"}),
        (Colour.RED, {"S": "red"}),
        (7, {"N": "7"}),
        (-(10**30), {"N": "-1000000000000000000000000000000"}),
        (Decimal("0.10"), {"N": "0.10"}),
        (True, {"BOOL": True}),
        (None, {"NULL": True}),
        (b"1", {"B": b"1"}),
        ([1, "a"], {"L": [{"N": "1"}, {"S": "a"}]}),
        (Key("a", "b"), {"L": [{"S": "a"}, {"S": "b"}]}),
        ({"a": {"b": 1}}, {"M": {"a": {"M": {"b": {"N": "1"}}}}}),
        (Counter(a=1), {"M": {"a": {"N": "1"}}}),
    ],
)
def test_values_are_what_the_sdk_makes_of_them(value, stored) -> None:
    assert marshal(value) == stored
    assert TypeSerializer().serialize(value) == stored


def test_an_item_comes_back_whole() -> None:
    item = {
        "pk": "A#1",
        "n": 12,
        "price": Decimal("12.50"),
        "yes": True,
        "none": None,
        "raw": b"\x00",
        "rows": [["standard", "20", 100, 20]],
        "by": {"411": 120, "706": -100},
    }
    found = unmarshal_item(marshal_item(item))
    assert found == item
    assert type(found["n"]) is int
    assert type(found["price"]) is Decimal


@pytest.mark.parametrize("value", [1.5, {1}, object(), [0.1], Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_value_is_refused(value) -> None:
    with pytest.raises(TypeError):
        marshal(value)


@pytest.mark.parametrize("value", [10**38 + 1, Decimal("1." + "1" * 38)])
def test_a_number_that_would_be_rounded_is_refused(value) -> None:
    with pytest.raises(ArithmeticError):
        marshal(value)


def test_a_type_that_is_never_written_is_not_read() -> None:
    with pytest.raises(TypeError, match="SS"):
        unmarshal_item({"x": {"SS": ["a"]}})
