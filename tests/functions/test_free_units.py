"""Free units over HTTP: defined, shown, changed by a version, refused."""

import pytest

METER = {"code": "calls", "event_type": "call", "aggregation": "sum", "value": "n"}
PRICE = {"code": "calls", "product": "service", "currency": "EUR", "kind": "usage"}
MODEL = {"model": "per_unit", "amount": "1.00"}


@pytest.fixture
def metered(lived):
    lived.call.made("POST", "/v1/meters", METER)
    return lived


def defined(lived, **fields):
    return lived.call("POST", "/v1/prices", {**PRICE, "meter": "calls", "model": MODEL, **fields})


def test_free_units_are_shown_and_kept_by_the_next_version(metered) -> None:
    status, found, _ = defined(metered, free_units="50", prorate_allowance=True)
    assert (status, found["free_units"], found["prorate_allowance"]) == (201, "50", True)
    version = {"version": 2, "from_on": "2013-07-01", "applies": "existing", "model": MODEL}
    found = metered.call.made("POST", "/v1/prices/calls/versions", version)
    assert (found["free_units"], found["prorate_allowance"]) == ("50", True)
    third = {**version, "version": 3, "free_units": "20"}
    assert metered.call.made("POST", "/v1/prices/calls/versions", third)["free_units"] == "20"


def test_a_price_without_says_so(metered) -> None:
    _, found, _ = defined(metered)
    assert (found["free_units"], found["prorate_allowance"]) == ("0", False)


REFUSED = [
    ({"free_units": "-1"}, "/free_units"),
    ({"free_units": "50", "kind": "advance", "meter": ""}, "/free_units"),
    ({"free_units": "50", "model": {"model": "formula", "formula": "quantity"}}, "/free_units"),
    ({"prorate_allowance": True, "kind": "advance", "meter": ""}, "/prorate_allowance"),
]


@pytest.mark.parametrize(("fields", "pointer"), REFUSED)
def test_what_makes_no_sense_is_refused(metered, fields, pointer) -> None:
    status, found, _ = defined(metered, **fields)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
