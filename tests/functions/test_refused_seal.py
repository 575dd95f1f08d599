"""A rate that moves between plan and seal: refused with the reason, planned and signed again."""

from datetime import UTC, datetime

import pytest

from solde.runtime import bill_run
from solde.workflows.bill_run.seal import seal_run
from tests.support.http_api import CUSTOMER, ENTITY

LATER = datetime(2013, 1, 12, 12, tzinfo=UTC)
RATE = {"base": "EUR", "currency": "USD", "on": "2013-01-09", "rate": "1.3", "source": "ECB"}
LAW = {"percent": "21", "source": "law of 2013"}


@pytest.fixture
def shop(call):
    """100.00 dollars are due on 10 January; a person signs what is billed."""
    call.made("POST", "/v1/entities", {**ENTITY, "approval": "person"})
    call.made("POST", "/v1/products", {"code": "seat", "name": "Seat"})
    price = {"code": "seat", "product": "seat", "currency": "USD", "kind": "one_time"}
    price["model"] = {"model": "per_unit", "amount": "100.00"}
    call.made("POST", "/v1/prices", price)
    part = {"code": "seats", "price": "seat", "description": "Seats"}
    call.made(
        "POST", "/v1/plans", {"code": "t", "name": "T", "unit": "month", "components": [part]}
    )
    call.made("POST", "/v1/customers", CUSTOMER)
    call.made("POST", "/v1/exchange-rates", RATE)
    order = {"customer": "ext:M1", "plan": "t", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", order)
    return call


def signed(shop, run_id: str) -> None:
    digest = shop.plans(run_id)
    path = f"/v1/bill-runs/{run_id}/approve"
    shop.made("POST", path, {"plan_digest": digest}, idempotency_key=run_id)


def test_another_rate_of_exchange_is_told_planned_again_and_signed_again(shop) -> None:
    run = shop.made("POST", "/v1/bill-runs", {"entity": "fr"}, idempotency_key="run")
    signed(shop, run["id"])
    shop.made("POST", "/v1/exchange-rates", {**RATE, "on": "2013-01-11", "rate": "1.4"})
    seal_run(run["id"], LATER, bill_run.context())
    told = shop("GET", f"/v1/bill-runs/{run['id']}")[1]
    assert (told["status"], told["refused"]) == (
        "cancelled",
        "exchange rate of USD: planned 1.3 of 2013-01-09, found 1.4 of 2013-01-11 on 2013-01-12",
    )
    again = shop("GET", "/v1/bill-runs")[1]["data"][0]
    assert (again["attempt"], again["status"], again["refused"]) == (2, "planning", None)
    shop.plans(again["id"])
    assert shop("GET", f"/v1/bill-runs/{again['id']}")[1]["status"] == "planned"
    signed(shop, again["id"])
    shop.finishes(again["id"], LATER)
    done = shop("GET", f"/v1/bill-runs/{again['id']}")[1]
    assert [one["issued_on"] for one in done["ranges"]] == ["2013-01-12"]
    (row,) = shop("GET", "/v1/invoices")[1]["data"]
    booked = shop("GET", f"/v1/invoices/{row['id']}")[1]["document"]["accounting"]
    assert (booked["tax"], booked["rate"]) == (14_00, "1.4")  # 19.60 ÷ 1.4


@pytest.mark.parametrize(
    ("since", "status"),
    [("2014-01-01", "approved"), ("2013-01-10", "planned")],
    ids=["a law that says nothing of January", "a law of the day that is billed"],
)
def test_an_approval_stays_where_no_draft_has_changed(shop, since: str, status: str) -> None:
    run = shop.made("POST", "/v1/bill-runs", {"entity": "fr"}, idempotency_key="run")
    signed(shop, run["id"])
    classes = shop("GET", "/v1/tax-regimes/FR")[1]["classes"]
    classes["standard"][1] = {"since": since, **LAW}
    shop.made("POST", "/v1/tax-regimes", {"code": "FR", "version": 1, "classes": classes})
    seal_run(run["id"], LATER, bill_run.context())
    told = shop("GET", f"/v1/bill-runs/{run['id']}")[1]
    assert told["refused"] == "tax: the rates of FR are others on 2013-01-12 than in the plan"
    again = shop("GET", "/v1/bill-runs")[1]["data"][0]
    shop.plans(again["id"])
    assert shop("GET", f"/v1/bill-runs/{again['id']}")[1]["status"] == status
