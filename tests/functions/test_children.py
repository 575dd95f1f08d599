"""Children, who pays for them, and what keeps documents apart; all over HTTP."""

import pytest

from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import ORDER, Lived

PAYER = "/v1/subscriptions/ext:S1/payer"


@pytest.fixture
def shop(lived: Lived) -> Lived:
    lived.sells("team", "30.00")
    return lived


def customer(shop: Lived, name: str, **more) -> dict:
    body = {**CUSTOMER, "name": f"Site {name}", "external_id": name, **more}
    return shop.call.made("POST", "/v1/customers", body)


def documents(shop: Lived, owner: str) -> list[dict]:
    rows = shop.call("GET", "/v1/invoices", query={"customer": owner})[1]["data"]
    return [shop.call("GET", f"/v1/invoices/{row['id']}")[1] for row in reversed(rows)]


def test_a_parent_pays_for_his_child_and_the_line_names_it(shop) -> None:
    child = customer(shop, "C1", parent="ext:M1")
    made = shop.subscribes(subscriber="ext:C1")
    parent = shop.call("GET", "/v1/customers/ext:M1")[1]
    assert (child["parent"], made["customer"], made["subscriber"]) == (
        parent["id"],
        parent["id"],
        child["id"],
    )
    assert shop.bills("2013-06-01") == ["06-01..06-30 3000"]
    (document,) = documents(shop, "ext:M1")
    (line,) = document["document"]["lines"]
    assert line["subscription"]["subscriber"] == {"id": child["id"], "name": "Site C1"}
    assert documents(shop, "ext:C1") == []
    listed = shop.call("GET", "/v1/customers/ext:M1/children")[1]
    assert [one["id"] for one in listed["data"]] == [child["id"]]


def test_a_child_is_no_parent_and_nobody_pays_for_a_stranger(shop) -> None:
    customer(shop, "C1", parent="ext:M1")
    body = {**CUSTOMER, "external_id": "C2", "parent": "ext:C1"}
    status, found, _ = shop.call("POST", "/v1/customers", body)
    assert (status, found["errors"][0]["pointer"]) == (422, "/parent")
    customer(shop, "X1")
    status, found, _ = shop.call("POST", "/v1/subscriptions", {**ORDER, "subscriber": "ext:X1"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/subscriber")


def test_the_payer_changes_from_a_day_on_and_a_repeat_changes_nothing(shop) -> None:
    child = customer(shop, "C1", parent="ext:M1")
    shop.subscribes("2", subscriber="ext:C1")
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    body = {"customer": "ext:C1", "effective_on": "2013-06-16"}
    moved = shop.call.made("POST", PAYER, body)
    assert (moved["customer"], moved["start_on"], moved["anchor_on"]) == (
        child["id"],
        "2013-06-16",
        "2013-06-01",
    )
    before = dict(shop.call.model.items)
    assert shop.call.made("POST", PAYER, body)["id"] == moved["id"]
    assert shop.call.model.items == before
    # 2 × 30.00 × 15/30 go back to the parent, and are charged to the child
    assert sorted(shop.bills("2013-06-16")) == ["06-16..06-30 -3000", "06-16..06-30 3000"]
    assert [one["total"] for one in documents(shop, "ext:C1")] == [30_00]
    assert sorted(shop.bills("2013-07-01")) == ["07-01..07-31 6000"]


def test_a_child_goes_to_another_parent_who_pays_from_a_day_on(shop) -> None:
    """2 × 30.00 × 15/30 go back to the first parent, and the other is charged them."""
    child, group = customer(shop, "C1", parent="ext:M1"), customer(shop, "G1")
    shop.subscribes("2", subscriber="ext:C1")
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    moved = shop.call.made("PATCH", "/v1/customers/ext:C1", {"parent": "ext:G1"})
    assert moved["parent"] == group["id"]
    children = [shop.call("GET", f"/v1/customers/ext:{one}/children")[1] for one in ("M1", "G1")]
    assert [[one["id"] for one in each["data"]] for each in children] == [[], [child["id"]]]
    body = {"customer": "ext:G1", "effective_on": "2013-06-16"}
    shown = shop.call("POST", f"{PAYER}-preview", {**body, "on": "2013-06-16"})[1]
    assert (shown["total"], shown["following"]["total"]) == (-30_00, 30_00)
    shop.call.made("POST", PAYER, body)
    assert sorted(shop.bills("2013-06-16")) == ["06-16..06-30 -3000", "06-16..06-30 3000"]
    (document,) = documents(shop, "ext:G1")
    (line,) = document["document"]["lines"]
    assert line["subscription"]["subscriber"]["id"] == child["id"]
    assert shop.call.made("PATCH", "/v1/customers/ext:C1", {"parent": None})["parent"] is None
    assert shop.call("GET", "/v1/customers/ext:G1/children")[1]["data"] == []


@pytest.mark.parametrize("parent", ["ext:M1", "ext:C1", "ext:C2", "ext:D1", "ext:no"])
def test_who_has_children_and_who_is_no_parent_are_refused(shop, parent) -> None:
    """Himself, his child, another's child, one of another seller, nobody: for who has a child."""
    shop.call.made("POST", "/v1/entities", {**ENTITY, "code": "de", "number_prefix": "DE"})
    customer(shop, "C1", parent="ext:M1")
    customer(shop, "P2")
    customer(shop, "C2", parent="ext:P2")
    customer(shop, "D1", entity="de")
    before = dict(shop.call.model.items)
    status, found, _ = shop.call("PATCH", "/v1/customers/ext:M1", {"parent": parent})
    assert (status in (404, 422), found["errors"][0]["pointer"]) == (True, "/parent")
    status, found, _ = shop.call("PATCH", "/v1/customers/ext:M1", {"parent": "ext:P2"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/parent")
    assert shop.call.model.items == before


def test_a_change_of_payer_is_previewed_for_both_as_it_is_billed(shop) -> None:
    child = customer(shop, "C1", parent="ext:M1")
    shop.subscribes("2", subscriber="ext:C1")
    shop.bills("2013-06-01")
    shop.at("2013-06-10")
    body = {"customer": "ext:C1", "effective_on": "2013-06-16"}
    before = dict(shop.call.model.items)
    status, shown, _ = shop.call("POST", f"{PAYER}-preview", {**body, "on": "2013-06-16"})
    # 2 × 30.00 × 15/30 go back to the parent, and are charged to the child
    following = shown["following"]
    assert (status, shown["total"], shown["total_without"]) == (200, -30_00, 0)
    assert (following["customer"], following["total"]) == (child["id"], 30_00)
    assert shop.call.model.items == before
    shop.call.made("POST", PAYER, body)
    status, again, _ = shop.call("POST", f"{PAYER}-preview", {**body, "on": "2013-06-16"})
    assert (status, again["total"], again["following"]["total"]) == (200, -30_00, 30_00)
    assert sorted(shop.bills("2013-06-16")) == ["06-16..06-30 -3000", "06-16..06-30 3000"]
    status, found, _ = shop.call("POST", f"{PAYER}-preview", {**body, "customer": "ext:M1"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/customer")


def test_what_serves_a_child_is_listed_whoever_pays(shop) -> None:
    child = customer(shop, "C1", parent="ext:M1")
    customer(shop, "C2", parent="ext:M1")
    names = {}
    for number, (payer, served) in enumerate((("M1", "C1"), ("M1", "C2"), ("C1", "C1"))):
        shop.at(f"2013-06-01T0{number}:00:00")  # ids sort by their instant
        more = {} if payer == served else {"subscriber": f"ext:{served}"}
        made = shop.subscribes(customer=f"ext:{payer}", external_id=f"S{number}", **more)
        names[made["id"]] = f"S{number}"

    def listed(**query: str) -> list[str]:
        status, found, _ = shop.call("GET", "/v1/subscriptions", query=query)
        assert status == 200, found
        return [names[one["id"]] for one in found["data"]]

    assert listed(subscriber=child["id"]) == ["S2", "S0"]
    assert listed(subscriber="ext:C1", limit="1") == ["S2"]
    assert listed(subscriber="ext:C1", customer="ext:M1") == ["S0"]
    assert listed(subscriber="ext:M1") == []
    assert listed(customer="ext:M1") == ["S1", "S0"]
    assert shop.call("GET", "/v1/subscriptions", query={"subscriber": "ext:X"})[0] == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"customer": "ext:X1", "effective_on": "2013-06-16"}, "/customer"),
        ({"customer": "ext:M1", "effective_on": "2013-06-16"}, "/customer"),
        ({"customer": "ext:C1", "effective_on": "2013-06-01"}, "/effective_on"),
        ({"customer": "ext:C1"}, "/effective_on"),
    ],
)
def test_who_may_not_pay_is_refused(shop, body, pointer) -> None:
    customer(shop, "C1", parent="ext:M1")
    customer(shop, "X1")
    shop.subscribes(subscriber="ext:C1")
    before = dict(shop.call.model.items)
    status, found, _ = shop.call("POST", PAYER, body)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert shop.call.model.items == before


def test_policies_keep_documents_apart_and_say_by_what(shop) -> None:
    customer(shop, "C1", parent="ext:M1", separate=["cost_centre"])
    customer(shop, "P1", separate=["purchase_order"])
    for number, said in enumerate(
        (
            {"purchase_order": "PO-1", "cost_centre": "A"},
            {"purchase_order": "PO-1", "cost_centre": "B"},
            {"purchase_order": "PO-2"},
            {"purchase_order": "PO-1", "alone": True},
        )
    ):
        shop.at(f"2013-06-01T0{number}:00:00")  # ids sort by their instant
        shop.subscribes(customer="ext:P1", external_id=f"P{number}", references=said)
    shop.bills("2013-06-01")
    told = [
        ([one["subscription"]["external_id"] for one in each["document"]["lines"]], each["apart"])
        for each in documents(shop, "ext:P1")
    ]
    assert sorted(told) == [(["P0", "P1"], None), (["P2"], "purchase_order"), (["P3"], "alone")]
    (first,) = [one for one in documents(shop, "ext:P1") if one["apart"] is None]
    line = first["document"]["lines"][0]
    assert line["subscription"]["references"] == {"purchase_order": "PO-1", "cost_centre": "A"}


def test_an_entity_may_bill_each_child_apart(shop) -> None:
    entity = {**ENTITY, "time_zone": "UTC", "tax_regime": "none", "code": "uk"}
    shop.call.made(
        "POST", "/v1/entities", {**entity, "number_prefix": "UK", "separate": ["subscriber"]}
    )
    status, found, _ = shop.call("POST", "/v1/entities", {**entity, "separate": ["colour"]})
    assert (status, found["errors"][0]["pointer"]) == (422, "/separate/0")
    customer(shop, "G1", entity="uk")
    body = {"customer": "ext:G1", "plan": "team", "start_on": "2013-06-01"}
    for name in ("D1", "D2"):
        customer(shop, name, entity="uk", parent="ext:G1")
        shop.call.made("POST", "/v1/subscriptions", {**body, "subscriber": f"ext:{name}"})
    asked = {"customer": "ext:G1", "on": "2013-06-01"}
    shown = shop.call("POST", "/v1/invoices/preview", asked)[1]
    assert [one["apart"] for one in shown["documents"]] == [None, "subscriber"]
