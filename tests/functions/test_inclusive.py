"""Prices with tax by the API: what is charged stays, and tax is taken out of it."""

import pytest

from solde.domain.ledger import ROUNDED_DOWN
from tests.support.http_api import CUSTOMER, ENTITY, NOW

SEAT = {"code": "seat", "product": "seat", "currency": "EUR", "kind": "advance"}
PRICE = {**SEAT, "model": {"model": "per_unit", "amount": "9.99"}, "tax_included": True}
ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01"}


def sold(call, **entity: str) -> dict:
    """Sell seats of 9.99 with 19.6 % in it."""
    call.made("POST", "/v1/entities", {**ENTITY, **entity})
    call.made("POST", "/v1/products", {"code": "seat", "name": "Seat"})
    assert call.made("POST", "/v1/prices", PRICE)["tax_included"] is True
    part = {"code": "seats", "price": "seat", "description": "Seats"}
    plan = {"code": "team", "name": "Team", "unit": "month", "components": [part]}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/customers", CUSTOMER)
    shown = call.made("POST", "/v1/subscriptions/preview", {**ORDER, "quantities": {"seats": "2"}})
    return shown["documents"][0]["document"]


def totals(document: dict) -> tuple[int, ...]:
    return tuple(document["totals"][name] for name in ("net", "tax", "rounding", "gross", "due"))


@pytest.mark.parametrize(
    ("policy", "parts"),
    [
        # 19.98 ÷ 1.196 = 16.7056…; 16.71 × 19.6 % = 3.275…
        ("base", (16_71, 3_28, -1, 19_98, 19_98)),
        ("tax_from_gross", (16_71, 3_27, 0, 19_98, 19_98)),
        ("net_rounded", (16_71, 3_27, 0, 19_98, 19_98)),
    ],
)
def test_each_policy_charges_what_the_price_says(call, policy: str, parts) -> None:
    document = sold(call, inclusive_tax=policy)
    assert (document["inclusive"], totals(document)) == (policy, parts)


def test_preview_and_bill_agree_and_the_cent_is_booked(call) -> None:
    shown = sold(call)
    call.made("POST", "/v1/subscriptions", {**ORDER, "quantities": {"seats": "2"}})
    call.bills(NOW)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    found = call("GET", f"/v1/invoices/{row['id']}")[1]
    assert (found["total"], totals(found["document"])) == (19_98, totals(shown))
    (line,) = found["document"]["lines"]
    assert (line["net"], line["with_tax"], line["expression"]["price"]) == (16_71, 19_98, "9.99")
    (entry,) = [item["jrn"] for item in call.model.items.values() if "jrn" in item]
    assert entry == {"411": 19_98, "706": -16_71, "4457": -3_28, ROUNDED_DOWN: 1}


def test_a_policy_that_is_none_is_refused(call) -> None:
    status, found, _ = call("POST", "/v1/entities", {**ENTITY, "inclusive_tax": "net"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/inclusive_tax")
