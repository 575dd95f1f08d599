"""Events in any order, cut and repeated anyhow, billed between or not, come to the same bill."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from solde.runtime.usage import rating_context
from solde.workflows.ingest_usage.pack import pack
from solde.workflows.rate_usage.rate import rate_usage
from tests.functions.test_previews import ORDER
from tests.functions.test_single_events import FEBRUARY, METER, PERCENT, SIGNS, paid
from tests.functions.test_usage import EVENT, sent
from tests.support.http_api import Api

BANDS = {
    "model": "graduated",
    "tiers": [{"up_to": "100", "unit_amount": "1.00"}, {"up_to": None, "unit_amount": "0.80"}],
}
METERS = [
    ({"code": "gas", "event_type": "read", "aggregation": "sum", "value": "m3"}, BANDS),
    (
        {"code": "users", "event_type": "seen", "aggregation": "max", "value": "n"},
        {"model": "per_unit", "amount": "5.00"},
    ),
    (METER, PERCENT),
]


def read(name: str, m3: str, **amends: str) -> dict:
    return {**EVENT, "id": name, "data": {"m3": m3}, **amends}


def seen(name: str, n: int, **amends: str) -> dict:
    return {**EVENT, "id": name, "type": "seen", "data": {"n": n}, **amends}


EVENTS = [
    read("r1", "95"),
    read("r2", "10"),
    read("r3", "12", corrects="r2"),
    read("r4", "15", corrects="r3"),
    read("r5", "50"),
    read("r6", "0", cancels="r5"),
    seen("u1", 4),
    seen("u2", 9),
    seen("u3", 1, cancels="u2"),
    seen("u4", 7),
    paid(1, 12, "1000.00"),
    paid(2, 11, "10"),
    paid(3, 10, "5"),
    {**paid(4, 12, "2000"), "corrects": "p1"},
]
BILL = {
    "gas": 108_00,  # 95 + 15 = 110: 100 × 1.00 + 10 × 0.80
    "users": 35_00,  # the most is 7, without the 9 that is cancelled: 7 × 5.00
    "paid": 9_50,  # 5 is free as the first; 10 costs at least 0.50; 2000 at most 9.00
}


@pytest.fixture
def shop(call: Api) -> Api:
    call.shop()
    call.made("POST", "/v1/products", {"code": "used", "name": "Used"})
    components = []
    for meter, model in METERS:
        call.made("POST", "/v1/meters", meter)
        code = meter["code"]
        price = {"code": code, "product": "used", "currency": "EUR", "kind": "usage"}
        call.made("POST", "/v1/prices", {**price, "model": model, "meter": code})
        components.append({"code": code, "price": code, "description": code})
    plan = {"code": "used", "name": "Used", "unit": "month", "components": components}
    call.made("POST", "/v1/plans", plan)
    call.made("POST", "/v1/subscriptions", {**ORDER, "plan": "used"})
    return call


def due(call: Api, at: datetime) -> Counter[str]:
    """Return what the bill of a day comes to, by component."""
    body = {"customer": "ext:M1", "on": f"{at:%Y-%m-%d}"}
    status, found, _ = call("POST", "/v1/invoices/preview", body, idempotency_key="k")
    assert status == 200, found
    nets: Counter[str] = Counter()
    for document in found["documents"]:
        for line in document["document"]["lines"]:
            nets[line["description"]] += SIGNS[document["object"]] * line["net"]
    return nets


@pytest.mark.parametrize("seed", range(8))
def test_the_bill_is_that_of_the_events(shop, seed) -> None:
    random = Random(seed)
    told = [*EVENTS, *random.sample(EVENTS, 5)]
    random.shuffle(told)
    cuts = sorted(random.sample(range(1, len(told)), 3))
    at, billed = FEBRUARY, Counter[str]()
    for first, last in zip([0, *cuts], [*cuts, len(told)], strict=True):
        sent(shop, *told[first:last])
        pack(
            {str(place): body for place, body in enumerate(shop.queue)}, at=at, objects=shop.objects
        )
        shop.queue.clear()
        rate_usage(at, began_at=at, context=rating_context())
        if seed % 2:
            billed.update(due(shop, at))
            shop.bills(at)
            at += timedelta(days=1)
        at += timedelta(hours=1)
    billed.update(due(shop, at))
    assert {name: net for name, net in billed.items() if net} == BILL
