"""Ramps over HTTP: made, shown, previewed, billed, explained, refused."""

import pytest

from tests.support.lived import ORDER, PATH


def seat(amount: str) -> dict:
    return {"model": "per_unit", "amount": amount}


RAMP = [
    {"after_months": 1, "model": seat("75.00")},
    {"after_months": 2, "model": seat("100.00")},
]


@pytest.fixture
def sold(lived):
    """50.00 in the first month, 75.00 in the second, then 100.00."""
    lived.sells("team", "50.00", price={"ramp": RAMP})
    lived.subscribes()
    return lived


def test_a_month_is_billed_by_its_step(sold) -> None:
    assert sold.call("GET", "/v1/prices/team")[1]["ramp"] == RAMP
    assert sold.bills("2013-06-01") == ["06-01..06-30 5000"]
    assert sold.bills("2013-07-01") == ["07-01..07-31 7500"]
    assert sold.bills("2013-08-01") == ["08-01..08-31 10000"]
    assert sold.bills("2013-09-01") == ["09-01..09-30 10000"]
    named = [one["lines"][0]["price"] for one in sold.documents.values()]
    assert named[0] == {"id": "team", "version": 1}
    assert [one.get("part") for one in named] == [None, "step-2", "step-3", "step-3"]


def test_what_is_previewed_is_billed(sold) -> None:
    sold.bills("2013-06-01")
    order = ORDER | {"external_id": "S2"}
    shown = sold.call("POST", "/v1/subscriptions/preview", {**order, "on": "2013-07-01"})[1]
    # the first subscription's second month, and both months of another like it
    assert (shown["total"], shown["total_without"]) == (20000, 7500)


def test_a_line_tells_its_step_and_a_change_of_it_is_previewed(sold) -> None:
    sold.bills("2013-06-01")
    sold.bills("2013-07-01")
    last = list(sold.documents)[-1]
    said = sold.call("GET", f"/v1/invoices/{last}/lines/1/explanation")[1]
    assert (said["key"]["part"], said["price"]["model"]) == ("step-2", seat("75.00"))
    assert (said["timeline"]["unchanged"], said["net"]) == (True, 7500)
    asked = {"component": "seats", "quantity": "2", "effective_on": "2013-07-17"}
    assert sold.preview("quantity", **asked) == 3629  # 15 of 31 days of 75.00
    sold.does("quantity", **asked)
    assert sold.bills("2013-07-17") == ["07-17..07-31 3629"]


def test_a_version_has_a_ramp_of_its_own(sold) -> None:
    sold.bills("2013-06-01")
    version = {"version": 2, "from_on": "2013-06-15", "applies": "existing", "model": seat("60.00")}
    version["ramp"] = [{"from_on": "2013-08-01", "model": seat("80.00")}]
    asked = {**version, "price": "team", "on": "2013-08-01"}
    shown = sold.call("POST", f"{PATH}/price-preview", asked)[1]
    assert (shown["total"], shown["total_without"]) == (14000, 17500)
    sold.call.made("POST", "/v1/prices/team/versions", version)
    assert sold.bills("2013-07-01") == ["07-01..07-31 6000"]
    assert sold.bills("2013-08-01") == ["08-01..08-31 8000"]


def test_a_credit_by_hand_is_of_the_step_that_was_billed(sold) -> None:
    """20.00 back of July's 75.00; what is cancelled then gives back what is left, and no more."""
    sold.bills("2013-06-01")
    sold.bills("2013-07-01")
    last = list(sold.documents)[-1]
    body = {"type": "credit", "invoice": last, "line": 1, "amount": 2000, "reason": "Sorry"}
    sold.call.made("POST", "/v1/adjustments", body, idempotency_key="k1")
    assert sold.bills("2013-07-02") == ["07-01..07-31 -2000"]
    sold.does("cancel", effective_on="2013-07-03")
    # 29 of 31 days of what stands, 55.00
    assert sold.bills("2013-07-03") == ["07-03..07-31 -5145"]


PRICE = {"code": "p", "product": "service", "currency": "EUR", "kind": "advance"}
METERED = {"code": "calls", "event_type": "call", "aggregation": "sum", "value": "n"}
STEP = RAMP[0]
REFUSED = [
    ({"ramp": [RAMP[1], RAMP[0]]}, "/ramp/1", "expected steps in their order"),
    ({"ramp": [STEP, STEP]}, "/ramp/1", "later than after 1 months, found after 1 months"),
    ({"ramp": [{"model": seat("1")}]}, "/ramp/0", "found 0 and None"),
    ({"ramp": [{**STEP, "from_on": "2013-07-01"}]}, "/ramp/0", "found 1 and 2013-07-01"),
    (
        {"ramp": [STEP, {"from_on": "2013-07-01", "model": seat("1")}]},
        "/ramp/1",
        "found after 1 months, then 2013-07-01",
    ),
    ({"ramp": [{**STEP, "after_months": -1}]}, "/ramp/0/after_months", "0"),
    ({"kind": "one_time", "ramp": [STEP]}, "/ramp", "expected on what recurs"),
    (
        {"kind": "usage", "meter": "calls", "ramp": [{**STEP, "mid_period": True}]},
        "/ramp/0/mid_period",
        "found it on usage",
    ),
    (
        {"proration": "full_period", "ramp": [{**STEP, "mid_period": True}]},
        "/ramp/0/mid_period",
        "found it on advance by full_period",
    ),
    ({"ramp": [{**STEP, "model": {"model": "carried"}}]}, "/ramp/0/model", "quantity only"),
    (
        {
            "kind": "usage",
            "meter": "calls",
            "ramp": [{**STEP, "model": {"model": "carried"}}],
        },
        "/ramp/0/model",
        "keeps",
    ),
]


@pytest.mark.parametrize(("fields", "pointer", "said"), REFUSED)
def test_a_ramp_that_makes_no_sense_is_refused(lived, fields, pointer, said) -> None:
    lived.call.made("POST", "/v1/meters", METERED)
    before = dict(lived.call.model.items)
    body = {**PRICE, "model": seat("1.00"), **fields}
    status, found, _ = lived.call("POST", "/v1/prices", body)
    assert status in (400, 422), found
    (flaw,) = found["errors"]
    assert flaw["pointer"].endswith(pointer), found
    assert said in found["detail"] + str(flaw), found
    assert lived.call.model.items == before
