"""What an event says to its meters: all of them take it, or none does."""

from decimal import Decimal

import pytest

from solde.domain.catalog import Aggregation, Meter
from solde.domain.errors import InvalidError
from solde.domain.usage.event import Flaw
from solde.domain.usage.metering import Misread, by_event_type, readings

CALLS = Meter("calls", "api.call", Aggregation.COUNT)
BYTES = Meter("bytes", "api.call", Aggregation.SUM, value="size", dimensions=("region", "cached"))
ERRORS = Meter(
    "errors", "api.call", Aggregation.COUNT, filters=(("status", "500"), ("retry", "false"))
)
USERS = Meter("users", "login", Aggregation.UNIQUE, value="user/id")
METERS = by_event_type([USERS, CALLS, BYTES, ERRORS])
EXPECTED = (
    "a decimal as text or a whole number, at most 15 digits before the point and 12 behind it"
)


def test_meters_are_found_by_event_type_in_order_of_their_code():
    found = by_event_type([CALLS, USERS, BYTES])
    assert {name: [one.meter for one in mine] for name, mine in found.items()} == {
        "api.call": [BYTES, CALLS],
        "login": [USERS],
    }


def test_an_event_moves_every_meter_that_takes_it():
    data = {"size": "3.20", "region": "eu", "cached": True, "status": 500, "retry": False}
    assert readings(METERS, "api.call", data) == [
        (BYTES, ("eu", "true"), Decimal("3.20")),
        (CALLS, (), None),
        (ERRORS, (), None),
    ]


@pytest.mark.parametrize("data", [{"status": "200", "retry": False}, {"status": "500"}, {}])
def test_filters_leave_meters_out(data):
    found = readings(METERS, "api.call", {"size": 1, **data})
    assert isinstance(found, list)
    assert [meter.code for meter, _, _ in found] == ["bytes", "calls"]


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        ({"region": "eu", "plan": "paid"}, True),
        ({"region": "eu"}, True),  # what is not said is not excluded
        ({"region": "eu", "plan": "free"}, False),
        ({"region": "us", "plan": "paid"}, False),
    ],
)
def test_what_is_excluded_moves_no_meter(data, taken):
    paid = Meter(
        "paid", "t", Aggregation.COUNT, filters=(("region", "eu"),), excludes=(("plan", "free"),)
    )
    found = readings(by_event_type([paid]), "t", data)
    assert isinstance(found, list) is taken


def test_only_a_sum_can_be_prorated():
    with pytest.raises(InvalidError, match="prorated: expected on a sum only, found on max"):
        Meter("m", "t", Aggregation.MAX, "v", prorated=True)


def test_a_dimension_that_is_absent_or_no_scalar_is_empty():
    data = {"size": 1, "region": ["eu"]}
    found = readings(METERS, "api.call", data)
    assert isinstance(found, list)
    assert found[0][1] == ("", "")


@pytest.mark.parametrize(
    ("event_type", "data", "code", "flaw"),
    [
        (
            "sms.sent",
            {},
            "unknown_meter",
            Flaw("/type", "unknown_meter", "the event type of a meter", '"sms.sent"'),
        ),
        ("api.call", {}, "bad_value", Flaw("/data/size", "bad_value", EXPECTED, "nothing")),
        (
            "api.call",
            {"size": "1e9"},
            "bad_value",
            Flaw("/data/size", "bad_value", EXPECTED, '"1e9"'),
        ),
        (
            "login",
            {"user/id": {}},
            "bad_value",
            Flaw("/data/user~1id", "bad_value", "text or a whole number", "an object"),
        ),
    ],
)
def test_why_an_event_moves_nothing(event_type, data, code, flaw):
    assert readings(METERS, event_type, data) == Misread(code, flaw)


def test_an_event_that_no_filter_lets_through_is_not_metered():
    only = by_event_type([ERRORS])
    found = readings(only, "api.call", {"status": "200"})
    assert found == Misread(
        "not_metered",
        Flaw("/data", "not_metered", "data that passes the filters of a meter", "an object"),
    )


def test_the_value_of_a_unique_count_is_text():
    assert readings(METERS, "login", {"user/id": 7}) == [(USERS, (), "7")]
