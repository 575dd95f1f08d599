"""Previews answer what would be billed, to the cent, and write nothing."""

import pytest

from tests.support.http_api import CUSTOMER, NOW

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01", "external_id": "S1"}


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/subscriptions", {**ORDER, "quantities": {"seats": "2"}})
    return call


def asked(call, path, body):
    before = dict(call.model.items)
    objects = dict(call.objects.bodies)
    status, found, _ = call("POST", path, body, idempotency_key="k")
    assert call.model.items == before
    assert call.objects.bodies == objects
    return status, found


def test_what_a_customer_is_billed_next(shop) -> None:
    status, found = asked(shop, "/v1/invoices/preview", {"customer": "ext:M1"})
    # 2 seats at 31.00 = 62.00, and 19.6 % of it = 12.152, so 12.15
    assert (status, found["object"], found["total"]) == (200, "preview", 74_15)
    (document,) = found["documents"]
    assert (document["id"], document["number"], document["status"]) == (None, None, "preview")
    assert document["document"]["totals"]["net"] == 62_00
    assert document["due_on"] == "2013-02-09"  # 30 days after 10 January


def test_a_day_further_on_takes_in_what_falls_due_by_then(shop) -> None:
    body = {"customer": "ext:M1", "on": "2013-02-01"}
    _, found = asked(shop, "/v1/invoices/preview", body)
    # January and February: 124.00, and 19.6 % = 24.304
    assert (found["billed_on"], found["total"]) == ("2013-02-01", 148_30)


def test_before_his_invoice_day_a_customer_is_billed_nothing(shop) -> None:
    """A run selects nobody before his day: two seats, 62.00 + 12.15, wait for the 15th."""
    shop.made("POST", "/v1/customers", {**CUSTOMER, "external_id": "M2", "invoice_day": 15})
    order = {**ORDER, "customer": "ext:M2", "external_id": "S2", "start_on": "2013-02-01"}
    shop.made("POST", "/v1/subscriptions", {**order, "quantities": {"seats": "2"}})
    told = []
    for on in ("2013-02-01", "2013-02-14", "2013-02-15", None):
        body = {"customer": "ext:M2"} | ({"on": on} if on else {})
        _, found = asked(shop, "/v1/invoices/preview", body)
        told.append((found["billed_on"], found["total"], len(found["documents"])))
    assert told == [
        ("2013-02-01", 0, 0),
        ("2013-02-14", 0, 0),
        ("2013-02-15", 74_15, 1),
        ("2013-02-15", 74_15, 1),
    ]


def test_a_change_after_billing_shows_only_its_difference(shop) -> None:
    shop.bills(NOW)
    body = {"change": "quantity", "component": "seats", "quantity": "3"}
    body["effective_on"] = "2013-01-11"
    path = "/v1/subscriptions/ext:S1/change-preview"
    status, found = asked(shop, path, body)
    # One seat more for 21 of 31 days: 21.00, and 19.6 % = 4.116
    assert status == 200, found
    assert (found["billed_on"], found["total"], found["total_without"]) == ("2013-01-10", 25_12, 0)
    (line,) = found["documents"][0]["document"]["lines"]
    assert (line["units"], line["service"]["start_on"], line["net"]) == ("1", "2013-01-11", 21_00)


def test_the_change_itself_is_then_billed_as_it_was_shown(shop) -> None:
    shop.bills(NOW)
    change = {"component": "seats", "quantity": "3", "effective_on": "2013-01-11"}
    path = "/v1/subscriptions/ext:S1"
    _, shown = asked(shop, f"{path}/change-preview", {"change": "quantity", **change})
    shop.made("POST", f"{path}/quantity", change)
    _, then = asked(shop, "/v1/invoices/preview", {"customer": "ext:M1"})
    assert then["documents"] == shown["documents"]


def test_a_cancellation_shows_the_credit_note(shop) -> None:
    shop.bills(NOW)
    body = {"change": "cancel", "effective_on": "2013-01-22"}
    _, found = asked(shop, "/v1/subscriptions/ext:S1/change-preview", body)
    # 10 of 31 days of 62.00 go back: 20.00, and 19.6 % = 3.92
    assert [one["object"] for one in found["documents"]] == ["credit_note"]
    assert found["total"] == -23_92


def test_a_new_subscription_is_shown_beside_what_is_there(shop) -> None:
    body = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-22"}
    status, found = asked(shop, "/v1/subscriptions/preview", body)
    # 62.00 for the first, and one seat for 10 of 31 days: 72.00, and 19.6 % = 14.112
    assert (status, found["total"], found["total_without"]) == (200, 74_15, 74_15)
    _, later = asked(shop, "/v1/subscriptions/preview", {**body, "on": "2013-01-22"})
    assert (later["total"], later["total_without"]) == (86_11, 74_15)


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/v1/invoices/preview", {"customer": "ext:M1", "on": "2199-01-01"}, "/on"),
        ("/v1/invoices/preview", {"customer": "ext:M1", "on": "9999-12-31"}, "/on"),
        ("/v1/invoices/preview", {"customer": "ext:M1", "on": 5}, "/on"),
        ("/v1/invoices/preview", {"customer": 7}, "/customer"),
        ("/v1/subscriptions/preview", {**ORDER, "quantities": {"seats": 2.5}}, "/quantities/seats"),
        ("/v1/subscriptions/preview", {**ORDER, "quantities": {"x": "1"}}, "/quantities/x"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(shop, path, body, pointer) -> None:
    status, found = asked(shop, path, body)
    assert (status, found["code"]) == (422, "invalid")
    assert pointer in [one["pointer"] for one in found["errors"]]


@pytest.mark.parametrize(
    "body",
    [
        {"change": "barter", "effective_on": "2013-01-11"},
        {"effective_on": "2013-01-11"},
        {"change": "quantity", "component": "seats", "quantity": 3, "effective_on": "2013-01-11"},
        {"change": "quantity", "component": "seats", "quantity": "1e9", "effective_on": "x"},
        {"change": "quantity", "component": "seats", "quantity": "NaN", "effective_on": None},
        {"change": "quantity", "component": "none", "quantity": "1", "effective_on": "2013-01-11"},
        {"change": "cancel", "effective_on": "1999-01-01"},
        {"change": "cancel", "effective_on": ["2013-01-11"]},
        {"change": "plan", "plan": "team", "effective_on": "2013-01-11", "quantities": []},
        [],
    ],
)
def test_a_change_that_would_be_refused_is_refused(shop, body) -> None:
    status, found = asked(shop, "/v1/subscriptions/ext:S1/change-preview", body)
    assert status == 422
    assert found["errors"]


def test_a_reader_may_preview_and_not_change(call) -> None:
    call.shop()
    before = dict(call.model.items)
    key = call.key("subscriptions:read")
    path = "/v1/subscriptions/preview"
    assert call("POST", path, ORDER, key=key)[0] == 200
    assert call("POST", "/v1/subscriptions", ORDER, key=key)[0] == 403
    assert len(call.model.items) == len(before) + 1  # the key itself
