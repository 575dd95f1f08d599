"""Commitments and caps over HTTP: defined as prices, previewed and billed with what they follow."""

import pytest

from tests.support.http_api import CUSTOMER, NOW
from tests.support.lived import ORDER, PATH

LEAST = {
    "code": "least",
    "product": "support",
    "currency": "EUR",
    "kind": "commitment",
    "model": {"model": "flat", "amount": "62.00"},
    "eligible": ["seat"],
}


@pytest.fixture
def shop(call):
    call.shop()
    call.made("POST", "/v1/products", {"code": "support", "name": "Support"})
    return call


def total(shop, on: str) -> int:
    _, found, _ = shop("POST", "/v1/invoices/preview", {"customer": "ext:M1", "on": on})
    return found["total"]


def test_a_commitment_is_a_price_of_a_plan(shop) -> None:
    made = shop.made("POST", "/v1/prices", LEAST)
    assert (made["kind"], made["eligible"]) == ("commitment", ["seat"])
    parts = [
        {"code": "seats", "price": "seat", "description": "Seats"},
        {"code": "least", "price": "least", "description": "Minimum of the month"},
    ]
    plan = {"code": "firm", "name": "Firm", "unit": "month", "components": parts}
    shop.made("POST", "/v1/plans", plan)
    order = {"customer": "ext:M1", "plan": "firm", "start_on": "2013-01-01"}
    shop.made("POST", "/v1/subscriptions", order)
    assert total(shop, "2013-01-10") == 37_08  # 31.00 and 6.076
    shop.bills(NOW)
    assert total(shop, "2013-02-01") == 74_15  # 31.00 in advance and 31.00 missing: 12.152


def test_a_commitment_across_subscriptions_counts_them_all(shop) -> None:
    """62.00 less 31.00 of a seat of another subscription: 31.00 miss."""
    made = shop.made("POST", "/v1/prices", LEAST | {"across": True})
    assert made["across"] is True
    part = {"code": "least", "price": "least", "description": "Minimum of the month"}
    plan = {"code": "total", "name": "Total", "unit": "month", "components": [part]}
    shop.made("POST", "/v1/plans", plan)
    for name in ("total", "team"):
        order = {"customer": "ext:M1", "plan": name, "start_on": "2013-01-01"}
        shop.made("POST", "/v1/subscriptions", order)
    shop.bills(NOW)
    assert total(shop, "2013-02-01") == 74_15  # 31.00 in advance and 31.00 missing: 12.152


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"eligible": ["nothing"]}, "/eligible"),
        ({"kind": "advance"}, "/eligible"),
        ({"meter": "calls"}, "/meter"),
        ({"proration": "none"}, "/proration"),
        ({"kind": "floor"}, "/kind"),
        ({"kind": "cap", "eligible": "seat"}, "/eligible"),
        ({"kind": "cap", "across": True}, "/across"),
        ({"across": "yes"}, "/across"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(shop, changed, pointer) -> None:
    before = dict(shop.model.items)
    status, found, _ = shop("POST", "/v1/prices", LEAST | changed)
    assert status in (404, 422)
    assert [one["pointer"] for one in found["errors"]] == [pointer]
    assert shop.model.items == before


DOLLARS = {"currency": "USD", "model": {"model": "per_unit", "amount": "110.00"}, "ramp": []}


@pytest.fixture
def sold(lived):
    """Seats at 100.00 EUR or 110.00 USD, and a commitment of 300.00 EUR across subscriptions."""
    lived.sells("team", "100.00", price={"currencies": [DOLLARS]})
    lived.sells("total", "300.00", kind="commitment", price={"across": True})
    return lived


def test_beside_a_commitment_across_another_currency_is_refused(sold) -> None:
    sold.subscribes(plan="total")
    order = {**ORDER, "external_id": "S2", "currency": "USD"}
    before = dict(sold.call.model.items)
    for path in ("/v1/subscriptions", "/v1/subscriptions/preview"):
        status, found, _ = sold.call("POST", path, order)
        assert (status, found["errors"][0]["pointer"]) == (422, "/currency")
        assert found["detail"].startswith("currency: expected EUR, in which a commitment of sub_")
    assert sold.call.model.items == before
    sold.subscribes(external_id="S2")  # in its currency


def test_a_plan_with_such_a_commitment_is_refused_beside_another_currency(sold) -> None:
    sold.subscribes()
    sold.subscribes(external_id="S2", currency="USD")
    status, said = sold.refused("plan", plan="total", effective_on="2013-06-15")
    assert status == 422
    assert "found USD" in said
    body = {"change": "plan", "plan": "total", "effective_on": "2013-06-15"}
    assert sold.call("POST", f"{PATH}/change-preview", body)[0] == 422
    sold.call.made("POST", "/v1/subscriptions/ext:S2/cancel", {"effective_on": "2013-06-15"})
    # what it charges in June would count: the commitment may begin with July
    status, said = sold.refused("plan", plan="total", effective_on="2013-06-15")
    assert (status, "from 2013-06-01 on, found USD" in said) == (422, True)
    sold.does("plan", plan="total", effective_on="2013-07-01")


def test_one_that_ends_inside_its_period_is_due_with_the_period(sold) -> None:
    """300.00 for 12 of 30 days is 120.00, of which the other's seat spends 100.00."""
    sold.subscribes(plan="total")
    sold.subscribes(external_id="S2")
    assert sold.bills("2013-06-01") == ["06-01..06-30 10000"]
    sold.does("cancel", effective_on="2013-06-13")
    assert sold.bills("2013-06-13") == []
    assert sorted(sold.bills("2013-07-01")) == ["06-01..06-12 2000", "07-01..07-31 10000"]


def test_who_pays_in_another_currency_does_not_take_over(sold) -> None:
    """Nothing ends with the payer of now if it cannot begin with the other."""
    child = {**CUSTOMER, "name": "Site", "external_id": "C1", "parent": "ext:M1"}
    sold.call.made("POST", "/v1/customers", child)
    sold.subscribes(plan="total", customer="ext:C1", external_id="S2")
    sold.subscribes(currency="USD", subscriber="ext:C1")
    status, said = sold.refused("payer", customer="ext:C1", effective_on="2013-06-16")
    assert status == 422
    assert "expected EUR" in said
    body = {"customer": "ext:C1", "effective_on": "2013-06-16"}
    assert sold.call("POST", f"{PATH}/payer-preview", body)[0] == 422
