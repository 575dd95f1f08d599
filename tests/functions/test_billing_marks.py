"""What documents name, and when they are collected, from a day on; all over HTTP."""

import json

import pytest

from tests.support.http_api import CUSTOMER
from tests.support.lived import ORDER, Lived


@pytest.fixture
def shop(lived: Lived) -> Lived:
    lived.sells("team", "30.00")
    return lived


def documents(shop: Lived) -> list[dict]:
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M1"})[1]["data"]
    return [shop.call("GET", f"/v1/invoices/{row['id']}")[1] for row in reversed(rows)]


def named(document: dict) -> list[dict]:
    return [one["subscription"].get("references", {}) for one in document["document"]["lines"]]


def header(shop: Lived, document: dict) -> dict:
    (item,) = [
        item for key, item in shop.call.model.items.items() if key.sk == f"I#{document['id']}"
    ]
    return item


def test_what_is_billed_from_a_day_on_names_what_is_said_then(shop) -> None:
    shop.subscribes(references={"purchase_order": "PO-1", "cost_centre": "A"})
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    shown = shop.does("references", purchase_order="PO-2", effective_on="2013-07-01")
    assert shown["references"] == {"purchase_order": "PO-1", "cost_centre": "A"}
    assert shop.preview("references", purchase_order="PO-3", on="2013-07-01") == 30_00
    shop.bills("2013-07-01")
    assert shop.shown()["references"] == {"purchase_order": "PO-2"}
    shop.does("references", alone=True)
    shop.does("withdraw", number=2)
    shop.does("references")
    shop.bills("2013-08-01")
    assert [named(one) for one in documents(shop)] == [
        [{"purchase_order": "PO-1", "cost_centre": "A"}],
        [{"purchase_order": "PO-2"}],
        [{}],
    ]
    told = [(one["number"], one["status"], one["references"]) for one in shop.changes()[:1]]
    assert told == [(4, "effective", {})]


def test_what_is_held_is_issued_apart_and_not_asked_for_before_its_day(shop) -> None:
    shop.subscribes()
    shop.subscribes(external_id="S2")
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    assert shop.preview("hold", until="2013-12-01", on="2013-07-01") == 60_00
    shown = shop.does("hold", until="2013-12-01")
    assert shown["collection_held_until"] == "2013-12-01"
    shop.bills("2013-07-01")
    _, *july = documents(shop)
    (held,) = [one for one in july if "held_until" in one["document"]["terms"]]
    (second,) = [one for one in july if one is not held]
    # whichever comes first: what keeps them apart is told of the other
    assert {held["apart"], second["apart"]} == {None, "held_until"}
    assert held["document"]["terms"]["held_until"] == "2013-12-01"
    assert "held_until" not in second["document"]["terms"]
    assert held["due_on"] == second["due_on"]
    assert header(shop, held)["due_sk"].startswith("2013-12-01")
    assert header(shop, second)["due_sk"] < "2013-09-01"
    shop.does("hold", until=None)
    shop.bills("2013-08-01")
    assert [len(named(one)) for one in documents(shop)][-1] == 2
    assert shop.shown()["collection_held_until"] is None


def test_a_hold_ends_by_itself(shop) -> None:
    shop.subscribes()
    shop.does("hold", until="2013-07-01")
    assert shop.shown()["collection_held_until"] == "2013-07-01"
    shop.bills("2013-06-01")
    shop.bills("2013-07-01")
    held, free = documents(shop)
    assert held["document"]["terms"]["held_until"] == "2013-07-01"
    assert "held_until" not in free["document"]["terms"]
    assert shop.shown()["collection_held_until"] is None


@pytest.mark.parametrize(
    ("act", "body", "pointer"),
    [
        ("hold", {"until": "2013-06-01"}, "/until"),
        ("hold", {"until": "2013-06-09", "effective_on": "2013-06-10"}, "/until"),
        ("hold", {"until": "soon"}, "/until"),
        ("hold", {}, "/until"),
        ("references", {"purchase_order": "x" * 81}, "/purchase_order"),
        ("references", {"colour": "red"}, "/colour"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, act, body, pointer) -> None:
    shop.subscribes()
    before = json.dumps(sorted(map(str, shop.call.model.items.items())))
    status, found, _ = shop.call("POST", f"/v1/subscriptions/ext:S1/{act}", body)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert json.dumps(sorted(map(str, shop.call.model.items.items()))) == before


def test_a_new_customer_may_be_held_from_the_start(shop) -> None:
    shop.call.made("POST", "/v1/customers", {**CUSTOMER, "external_id": "M2"})
    body = {**ORDER, "customer": "ext:M2", "external_id": "S9", "start_on": "2013-06-05"}
    shop.call.made("POST", "/v1/subscriptions", body)
    path = "/v1/subscriptions/ext:S9/hold"
    shown = shop.call.made("POST", path, {"until": "2014-01-01", "effective_on": "2013-06-05"})
    assert shown["collection_held_until"] is None  # it is the 1st
