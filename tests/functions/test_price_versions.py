"""Versions of a price over HTTP: published, listed, previewed, billed, refused."""

import pytest

from tests.support.lived import PATH

PRICE = "/v1/prices/team"


def version(amount: str, from_on: str, applies: str, **more) -> dict:
    model = {"model": "per_unit", "amount": amount}
    return {"version": 2, "from_on": from_on, "applies": applies, "model": model, **more}


@pytest.fixture
def sold(lived):
    """A seat at 100.00 a month since 1 June, billed for June."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    return lived


def published(lived, *args, **more) -> dict:
    return lived.call.made("POST", f"{PRICE}/versions", version(*args, **more))


KEPT = [
    ("new", [], ["07-01..07-31 10000"]),
    ("renewal", [], ["07-01..07-31 11000"]),
    ("existing", [], ["07-01..07-31 11000"]),
]


@pytest.mark.parametrize(("applies", "june", "july"), KEPT)
def test_who_takes_a_version_over(sold, applies, june, july) -> None:
    found = published(sold, "110.00", "2013-06-15", applies)
    assert (found["version"], found["from_on"], found["applies"]) == (2, "2013-06-15", applies)
    assert sold.bills("2013-06-15") == june
    assert sold.bills("2013-07-01") == july


def test_a_new_subscription_has_the_version_of_its_first_day(sold) -> None:
    published(sold, "110.00", "2013-06-15", "new")
    assert sold.bills("2013-07-01") == ["07-01..07-31 10000"]
    sold.subscribes(start_on="2013-07-01", external_id="S2")
    assert sold.bills("2013-07-02") == ["07-01..07-31 11000"]


def test_inside_a_period_it_is_billed_with_the_next_bill(sold) -> None:
    """16 of 30 days: 100.00 back are 53.33, 110.00 are 58.67."""
    published(sold, "110.00", "2013-06-15", "existing", mid_period=True)
    assert sold.bills("2013-07-01") == [
        "06-15..06-30 -5333",
        "06-15..06-30 5867",
        "07-01..07-31 11000",
    ]
    assert sold.bills("2013-08-01") == ["08-01..08-31 11000"]


def test_versions_are_listed_newest_first(sold) -> None:
    published(sold, "110.00", "2013-06-15", "renewal", metadata={"why": "index"})
    rows = sold.call("GET", f"{PRICE}/versions")[1]["data"]
    assert [(one["version"], one["model"]["amount"]) for one in rows] == [
        (2, "110.00"),
        (1, "100.00"),
    ]
    assert (rows[0]["metadata"], rows[1]["from_on"]) == ({"why": "index"}, None)
    assert sold.call("GET", PRICE)[1] == rows[0]


def test_the_same_again_publishes_nothing_twice(sold) -> None:
    first = published(sold, "110.00", "2013-06-15", "renewal")
    sold.at("2013-06-20")  # it began meanwhile, which matters to nobody who repeats himself
    assert published(sold, "110.00", "2013-06-15", "renewal") == first
    status, found, _ = sold.call(
        "POST", f"{PRICE}/versions", version("120.00", "2013-07-15", "renewal")
    )
    assert (status, found["code"]) == (409, "state_conflict")


def test_a_preview_shows_the_bills_with_the_version_and_without(sold) -> None:
    body = version("110.00", "2013-06-15", "existing", mid_period=True)
    before = dict(sold.call.model.items)
    asked = {**body, "price": "team", "on": "2013-07-01"}
    status, found, _ = sold.call("POST", f"{PATH}/price-preview", asked)
    # 100.00 in July without; 110.00 and 5.34 more for June with it
    assert (status, found["total"], found["total_without"]) == (200, 115_34, 100_00)
    assert sold.call.model.items == before
    published(sold, "110.00", "2013-06-15", "existing", mid_period=True)
    assert sold.bills("2013-07-01")[-1] == "07-01..07-31 11000"


def test_the_past_is_corrected_by_an_act_of_its_own(sold) -> None:
    """Only new ones have 110.00; this one was meant to have it from 15 June on."""
    published(sold, "110.00", "2013-06-15", "new")
    assert sold.bills("2013-07-01") == ["07-01..07-31 10000"]
    choice = {"price": "team", "version": 2, "effective_on": "2013-06-15"}
    assert sold.preview("price", **choice) == 5_34 + 10_00
    sold.does("price", **choice)
    assert sold.changes()[0]["price_version"] == 2
    assert sorted(sold.bills("2013-07-02")) == [
        "06-15..06-30 -5333",
        "06-15..06-30 5867",
        "07-01..07-31 -10000",
        "07-01..07-31 11000",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"price": "team", "version": 3}, "expected 1 to 1, found 3"),
        ({"price": "none", "version": 1}, "expected one of the subscription's ['team']"),
        ({"price": "team", "version": 1, "effective_on": "2012-01-01"}, "2013-06-01 or later"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(sold, fields, said) -> None:
    status, found = sold.refused("price", **{"effective_on": "2013-06-15", **fields})
    assert (status, said in found) == (422, True), found


REFUSED = [
    (version("110.00", "2013-06-02", "new"), 422, "/from_on"),  # too soon
    (version("110.00", "2013-06-15", "renewal", mid_period=True), 422, "/mid_period"),
    (version("110.00", "2013-06-15", "all"), 422, "/applies"),
    (version("110.00", "2013-06-15", "new") | {"version": 4}, 409, None),
    (version("110.00", "2013-06-15", "new") | {"version": 1}, 422, "/version"),
    (version("110.00", "2013-06-15", "new") | {"currency": "USD"}, 422, "/currency"),
    (version("-1", "2013-06-15", "new"), 422, "/model/amount"),
]


@pytest.mark.parametrize(("body", "status", "pointer"), REFUSED)
def test_what_makes_no_sense_is_refused(sold, body, status, pointer) -> None:
    before = dict(sold.call.model.items)
    found = sold.call("POST", f"{PRICE}/versions", body)
    assert found[0] == status, found
    assert pointer is None or found[1]["errors"][0]["pointer"] == pointer
    assert sold.call.model.items == before


def test_there_are_no_versions_of_nothing(sold) -> None:
    body = version("110.00", "2013-06-15", "new")
    assert sold.call("POST", "/v1/prices/none/versions", body)[0] == 404
    assert sold.call("GET", "/v1/prices/none/versions")[0] == 404


def test_a_version_must_fit_the_meter(sold) -> None:
    sold.call.made("POST", "/v1/meters", {"code": "m", "event_type": "t", "aggregation": "count"})
    model = {"model": "per_unit", "amount": "1"}
    price = {"code": "calls", "product": "service", "currency": "EUR", "kind": "usage"}
    sold.call.made("POST", "/v1/prices", {**price, "meter": "m", "model": model})
    wrong = {"model": "matrix", "dimensions": ["zone"], "cells": [], "default": "1"}
    body = version("1", "2013-06-15", "existing") | {"model": wrong}
    found = sold.call("POST", "/v1/prices/calls/versions", body)
    assert (found[0], found[1]["errors"][0]["pointer"]) == (422, "/model/dimensions")
