"""Invoice plans over HTTP: an order in milestones, by date and by event, billed each once."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.http_api import NOW
from tests.support.second_opinion import broken

PLAN = {
    "customer": "ext:M1",
    "product": "seat",
    "description": "Web site",
    "total": 1_000_00,
    "milestones": [
        {"name": "order", "percent": "30", "due_on": "2013-01-10"},
        {"name": "design", "percent": "30", "due_on": "2013-02-01"},
        {"name": "delivery", "percent": "40"},
    ],
}
KEYED = {"Idempotency_Key": "p1"}


@pytest.fixture
def shop(call):
    call.shop()
    return call


def explained(shop) -> list[str]:
    """Return how each line of each document comes about, which must hold."""
    _, found, _ = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})
    trees = [shop("GET", f"/v1/invoices/{row['id']}/explanation")[1] for row in found["data"]]
    assert [broken(one["document"], one["tree"]) for one in trees] == [[] for _ in trees]
    return [node["how"] for one in trees for node in one["tree"]["lines"]]


def nets(shop) -> list[int]:
    _, found, _ = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})
    invoices = [shop("GET", f"/v1/invoices/{row['id']}")[1] for row in reversed(found["data"])]
    return [line["net"] for one in invoices for line in one["document"]["lines"]]


def test_an_order_is_billed_milestone_by_milestone(shop) -> None:
    made = shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED)
    assert [(one["amount"], one["status"]) for one in made["milestones"]] == [
        (300_00, "due"),
        (300_00, "due"),
        (400_00, "waiting"),
    ]
    assert shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED) == made
    shop.bills(NOW)
    assert nets(shop) == [300_00]
    path = f"/v1/invoice-plans/{made['id']}/milestones/3/reach"
    reached = {"customer": "ext:M1", "due_on": "2013-02-01"}
    told = shop.made("POST", path, reached)
    assert [one["status"] for one in told["milestones"]] == ["due", "due", "due"]
    assert shop.made("POST", path, reached) == told
    shop.bills(datetime(2013, 2, 1, 12, tzinfo=UTC))
    assert nets(shop) == [300_00, 300_00, 400_00]
    assert explained(shop) == ["walk", "walk", "walk"]
    _, listed, _ = shop("GET", "/v1/invoice-plans", query={"customer": "ext:M1"})
    assert listed["data"] == [told]


def test_the_next_invoice_shows_what_is_due_then(shop) -> None:
    shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED)
    _, found, _ = shop("POST", "/v1/invoices/preview", {"customer": "ext:M1", "on": "2013-02-01"})
    assert found["total"] == 717_60  # 600.00 and VAT of 19.6 %


def test_a_milestone_that_is_withdrawn_is_given_back(shop) -> None:
    made = shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED)
    shop.bills(NOW)
    line = made["milestones"][0]["adjustment"]
    shop.made("POST", f"/v1/adjustments/{line}/withdraw", {"customer": "ext:M1"})
    _, listed, _ = shop("GET", "/v1/invoice-plans", query={"customer": "ext:M1"})
    assert listed["data"][0]["milestones"][0]["status"] == "withdrawn"
    shop.bills(datetime(2013, 1, 11, 12, tzinfo=UTC))
    _, found, _ = shop("GET", "/v1/invoices", query={"customer": "ext:M1"})
    assert [(one["object"], one["total"]) for one in found["data"]] == [
        ("credit_note", 358_80),
        ("invoice", 358_80),
    ]


def test_an_order_in_equal_parts(shop) -> None:
    equal = {"count": 3, "first_on": "2013-01-10", "leftover": "last"}
    order = {key: PLAN[key] for key in ("customer", "product", "description", "total")}
    made = shop.made("POST", "/v1/invoice-plans", {**order, "equal": equal}, **KEYED)
    assert [(one["amount"], one["due_on"]) for one in made["milestones"]] == [
        (333_33, "2013-01-10"),
        (333_33, "2013-02-10"),
        (333_34, "2013-03-10"),
    ]
    shop.bills(NOW)
    assert nets(shop) == [333_33]


@pytest.mark.parametrize(
    ("changed", "status", "pointer", "said"),
    [
        (
            {"milestones": PLAN["milestones"][:2]},
            422,
            "/milestones",
            "expected percents that sum to 100, found 60, a difference of -40",
        ),
        (
            {"milestones": [{"name": "a", "amount": 1_000_01}]},
            422,
            "/milestones",
            "expected amounts in minor units that sum to 100000, found 100001, a difference of 1",
        ),
        ({"milestones": [{"name": "a", "amount": 1, "percent": "1"}]}, 422, "/milestones/0", ""),
        ({"milestones": []}, 422, "", "expected either milestones or equal"),
        ({"equal": {"count": 2, "first_on": "2013-02-01"}}, 422, "", "either milestones or equal"),
        ({"product": "nothing"}, 404, "", "expected one of the catalog"),
        ({"currency": "EUX"}, 422, "/currency", "EUX"),
        (
            {"milestones": [{"name": "a", "percent": "100", "due_on": "2013-01-09"}]},
            422,
            "/due_on",
            "expected a day from 2013-01-10",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(shop, changed, status, pointer, said) -> None:
    before = {key for key in shop.model.items if not key.pk.startswith("ID#")}
    found = shop("POST", "/v1/invoice-plans", PLAN | changed, **KEYED)
    assert found[0] == status, found
    assert said in json.dumps(found[1])
    if pointer:
        assert pointer in [one["pointer"] for one in found[1]["errors"]]
    assert {key for key in shop.model.items if not key.pk.startswith("ID#")} == before


@pytest.mark.parametrize(
    ("place", "status", "said"),
    [("1", 422, "expected one that waits for an event"), ("4", 404, "expected 1 to 3, found 4")],
)
def test_only_a_milestone_that_waits_can_be_reached(shop, place, status, said) -> None:
    made = shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED)
    path = f"/v1/invoice-plans/{made['id']}/milestones/{place}/reach"
    found = shop("POST", path, {"customer": "ext:M1"})
    assert (found[0], said in found[1]["detail"]) == (status, True)


def test_a_key_of_another_plan_is_refused(shop) -> None:
    shop.made("POST", "/v1/invoice-plans", PLAN, **KEYED)
    status, found, _ = shop("POST", "/v1/invoice-plans", PLAN | {"total": 2_000_00}, **KEYED)
    assert status in (409, 422), found
