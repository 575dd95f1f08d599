"""Every model of price and every kind of meter, from the catalog to the bill, over HTTP."""

from datetime import UTC, datetime
from typing import Any

from solde.runtime.usage import rating_context
from solde.workflows.rate_usage.rate import rate_usage
from tests.functions.test_previews import ORDER
from tests.functions.test_usage import EVENT, rated, sent
from tests.support.http_api import Api

FEBRUARY = datetime(2013, 2, 1, 6, tzinfo=UTC)

BANDS = [
    {"up_to": "100", "unit_amount": "1.00"},
    {"up_to": "200", "unit_amount": "0.80"},
    {"up_to": None, "unit_amount": "0.50"},
]
STEPS = [
    {"up_to": "100", "unit_amount": "0", "flat_amount": "10.00"},
    {"up_to": None, "unit_amount": "0", "flat_amount": "18.00"},
]
SHARES = [{"up_to": "100", "unit_amount": "2"}, {"up_to": None, "unit_amount": "1"}]
BLOCKS = [
    [{"unit": "eu", "size": "30", "amount": "2.00", "most": 2}],
    [{"unit": "eu", "size": "30", "amount": "1.00"}, {"unit": "us", "size": "20", "amount": "4"}],
]
ROOMS = [{"limits": {"eu": "90"}, "amount": "5.00"}, {"limits": {"eu": "100"}, "amount": "7.00"}]
ONE = {"model": "per_unit", "amount": "1.00"}


def percentage(**more: Any) -> dict:
    return {"model": "percentage", "percent": "2", "fixed_amount": "0.30", **more}


def formula(text: str, *fields: str) -> dict:
    return {"model": "formula", "formula": text, "fields": list(fields)}


# Three events: 60 in eu, 50 in us, 40 in eu, with fees of 0.10, 0.20 and 0.30.
MODELS = {
    "flat": ({"model": "flat", "amount": "25.00"}, 25_00),
    "per_unit": ({"model": "per_unit", "amount": "0.30"}, 45_00),
    # 100 × 1.00 + 50 × 0.80; all 150 × 0.80; two packages of 80.00
    "graduated": ({"model": "graduated", "tiers": BANDS}, 140_00),
    "volume": ({"model": "volume", "tiers": BANDS}, 120_00),
    "package": ({"model": "package", "size": "100", "amount": "80.00"}, 160_00),
    "stairstep": ({"model": "stairstep", "tiers": STEPS}, 18_00),
    # 150 × 2 % + 3 × 0.30
    "percentage": (percentage(), 3_90),
    # the first is free; 50 × 2 % + 0.30 = 1.30 is 1.20 at most; 40 × 2 % + 0.30 = 1.10 is allowed
    "free_event": (percentage(free_events=1, maximum="1.20"), 2_30),
    # 60 and 10 of the 50 are free: 40 × 2 % + 0.30 twice, each 1.25 at least
    "free_amount": (percentage(free_amount="70", minimum="1.25"), 2_50),
    # 100 × 2 % + 50 × 1 %
    "graduated_percentage": ({"model": "graduated_percentage", "tiers": SHARES}, 2_50),
    # 150 × 0.10 + 3
    "formula": (formula("quantity * 0.10 + count"), 18_00),
    # 150 × 0.01 + 0.10 + 0.20 + 0.30
    "formula_of_events": (formula("n * 0.01 + fee", "n", "fee"), 2_10),
    "carried": ({"model": "carried"}, 60),
}
BY_ZONE = {
    # 100 × 0.10 in eu, 50 × 0.20 by default
    "matrix": (
        {
            "model": "matrix",
            "dimensions": ["zone"],
            "cells": [{"values": ["eu"], "amount": "0.10"}],
            "default": "0.20",
        },
        20_00,
    ),
    # eu: 100 are four blocks, 2 × 2.00 + 2 × 1.00; us: 50 are three of 4.00
    "blocks": ({"model": "blocks", "tiers": BLOCKS}, 18_00),
    # 100 in eu are too much for the first
    "capacity": ({"model": "capacity", "tiers": ROOMS}, 7_00),
    # 100 × 1.00 in eu, 50 × 1.00 in us: each from the first tier
    "per_group": (
        {
            "model": "per_group",
            "dimensions": ["zone"],
            "each": {"model": "graduated", "tiers": BANDS},
        },
        150_00,
    ),
}
N = {"value": "n"}
METERS = {
    "count": ({"aggregation": "count"}, 3_00),
    "max": ({"aggregation": "max", **N}, 60_00),
    "unique": ({"aggregation": "unique", "value": "zone"}, 2_00),
    "latest": ({"aggregation": "latest", **N}, 40_00),
    # of 31 days 4 at 60, 2 at 50, 24 at 40: 1,300 / 31 = 41.9355
    "time_weighted": ({"aggregation": "time_weighted", **N}, 41_94),
    "filtered": ({"aggregation": "sum", **N, "filters": {"zone": "eu"}}, 100_00),
    "excluding": ({"aggregation": "sum", **N, "excludes": {"zone": "eu"}}, 50_00),
    # 0.10 + 0.20 + 0.30 is rounded once, after it is summed
    "rounded_up": ({"aggregation": "sum", "value": "fee", "decimals": 0, "rounding": "up"}, 1_00),
}
DATA = (
    ("2013-01-01T23:00:00Z", {"n": "60", "zone": "eu", "fee": "0.10"}),
    ("2013-01-05T23:00:00Z", {"n": "50", "zone": "us", "fee": "0.20"}),
    ("2013-01-07T23:00:00Z", {"n": "40", "zone": "eu", "fee": "0.30"}),
)


def offered(call: Api) -> dict[str, int]:
    """Sell all of it in one plan; return what each component is to come to."""
    expected, components = {}, []

    def sells(name: str, meter: str, model: dict, net: int, **more: Any) -> None:
        price = {"code": name, "product": "seat", "currency": "EUR", "kind": "usage"}
        call.made("POST", "/v1/prices", {**price, "model": model, "meter": meter, **more})
        components.append({"code": name, "price": name, "description": name})
        expected[name] = net

    def counts(code: str, **more: Any) -> None:
        call.made("POST", "/v1/meters", {"code": code, "event_type": "used", **more})

    counts("by_zone", aggregation="sum", **N, dimensions=["zone"])
    counts("by_field", aggregation="sum", **N, fields=["n", "fee"])
    for models, meter in ((MODELS, "by_field"), (BY_ZONE, "by_zone")):
        for name, (model, net) in models.items():
            sells(name, meter, model, net)
    for name, (meter, net) in METERS.items():
        counts(name, **meter)
        sells(name, name, ONE, net)
    sells("free_units", "by_field", ONE, 100_00, free_units="50")  # of 150
    plan = {"code": "all", "name": "All", "unit": "month", "components": components}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/subscriptions", {**ORDER, "plan": "all", "start_on": "2013-01-01"})
    return expected


def test_each_is_sold_used_previewed_and_billed(call) -> None:
    call.shop()
    expected = offered(call)
    events = [{**EVENT, "type": "used", "id": at, "time": at, "data": data} for at, data in DATA]
    assert sent(call, *events)[1]["accepted"] == 3
    rated(call)
    asked = {"customer": "ext:M1", "on": "2013-02-01"}
    (shown,) = call.made("POST", "/v1/invoices/preview", asked)["documents"]
    lines = {line["component"]: line["net"] for line in shown["document"]["lines"]}
    assert lines == expected
    rate_usage(FEBRUARY, began_at=FEBRUARY, context=rating_context())
    call.bills(FEBRUARY)
    (row,) = call("GET", "/v1/invoices")[1]["data"]
    document = call("GET", f"/v1/invoices/{row['id']}")[1]["document"]
    assert {line["component"]: line["net"] for line in document["lines"]} == expected


QUANTITIES = ("flat", "per_unit", "graduated", "volume", "package", "stairstep")


def test_what_recurs_or_comes_once_is_priced_by_its_quantity(call) -> None:
    """150 of each: the same sums as of usage; what needs events or dimensions is refused."""
    call.shop()
    expected, components = {}, []
    for kind in ("advance", "arrears", "one_time"):
        for name, (model, net) in (MODELS | BY_ZONE).items():
            code = f"{kind}-{name}"
            price = {"code": code, "product": "seat", "currency": "EUR", "kind": kind}
            status, said, _ = call("POST", "/v1/prices", {**price, "model": model})
            assert status == (201 if name in QUANTITIES else 422)
            if status == 201:
                component = {"code": code, "price": code, "description": code}
                components.append({**component, "default_quantity": "150"})
                expected[code] = net
            else:
                assert [one["pointer"] for one in said["errors"]] == ["/model"]
    plan = {"code": "all", "name": "All", "unit": "month", "components": components}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/subscriptions", {**ORDER, "plan": "all", "start_on": "2013-01-01"})
    asked = {"customer": "ext:M1", "on": "2013-02-01"}
    (shown,) = call.made("POST", "/v1/invoices/preview", asked)["documents"]
    lines = {
        line["component"]: line["net"]
        for line in shown["document"]["lines"]
        if line["service"]["start_on"] == "2013-01-01"
    }
    assert lines == expected
