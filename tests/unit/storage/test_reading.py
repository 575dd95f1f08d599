"""What cannot be read is named; what has no value is left out."""

from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import InvalidError
from solde.storage.reading import CorruptItemError, day, instant, present, reading

ITEM = {"pk": "A#1", "sk": "B#1"}


@pytest.mark.parametrize(
    "wrong", [KeyError("total"), ValueError("no day"), TypeError("none"), ArithmeticError("1/0")]
)
def test_what_goes_wrong_while_reading_names_the_item(wrong) -> None:
    said = f"item A#1 B#1: {type(wrong).__name__}"
    with pytest.raises(CorruptItemError, match=said), reading(ITEM):
        raise wrong


def test_other_errors_are_let_through() -> None:
    with pytest.raises(InvalidError, match="a rule of the trade"), reading(ITEM):
        raise InvalidError("a rule of the trade")


def test_days_and_instants_may_be_missing() -> None:
    assert (day(None), day("")) == (None, None)
    assert day("2027-01-31") == date(2027, 1, 31)
    assert (instant(None), instant("2027-01-31T05:00:00+00:00")) == (
        None,
        datetime(2027, 1, 31, 5, tzinfo=UTC),
    )


def test_what_has_no_value_is_left_out_and_zero_is_one() -> None:
    found = present(name="a", none=None, text="", pair=(), rows=[], zero=0, no=False)
    assert found == {"name": "a", "zero": 0, "no": False}
