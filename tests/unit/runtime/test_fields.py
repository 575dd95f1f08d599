"""Fields of the API: exact text for numbers and days, and nothing guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from solde.domain.identity import new_id
from solde.ports.records import Record
from solde.runtime.fields import (
    AddressModel,
    Amount,
    Code,
    Day,
    Exact,
    Metadata,
    created_by_id,
    described,
    instant_text,
    listed,
    recorded,
)

AT = datetime(2013, 1, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0", "-0.5", "12.50", "999999999999999999.999999999999"])
def test_a_number_is_text_and_comes_back_as_it_was_said(text) -> None:
    number = TypeAdapter(Exact)
    assert number.validate_python(text) == Decimal(text)
    assert number.dump_python(number.validate_python(text)) == text


@pytest.mark.parametrize(
    "wrong", [12.5, 12, True, None, "", "1e3", "01", ".5", "5.", "+1", "NaN", "1,5", "1" * 19, "1 "]
)
def test_what_is_no_exact_number_is_refused(wrong) -> None:
    with pytest.raises(ValidationError, match="expected a decimal as text"):
        TypeAdapter(Exact).validate_python(wrong)


def test_an_amount_is_never_negative() -> None:
    assert TypeAdapter(Amount).validate_python("0") == 0
    with pytest.raises(ValidationError, match="expected 0 or more"):
        TypeAdapter(Amount).validate_python("-0.01")


def test_a_day_is_text_between_two_bounds() -> None:
    assert TypeAdapter(Day).validate_python("2027-01-31") == date(2027, 1, 31)
    for wrong in ("2027-1-31", "31.01.2027", 20270131, "2027-02-30", "1969-12-31", "2200-01-01"):
        with pytest.raises(ValidationError):
            TypeAdapter(Day).validate_python(wrong)


@pytest.mark.parametrize(("code", "good"), [("seat-1.a_B", True), ("-a", False), ("a" * 41, False)])
def test_a_code(code, good) -> None:
    adapter = TypeAdapter(Code)
    if good:
        assert adapter.validate_python(code) == code
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(code)


def test_notes_are_few_and_short() -> None:
    adapter = TypeAdapter(Metadata)
    assert adapter.validate_python({"crm": ""}) == {"crm": ""}
    for wrong in ({"a b": "x"}, {"a": "x" * 501}, {f"k{n}": "x" for n in range(51)}):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


def test_a_field_that_nobody_knows_is_refused() -> None:
    good = {"lines": ["1 rue X"], "postcode": "75001", "city": "Paris", "country": "FR"}
    assert AddressModel.model_validate(good).city == "Paris"
    for wrong in (good | {"zip": "75001"}, good | {"country": "fr"}, good | {"lines": []}):
        with pytest.raises(ValidationError):
            AddressModel.model_validate(wrong)


def test_an_instant_is_told_in_utc() -> None:
    assert instant_text(AT.astimezone(timezone(timedelta(hours=2)))) == "2013-01-10T12:00:00Z"
    assert instant_text(None) is None
    assert created_by_id(new_id("cus", at=AT, tail=0)) == "2013-01-10T12:00:00Z"
    assert created_by_id("cus_1") is None


def test_objects_and_lists_have_one_shape() -> None:
    assert list(described("customer", id="cus_1")) == ["object", "id"]
    assert listed([], next_cursor="c") == {
        "object": "list",
        "data": [],
        "has_more": True,
        "next_cursor": "c",
    }
    assert listed([{}], next_cursor=None)["has_more"] is False
    assert recorded(Record(AT, AT, 3, {"a": "b"}), livemode=False) == {
        "metadata": {"a": "b"},
        "version": 3,
        "created_at": "2013-01-10T12:00:00Z",
        "updated_at": "2013-01-10T12:00:00Z",
        "livemode": False,
    }
