"""Events in and usage out, through the handlers: what is said of each, and what is left."""

import gzip
import json
from base64 import b64encode
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from functions.ingest_usage import accept
from solde.runtime.usage import rating_context
from solde.workflows.ingest_usage.pack import pack
from solde.workflows.rate_usage.rate import rate_usage
from tests.functions.test_previews import ORDER
from tests.support.http_api import KEY, Api

BATCH = "application/cloudevents-batch+json"
SINGLE = "application/cloudevents+json"
MORNING = datetime(2013, 1, 10, 6, tzinfo=UTC)
EVENT = {
    "specversion": "1.0",
    "id": "e1",
    "source": "urn:m",
    "type": "read",
    "subject": "S1",
    "time": "2013-01-09T12:00:00Z",
    "data": {"m3": "3.5"},
}


@pytest.fixture
def metered(call: Api) -> Api:
    call.shop()
    meter = {"code": "gas", "event_type": "read", "aggregation": "sum", "value": "m3"}
    call.made("POST", "/v1/meters", meter)
    call.made("POST", "/v1/subscriptions", ORDER)
    return call


def sent(call: Api, *events, **headers):
    return call("POST", "/v1/events", list(events), content_type=BATCH, **headers)


def packed(call: Api) -> None:
    messages = {str(number): body for number, body in enumerate(call.queue)}
    pack(messages, at=MORNING, objects=call.objects)
    call.queue.clear()


def rated(call: Api) -> None:
    packed(call)
    rate_usage(MORNING, began_at=MORNING, context=rating_context())


def usage(call: Api, **query) -> list[dict]:
    status, found, _ = call("GET", "/v1/usage", query=query)
    assert status == 200, found
    return found["data"]


def test_usage_counts_what_waits_beside_what_is_rated(metered) -> None:
    assert sent(metered, EVENT)[:2] == (
        202,
        {"object": "ingestion", "accepted": 1, "rejected": 0, "results": []},
    )
    rated(metered)
    sent(metered, {**EVENT, "id": "e2", "data": {"m3": "1"}}, EVENT)  # the first again: known
    packed(metered)
    (row,) = usage(metered, customer="ext:M1")
    assert (row["meter"], row["quantity"], row["events"]) == ("gas", "4.5", 2)
    assert (row["rated"]["quantity"], row["rated"]["events"]) == ("3.5", 1)
    assert usage(metered, subscription="ext:S1") == [row]
    assert usage(metered, subscription="ext:S1", to="2013-01-09") == []


def test_what_became_of_an_event(metered) -> None:
    urn = "/v1/events/urn:m"
    assert metered("GET", f"{urn}/e1")[0] == 404
    sent(metered, EVENT, {**EVENT, "id": "e/2", "subject": "nobody"})
    packed(metered)
    assert metered("GET", f"{urn}/e1")[1]["status"] == "waiting"
    rated(metered)
    found = metered("GET", f"{urn}/e1")[1]
    assert (found["status"], found["day"]) == ("rated", "2013-01-09")
    found = metered("GET", f"{urn}/e%2F2")[1]
    assert (found["status"], found["code"]) == ("parked", "unknown_subject")
    assert metered("GET", f"{urn}/e/2")[1] == found


def test_rejected_events_are_listed_in_pages_and_by_code(metered) -> None:
    sent(metered, *({**EVENT, "id": f"x{number}", "subject": "nobody"} for number in range(3)))
    sent(metered, {**EVENT, "id": "y", "type": "unheard-of"})
    rated(metered)
    first = metered("GET", "/v1/rejected-events", query={"limit": "3"})[1]
    assert (len(first["data"]), first["has_more"]) == (3, True)
    query = {"limit": "3", "cursor": first["next_cursor"]}
    rest = metered("GET", "/v1/rejected-events", query=query)[1]
    assert (len(rest["data"]), rest["has_more"]) == (1, False)
    by_code = metered("GET", "/v1/rejected-events", query={"code": "unknown_meter"})[1]["data"]
    assert [one["event"]["id"] for one in by_code] == ["y"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/v1/usage", {}, 422),
        ("/v1/usage", {"customer": "ext:M1", "subscription": "ext:S1"}, 422),
        ("/v1/usage", {"customer": "ext:M1", "from": "yesterday"}, 422),
        ("/v1/usage", {"customer": "ext:M1", "from": "2013-02-01", "to": "2013-01-01"}, 422),
        ("/v1/usage", {"customer": "ext:M1", "to": "9999-12-31"}, 422),
        ("/v1/usage", {"customer": "ext:" + "x" * 3000}, 404),
        ("/v1/rejected-events", {"limit": "0"}, 422),
        ("/v1/rejected-events", {"limit": "1e3"}, 422),
        ("/v1/rejected-events", {"cursor": "o-x-1-1"}, 422),
        ("/v1/rejected-events", {"cursor": "o-" + "9" * 400 + "-1-1"}, 200),
        ("/v1/events/urn:m", {}, 404),
        ("/v1/events/" + "/" * 300, {}, 404),
    ],
)
def test_questions_that_make_no_sense(metered, path, query, status) -> None:
    assert metered("GET", path, query=query)[0] == status


@pytest.mark.parametrize(
    ("event", "pointer"),
    [
        ({**EVENT, "data": {"m3": 3.5}}, "/0/data/m3"),
        ({**EVENT, "data": {"m3": "NaN"}}, "/0/data/m3"),
        ({**EVENT, "data": {"m3": "1e999999"}}, "/0/data/m3"),
        ({**EVENT, "data": {"m3": True}}, "/0/data/m3"),
        ({**EVENT, "data": [1]}, "/0/data"),
        ({**EVENT, "time": "2013-01-09"}, "/0/time"),
        ({**EVENT, "id": ""}, "/0/id"),
        ({**EVENT, "source": "x" * 300}, "/0/source"),
        ({**EVENT, "specversion": "0.3"}, "/0/specversion"),
        ("event", "/0"),
        (None, "/0"),
    ],
)
def test_a_malformed_event_is_named_by_its_field_and_not_stored(metered, event, pointer) -> None:
    before = dict(metered.objects.bodies)
    status, found, _ = sent(metered, event)
    assert (status, found["code"], found["accepted"]) == (422, "invalid", 0)
    assert pointer in [one["pointer"] for one in found["errors"]]
    assert (metered.objects.bodies, metered.queue) == (before, [])


def test_the_others_of_a_batch_are_stored_unless_all_or_nothing_is_wanted(metered) -> None:
    bad = {**EVENT, "id": ""}
    status, found, _ = metered(
        "POST", "/v1/events", [bad, EVENT], content_type=BATCH, query={"atomic": "true"}
    )
    assert (status, metered.queue) == (422, [])
    status, found, _ = sent(metered, bad, EVENT)
    assert (status, found["accepted"], found["rejected"]) == (202, 1, 1)
    assert [(one["index"], one["status"]) for one in found["results"]] == [(0, "rejected")]


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        ("{", BATCH, 400),
        ("", BATCH, 400),
        ("[" * 5000, BATCH, 400),
        ('[{"a": NaN}]', BATCH, 400),
        ("[]", BATCH, 400),
        ("7", SINGLE, 422),
        (json.dumps(EVENT), "text/plain", 415),
        (json.dumps(EVENT), "", 415),
    ],
)
def test_bodies_that_are_none(metered, raw, kind, status) -> None:
    found = metered("POST", "/v1/events", raw=raw, content_type=kind)
    assert found[0] == status
    assert found[1]["code"]
    assert metered.queue == []


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"0" * 20_000_000), b"\x1f\x8b\x08"])
def test_a_body_is_unpacked_with_care(metered, body: bytes) -> None:
    status = posted_gzip(body)
    assert status in (400, 413)
    assert metered.queue == []


def test_a_compressed_body_is_read(metered) -> None:
    assert posted_gzip(gzip.compress(json.dumps([EVENT]).encode())) == 202
    assert len(metered.queue) == 1


def posted_gzip(body: bytes) -> int:
    event = {
        "rawQueryString": "",
        "headers": {
            "content-type": BATCH,
            "content-encoding": "gzip",
            "authorization": f"Bearer {KEY}",
        },
        "body": b64encode(body).decode(),
        "isBase64Encoded": True,
        "requestContext": {"requestId": "r1"},
    }
    status: int = accept.lambda_handler(event, SimpleNamespace())["statusCode"]
    return status


def test_a_key_for_other_things_sends_no_events(metered) -> None:
    status, found, _ = sent(metered, EVENT, key=metered.key("usage:read"))
    assert (status, found["code"]) == (403, "missing_scope")
    assert metered.queue == []


def test_an_event_that_is_corrected_or_cancelled_says_so_and_by_what(metered) -> None:
    urn = "/v1/events/urn:m"
    sent(metered, EVENT, {**EVENT, "id": "e2"})
    rated(metered)
    more = {**EVENT, "data": {"m3": "1"}}
    status, found, _ = sent(
        metered,
        {**more, "id": "e3", "corrects": "e1"},
        {**more, "id": "e4", "source": "urn:n", "cancels": "e2", "originalsource": "urn:m"},
        {**more, "id": "e5", "corrects": "e9"},
    )
    assert (status, found["accepted"]) == (202, 3)
    packed(metered)
    (row,) = usage(metered, customer="ext:M1")
    assert (row["quantity"], row["rated"]["quantity"]) == ("1", "7")
    rated(metered)
    assert usage(metered, customer="ext:M1")[0]["rated"]["quantity"] == "1"

    def said(path: str) -> dict:
        return metered("GET", path)[1]

    assert said(f"{urn}/e1")["status"] == "corrected"
    assert said(f"{urn}/e1")["amended_by"] == {"source": "urn:m", "id": "e3"}
    assert (said(f"{urn}/e3")["status"], said(f"{urn}/e3")["event"]["corrects"]) == ("rated", "e1")
    assert said(f"{urn}/e2")["status"] == "cancelled"
    assert said(f"{urn}/e2")["amended_by"] == {"source": "urn:n", "id": "e4"}
    assert (said(f"{urn}/e5")["status"], said(f"{urn}/e5")["code"]) == ("parked", "unknown_event")
    (open_one,) = metered("GET", "/v1/rejected-events", query={"code": "unknown_event"})[1]["data"]
    assert (open_one["status"], open_one["event"]["id"]) == ("open", "e5")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"corrects": "e1"}, "/0/corrects"),  # itself
        ({"corrects": "e2", "cancels": "e3"}, "/0/cancels"),
        ({"cancels": ""}, "/0/cancels"),
        ({"cancels": "e2", "originalsource": 7}, "/0/originalsource"),
    ],
)
def test_what_names_no_other_event_is_refused(metered, more, pointer) -> None:
    status, found, _ = sent(metered, {**EVENT, **more})
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)


def test_a_period_below_zero_is_not_billed_unless_its_meter_is_signed(call) -> None:
    call.shop()
    for code, signed in (("strict", False), ("signed", True)):
        meter = {"code": code, "event_type": code, "aggregation": "sum", "value": "n"}
        call.made("POST", "/v1/meters", {**meter, "signed": signed})
        call.made("POST", "/v1/products", {"code": code, "name": code})
        price = {"code": code, "product": code, "currency": "EUR", "kind": "usage", "meter": code}
        call.made("POST", "/v1/prices", {**price, "model": {"model": "per_unit", "amount": "2.00"}})
        component = {"code": code, "price": code, "description": code}
        plan = {"code": code, "name": code, "unit": "month", "components": [component]}
        call.made("POST", "/v1/plans", plan)
        order = {**ORDER, "plan": code, "external_id": code}
        call.made("POST", "/v1/subscriptions", order)
    body = {"customer": "ext:M1", "on": "2013-02-01"}

    def previewed(*used: tuple[str, str]) -> tuple[int, dict]:
        for number, (code, n) in enumerate(used):
            event = {**EVENT, "id": f"{code}{number}", "type": code, "subject": code}
            sent(call, {**event, "data": {"n": n}})
        rated(call)
        status, found, _ = call("POST", "/v1/invoices/preview", body, idempotency_key="k")
        return status, found

    status, found = previewed(("signed", "-3"), ("strict", "4"))
    (document,) = found["documents"]
    nets = {line["description"]: line["net"] for line in document["document"]["lines"]}
    assert (status, nets) == (200, {"signed": -6_00, "strict": 8_00})  # -3 × 2.00, 4 × 2.00
    status, found = previewed(("strict", "-5"))
    assert (status, found["code"]) == (422, "negative_usage")
