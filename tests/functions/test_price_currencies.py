"""Prices in several currencies over HTTP: the subscription's chooses, and none is converted."""

import pytest

from tests.support.lived import ORDER


def seat(amount: str) -> dict:
    return {"model": "per_unit", "amount": amount}


DOLLARS = {"currency": "USD", "model": seat("110.00"), "ramp": []}
YEN = {"currency": "JPY", "model": seat("15000"), "ramp": []}


@pytest.fixture
def sold(lived):
    """100.00 EUR, 110.00 USD or 15,000 JPY a month."""
    lived.sells("team", "100.00", price={"currencies": [DOLLARS, YEN]})
    return lived


TOLD = [(None, "EUR", 10000), ("EUR", "EUR", 10000), ("USD", "USD", 11000), ("JPY", "JPY", 15000)]


@pytest.mark.parametrize(("asked", "currency", "net"), TOLD)
def test_the_subscription_s_currency_chooses(sold, asked, currency, net) -> None:
    more = {"currency": asked} if asked else {}
    order = {**ORDER, **more, "on": "2013-06-01"}
    shown = sold.call("POST", "/v1/subscriptions/preview", order)[1]
    (told,) = shown["documents"]
    assert (told["currency"], told["total"]) == (currency, net)
    assert sold.subscribes(**more)["currency"] == currency
    assert sold.bills("2013-06-01") == [f"06-01..06-30 {net}"]
    (document,) = sold.documents.values()
    assert document["currency"] == currency


def test_two_currencies_of_one_customer_are_two_documents(sold) -> None:
    sold.subscribes()
    sold.subscribes(currency="USD", external_id="S2")
    assert sorted(sold.bills("2013-06-01")) == ["06-01..06-30 10000", "06-01..06-30 11000"]
    assert sorted(one["currency"] for one in sold.documents.values()) == ["EUR", "USD"]


def test_a_change_and_its_explanation_are_in_that_currency(sold) -> None:
    sold.subscribes(currency="USD")
    sold.bills("2013-06-01")
    sold.does("quantity", component="seats", quantity="2", effective_on="2013-06-16")
    assert sold.bills("2013-06-16") == ["06-16..06-30 5500"]
    last = list(sold.documents)[-1]
    said = sold.call("GET", f"/v1/invoices/{last}/lines/1/explanation")[1]
    assert (said["price"]["currency"], said["price"]["model"]) == ("USD", seat("110.00"))


def version(**more) -> dict:
    said = {"version": 2, "from_on": "2013-07-01", "applies": "existing", "model": seat("120.00")}
    return said | more


def test_a_version_says_something_in_every_currency(sold) -> None:
    sold.subscribes(currency="USD")
    sold.bills("2013-06-01")
    path = "/v1/prices/team/versions"
    status, found, _ = sold.call("POST", path, version(currencies=[YEN]))
    assert (status, found["errors"][0]["pointer"]) == (422, "/currencies")
    assert "expected amounts in ['USD'] too, found ['EUR', 'JPY']" in found["detail"]
    dearer = {**DOLLARS, "model": seat("130.00")}
    pound = {**YEN, "currency": "GBP"}
    made = sold.call.made("POST", path, version(currencies=[dearer, YEN, pound]))
    assert made["currencies"][0] == {"currency": "USD", "model": seat("130.00")}
    assert sold.bills("2013-07-01") == ["07-01..07-31 13000"]


def test_a_plan_and_an_add_on_are_in_the_currency_too(sold) -> None:
    sold.sells("euros", "10.00")
    sold.sells("both", "20.00", price={"currencies": [{**DOLLARS, "model": seat("22.00")}]})
    sold.subscribes(currency="USD")
    sold.bills("2013-06-01")
    asked = {"plan": "euros", "effective_on": "2013-07-01"}
    status, said = sold.refused("plan", **asked)
    assert (status, said) == (422, "plan: expected one sold in USD, found euros in ['EUR']")
    more = {"component": "x", "quantity": "1", "description": "X", "effective_on": "2013-07-01"}
    _, said = sold.refused("items", price="euros", **more)
    assert said == "price: expected one in USD, found EUR"
    sold.does("plan", plan="both", effective_on="2013-07-01")
    sold.does("items", price="both", **more)
    assert sold.bills("2013-07-01") == ["07-01..07-31 2200", "07-01..07-31 2200"]


def test_who_cannot_pay_in_it_is_refused(sold) -> None:
    body = {**ORDER, "currency": "GBP"}
    for path in ("/v1/subscriptions", "/v1/subscriptions/preview"):
        status, found, _ = sold.call("POST", path, body)
        assert (status, found["errors"][0]["pointer"]) == (422, "/currency")
        assert "expected one of ['EUR', 'USD', 'JPY'], which plan team" in found["detail"]
        assert "found GBP" in found["detail"]


PRICE = {"code": "p", "product": "service", "currency": "EUR", "kind": "advance"}
REFUSED = [
    ([{**DOLLARS, "currency": "EUR"}], "/currencies/0/currency", "found EUR again"),
    ([DOLLARS, DOLLARS], "/currencies/1/currency", "found USD again"),
    ([{**DOLLARS, "currency": "XYZ"}], "/currencies/0/currency", "ISO 4217"),
    ([{**DOLLARS, "model": {"model": "flat", "amount": "1"}}], "/currencies/0/model", "found flat"),
    (
        [{**DOLLARS, "ramp": [{"after_months": 3, "model": seat("1")}]}],
        "/currencies/0/ramp",
        "after 3 months",
    ),
]


@pytest.mark.parametrize(("currencies", "pointer", "said"), REFUSED)
def test_currencies_that_make_no_sense_are_refused(lived, currencies, pointer, said) -> None:
    before = dict(lived.call.model.items)
    body = {**PRICE, "model": seat("1.00"), "currencies": currencies}
    status, found, _ = lived.call("POST", "/v1/prices", body)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer), found
    assert said in found["detail"]
    assert lived.call.model.items == before


def test_a_plan_whose_prices_have_no_currency_in_common_is_refused(sold) -> None:
    only = {**PRICE, "code": "pounds", "currency": "GBP", "model": seat("1.00")}
    sold.call.made("POST", "/v1/prices", only)
    parts = [{"code": one, "price": one, "description": one} for one in ("team", "pounds")]
    body = {"code": "mixed", "name": "Mixed", "unit": "month", "components": parts}
    status, found, _ = sold.call("POST", "/v1/plans", body)
    assert (status, found["errors"][0]["pointer"]) == (422, "/components")
    assert "found ['EUR', 'GBP', 'JPY', 'USD']" in found["detail"]
