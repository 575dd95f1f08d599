"""Commitments and caps over HTTP: defined as prices, previewed and billed with what they follow."""

import pytest

from tests.support.http_api import NOW

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
