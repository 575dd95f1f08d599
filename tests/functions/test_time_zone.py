"""A subscription that moves: Paris until August 2026, New York from September, over HTTP (R6)."""

from datetime import UTC, datetime

import pytest

from solde.runtime.usage import rating_context
from solde.workflows.ingest_usage.pack import pack
from solde.workflows.rate_usage.rate import rate_usage
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import ORDER, PATH

BATCH = "application/cloudevents-batch+json"


@pytest.fixture
def moved(lived):
    """Calls at 1.00 each, by month, in Paris from 1 August 2026; it moves on 20 August."""
    call = lived.call
    lived.at("2026-08-01")
    call.made("POST", "/v1/entities", ENTITY | {"code": "paris", "number_prefix": "P"})
    call.made("POST", "/v1/customers", CUSTOMER | {"entity": "paris", "external_id": "P1"})
    meter = {"code": "calls", "event_type": "call", "aggregation": "sum", "value": "n"}
    call.made("POST", "/v1/meters", meter)
    price = {"code": "calls", "product": "service", "currency": "EUR", "kind": "usage"}
    price |= {"meter": "calls", "model": {"model": "per_unit", "amount": "1.00"}}
    call.made("POST", "/v1/prices", price)
    part = {"code": "calls", "price": "calls", "description": "Calls"}
    plan = {"code": "metered", "name": "M", "unit": "month", "components": [part]}
    call.made("POST", "/v1/plans", plan)
    order = ORDER | {"customer": "ext:P1", "plan": "metered", "start_on": "2026-08-01"}
    call.made("POST", "/v1/subscriptions", order)
    lived.at("2026-08-20")
    made = lived.does("time-zone", time_zone="America/New_York")
    assert made["time_zone"] == "Europe/Paris 2026-09-01 America/New_York"
    return lived


def used(lived, *events: tuple[str, int]) -> None:
    """Send events as (instant, calls), and rate them in November."""
    lived.at("2026-11-01")
    rows = [
        {
            "specversion": "1.0",
            "id": f"e{number}",
            "source": "urn:x",
            "type": "call",
            "subject": "S1",
            "time": f"{at}Z",
            "data": {"n": str(calls)},
        }
        for number, (at, calls) in enumerate(events)
    ]
    status, found, _ = lived.call("POST", "/v1/events", rows, content_type=BATCH)
    assert status == 202, found
    now = datetime(2026, 11, 1, tzinfo=UTC)
    bodies = {str(number): body for number, body in enumerate(lived.call.queue)}
    pack(bodies, at=now, objects=lived.call.objects)
    rate_usage(now, began_at=now, context=rating_context())


def test_no_event_is_lost_or_counted_twice(moved) -> None:
    used(
        moved,
        ("2026-08-31T21:59:59", 1),  # the last second of August in Paris
        ("2026-08-31T22:00:00", 10),  # the first of September, by the old zone
        ("2026-09-01T02:00:00", 100),  # September, though August in New York
        ("2026-10-01T03:59:59", 1_000),  # the last second of September in New York
        ("2026-10-01T04:00:00", 10_000),
    )
    body = {"customer": "ext:P1", "on": "2026-11-01"}
    _, found, _ = moved.call("POST", "/v1/invoices/preview", body)
    (document,) = found["documents"]
    lines = document["document"]["lines"]
    assert [(one["service"]["start_on"], one["units"]) for one in lines] == [
        ("2026-08-01", "1"),
        ("2026-09-01", "1110"),
        ("2026-10-01", "10000"),
    ]


def test_a_zone_is_previewed_with_the_bill_that_it_leaves_as_it_is(moved) -> None:
    used(moved, ("2026-10-31T12:00:00", 7))
    before = dict(moved.call.model.items)
    asked = {"time_zone": "Asia/Tokyo", "on": "2026-12-01"}  # in New York it is October yet
    status, found, _ = moved.call("POST", f"{PATH}/zone-preview", asked)
    said = "Europe/Paris 2026-09-01 America/New_York 2026-11-01 Asia/Tokyo"
    assert (status, found["time_zone"]) == (200, said)
    assert found["total"] == 8_40  # 7.00 and 20 %
    assert moved.call.model.items == before
    status, found, _ = moved.call("POST", f"{PATH}/zone-preview", {"time_zone": "Mars/Phobos"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/time_zone")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"time_zone": "Mars/Phobos"}, "expected an IANA zone, found 'Mars/Phobos'"),
        ({"time_zone": "America/New_York"}, "expected another zone"),
        ({"time_zone": "Asia/Tokyo"}, "a day after the last turn"),
        ({"time_zone": ""}, "at least 1 character"),
        ({}, "Field required"),
    ],
)
def test_what_makes_no_sense_is_refused(moved, body, said) -> None:
    before = dict(moved.call.model.items)
    status, found, _ = moved.call("POST", f"{PATH}/time-zone", body)
    assert (status, found["errors"][0]["pointer"]) == (422, "/time_zone"), found
    assert said in found["detail"]
    assert moved.call.model.items == before
