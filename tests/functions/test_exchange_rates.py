"""Rates of exchange by the API, and the tax of a document in the seller's own currency."""

import pytest

from tests.support.http_api import CUSTOMER, ENTITY, NOW

RATE = {"base": "EUR", "currency": "USD", "on": "2013-01-09", "rate": "1.3", "source": "ECB"}
ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-10"}


def listed(call, **query: str) -> list[str]:
    found = call("GET", "/v1/exchange-rates", query={"base": "EUR", "currency": "USD", **query})
    return [one["rate"] for one in found[1]["data"]]


def test_rates_are_added_by_day_and_listed(call) -> None:
    made = call.made("POST", "/v1/exchange-rates", RATE)
    assert (made["object"], made["id"], made["rate"]) == (
        "exchange_rate",
        "EUR-USD-2013-01-09",
        "1.3",
    )
    call.made("POST", "/v1/exchange-rates", {**RATE, "on": "2013-01-10", "rate": "1.31"})
    assert listed(call) == ["1.31", "1.3"]
    assert listed(call, until="2013-01-09") == ["1.3"]
    assert call("POST", "/v1/exchange-rates", {**RATE, "rate": "1.4"})[0] == 409


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"rate": "0"}, "/rate"),
        ({"rate": 1.3}, "/rate"),
        ({"currency": "EUR"}, "/currency"),
        ({"source": ""}, "/source"),
        ({"on": "2013-13-01"}, "/on"),
    ],
)
def test_nonsense_is_refused(call, fields: dict, pointer: str) -> None:
    before = dict(call.model.items)
    status, found, _ = call("POST", "/v1/exchange-rates", {**RATE, **fields})
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert call.model.items == before


def dollars(call) -> None:
    call.made("POST", "/v1/entities", ENTITY)
    call.made("POST", "/v1/products", {"code": "seat", "name": "Seat"})
    price = {"code": "seat", "product": "seat", "currency": "USD", "kind": "one_time"}
    price["model"] = {"model": "per_unit", "amount": "100.00"}
    call.made("POST", "/v1/prices", price)
    part = {"code": "seats", "price": "seat", "description": "Seats"}
    plan = {"code": "team", "name": "Team", "unit": "month", "components": [part]}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/customers", CUSTOMER)


def test_tax_in_dollars_is_told_in_euros_in_preview_and_bill(call) -> None:
    """100.00 at 19.6 %: 19.60, and 15.08 in euros at 1.3."""
    dollars(call)
    call.made("POST", "/v1/exchange-rates", RATE)
    preview = call.made("POST", "/v1/subscriptions/preview", ORDER)
    call.made("POST", "/v1/subscriptions", ORDER)
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    document = call("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    for one in (preview["documents"][0]["document"], document):
        booked = one["accounting"]
        assert (one["totals"]["tax"], booked["tax"]) == (19_60, 15_08)
        assert (booked["rate"], booked["on"], booked["source"]) == ("1.3", "2013-01-09", "ECB")


def test_a_customer_whose_tax_cannot_be_converted_is_parked(call) -> None:
    dollars(call)
    call.made("POST", "/v1/subscriptions", ORDER)
    call.bills(NOW)
    assert call("GET", "/v1/invoices")[1]["data"] == []
    status, found, _ = call("POST", "/v1/invoices/preview", {"customer": "ext:M1"})
    assert (status, "exchange rate: expected one of EUR and USD" in found["detail"]) == (422, True)
