"""Prices in credits over HTTP: units with dated values, previewed, billed, told, refused."""

import pytest

from tests.support.lived import ORDER

UNIT = "/v1/pricing-units"


def value(amount: str, on: str, currency: str = "EUR") -> dict:
    return {"currency": currency, "from_on": on, "amount": amount}


def credit(*values: dict, **more) -> dict:
    return {"code": "credit", "name": "Credits", "values": list(values), **more}


FIRST, SECOND = value("0.02", "2013-01-01"), value("0.03", "2013-06-15")


@pytest.fixture
def sold(lived):
    """A seat at 5,000 credits of 0.02 a month: 100.00."""
    lived.call.made("POST", UNIT, credit(FIRST))
    lived.sells("team", "5000", price={"priced_in": "credit"})
    lived.subscribes()
    return lived


def test_credits_are_billed_as_money_and_told(sold) -> None:
    assert sold.bills("2013-06-01") == ["06-01..06-30 10000"]
    made = sold.call.made("POST", UNIT, credit(FIRST, SECOND, version=2))
    assert (made["version"], made["values"]) == (2, [FIRST, SECOND])
    assert sold.call("GET", UNIT)[1]["data"] == [made]
    assert sold.call("GET", f"{UNIT}/credit")[1] == made
    asked = ORDER | {"external_id": "S2", "start_on": "2013-07-01", "on": "2013-07-01"}
    shown = sold.call("POST", "/v1/subscriptions/preview", asked)[1]
    assert (shown["total"], shown["total_without"]) == (30000, 15000)
    assert sold.bills("2013-07-01") == ["07-01..07-31 15000"]
    last = list(sold.documents)[-1]
    (line,) = sold.documents[last]["lines"]
    said = {"code": "credit", "name": "Credits", "value": "0.03", "amount": "5000"}
    assert line["price"] == {"id": "team", "version": 1, "part": "value-2013-06-15", "unit": said}
    told = sold.call("GET", f"/v1/invoices/{last}/lines/1/explanation")[1]
    assert told["price"]["model"] == {"model": "per_unit", "amount": "5000"}
    assert (told["price"]["unit"], told["timeline"]["unchanged"]) == (said, True)


PRICE = {"code": "p", "product": "service", "kind": "advance", "currency": "EUR"}
SEAT = {"model": "per_unit", "amount": "1"}
REFUSED = [
    ("prices", {**PRICE, "model": SEAT, "priced_in": "token"}, 404, "/priced_in", "'token'"),
    (
        "prices",
        {**PRICE, "model": SEAT, "priced_in": "credit", "currency": "USD"},
        422,
        "/priced_in",
        "expected a unit with a value in ['USD'], found credit with values in ['EUR']",
    ),
    (
        "pricing-units",
        credit(SECOND, FIRST, code="b"),
        422,
        "/values/1/from_on",
        "after 2013-06-15",
    ),
    ("pricing-units", credit(value("0", "2013-01-01"), code="b"), 422, "amount", "more than 0"),
    (
        "pricing-units",
        credit(value("1", "2013-01-01", "XYZ"), code="b"),
        422,
        "/values/0/currency",
        "ISO 4217",
    ),
    ("pricing-units", credit(SECOND, version=2), 422, "/values", "first all that there were"),
    ("pricing-units", credit(FIRST, SECOND, version=3), 409, "", "expected 2, found 3"),
    (
        "pricing-units",
        credit(FIRST, value("1", "2013-06-02"), version=2),
        422,
        "/values/1/from_on",
        "expected 2013-06-03 or later, found 2013-06-02",
    ),
]


@pytest.mark.parametrize(("noun", "body", "status", "pointer", "said"), REFUSED)
def test_what_makes_no_sense_is_refused(sold, noun, body, status, pointer, said) -> None:
    before = dict(sold.call.model.items)
    answered, found, _ = sold.call("POST", f"/v1/{noun}", body)
    assert (answered, said in found["detail"]) == (status, True), found
    if pointer:
        assert found["errors"][0]["pointer"].endswith(pointer), found
    assert sold.call.model.items == before


def test_who_begins_before_the_first_value_is_refused(sold) -> None:
    order = {**ORDER, "external_id": "S2", "start_on": "2012-12-01"}
    status, found, _ = sold.call("POST", "/v1/subscriptions", order)
    assert status == 422
    assert "on 2012-12-01, found the first on 2013-01-01" in found["detail"]
