"""Prices of single events, over HTTP: kept by the meter, billed, previewed, late and explained."""

from datetime import UTC, datetime

import pytest

from solde.runtime.usage import rating_context
from solde.workflows.rate_usage.rate import rate_usage
from tests.functions.test_previews import ORDER
from tests.functions.test_usage import EVENT, packed, rated, sent, usage
from tests.support.http_api import Api

FEBRUARY = datetime(2013, 2, 1, 6, tzinfo=UTC)
SIGNS = {"invoice": 1, "credit_note": -1, "preview": 1}
METER = {
    "code": "paid",
    "event_type": "paid",
    "aggregation": "sum",
    "value": "amount",
    "fields": ["amount", "fee"],
}
PERCENT = {
    "model": "percentage",
    "percent": "2",
    "fixed_amount": "0.30",
    "free_events": 1,
    "minimum": "0.50",
    "maximum": "9.00",
}
FORMULA = {"model": "formula", "formula": "amount * 0.01 + fee", "fields": ["amount", "fee"]}


def priced(call: Api, model: dict) -> None:
    call.shop()
    call.made("POST", "/v1/meters", METER)
    product = {"code": "payments", "name": "Payments"}
    call.made("POST", "/v1/products", product)
    price = {"code": "p", "product": "payments", "currency": "EUR", "kind": "usage"}
    call.made("POST", "/v1/prices", {**price, "model": model, "meter": "paid"})
    component = {"code": "paid", "price": "p", "description": "Payments"}
    plan = {"code": "team", "name": "Pay", "unit": "month", "components": [component]}
    call.made("POST", "/v1/plans", {**plan, "code": "pay"})
    call.made("POST", "/v1/subscriptions", {**ORDER, "plan": "pay"})


def paid(number: int, hour: int, amount: str, fee: str = "0") -> dict:
    time = f"2013-01-09T{hour:02d}:00:00Z"
    data = {"amount": amount, "fee": fee}
    return {**EVENT, "id": f"p{number}", "type": "paid", "time": time, "data": data}


def previewed(call: Api) -> list[tuple[str, int]]:
    body = {"customer": "ext:M1", "on": "2013-02-01"}
    status, found, _ = call("POST", "/v1/invoices/preview", body, idempotency_key="k")
    assert status == 200, found
    return [
        (line["service"]["start_on"], SIGNS[document["object"]] * line["net"])
        for document in found["documents"]
        for line in document["document"]["lines"]
    ]


@pytest.mark.parametrize(
    ("model", "net"),
    [
        # The first, by time, is free; 10.00 costs 0.20 + 0.30, so 0.50; 1000.00 costs at most 9.00
        (PERCENT, 9_50),
        # 5 × 0.01 + 0 = 0.05; 10 × 0.01 + 1 = 1.10; 1000 × 0.01 + 2.5 = 12.50
        (FORMULA, 13_65),
        # What each event carries: 0 + 1 + 2.50
        ({"model": "carried"}, 3_50),
    ],
)
def test_single_events_are_priced_in_order_of_their_time(call, model, net) -> None:
    priced(call, model)
    sent(call, paid(1, 12, "1000.00", "2.50"), paid(2, 11, "10", "1"))
    rated(call)
    sent(call, paid(3, 10, "5"), paid(1, 12, "1000.00", "2.50"))  # the second is sent again
    packed(call)
    (row,) = usage(call, customer="ext:M1")
    assert (row["quantity"], row["events"], row["rated"]["events"]) == ("1015", 3, 2)
    rated(call)
    assert previewed(call) == [("2013-01-01", net)]
    rated(call)
    assert previewed(call) == [("2013-01-01", net)]


def test_a_late_event_moves_what_its_period_costs(call) -> None:
    priced(call, PERCENT)
    sent(call, paid(1, 12, "1000.00"), paid(2, 13, "10"))
    rated(call)
    assert previewed(call) == [("2013-01-01", 50)]  # the first is free
    sent(call, paid(3, 11, "100"))  # and now another was the first
    rated(call)
    assert previewed(call) == [("2013-01-01", 9_50)]


def test_a_billed_event_that_is_corrected_or_cancelled_is_a_line_of_its_own_period(call) -> None:
    priced(call, FORMULA)
    sent(call, paid(1, 12, "1000.00", "2.50"), paid(2, 11, "10", "1"))
    rated(call)
    assert previewed(call) == [("2013-01-01", 13_60)]  # 12.50 + 1.10
    rate_usage(FEBRUARY, began_at=FEBRUARY, context=rating_context())
    call.bills(FEBRUARY)
    assert previewed(call) == []
    sent(
        call,
        {**paid(3, 12, "100.00", "2.50"), "corrects": "p1"},
        {**EVENT, "id": "p4", "cancels": "p2"},
    )
    rated(call)
    # 100 × 0.01 + 2.50 = 3.50 is left of 13.60
    assert previewed(call) == [("2013-01-01", -10_10)]


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"aggregation": "max"}, "/fields"),
        ({"fields": ["fee", "amount"]}, "/fields"),
        ({"dimensions": ["zone"]}, "/fields"),
        ({"fields": ["amount", "amount"]}, "/fields"),
    ],
)
def test_fields_that_no_meter_keeps_are_refused(call, more, pointer) -> None:
    status, found, _ = call("POST", "/v1/meters", {**METER, **more}, idempotency_key="m")
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)


def test_an_event_without_a_field_is_refused_by_name(call) -> None:
    priced(call, FORMULA)
    flawed = paid(1, 12, "1")
    del flawed["data"]["fee"]
    status, found, _ = sent(call, flawed)
    assert (status, found["errors"][0]["pointer"]) == (422, "/0/data/fee")
