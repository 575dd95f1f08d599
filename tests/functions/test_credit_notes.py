"""Credit notes by hand over HTTP: by line, by amount, whole; previewed, issued once, refused."""

import random
from datetime import date

import pytest

from solde.runtime import clock
from solde.storage.rating_book import RatingBookTable
from tests.support.http_api import CUSTOMER, ENTITY
from tests.support.lived import Lived
from tests.support.proved import proved
from tests.support.second_opinion import broken

PATH = "/v1/credit-notes"
PARTS = {"one": ("33.33", "standard"), "two": ("66.67", "standard"), "three": ("49.99", "reduced")}


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """100.00 without tax are billed for June, which has 30 days."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    return lived


@pytest.fixture
def couponed(lived: Lived) -> Lived:
    """33.33 and 66.67 at 20 %, 49.99 at 5.5 %, a document coupon of 10 %: 155.46 (scenario 5)."""
    return sold(lived)


def sold(lived: Lived, **price) -> Lived:
    call = lived.call
    lived.at("2027-06-01")
    RatingBookTable(call.model).rated("fra", date(2040, 1, 1), at=lived.now)
    call.made("POST", "/v1/entities", {**ENTITY, "code": "fra", "number_prefix": "FRA"})
    call.made("POST", "/v1/customers", {**CUSTOMER, "entity": "fra", "external_id": "M2"})
    parts = []
    for code, (amount, taxed) in PARTS.items():
        call.made("POST", "/v1/products", {"code": code, "name": code, "tax_class": taxed})
        model = {"model": "per_unit", "amount": amount}
        fields = {"code": code, "product": code, "currency": "EUR", "kind": "advance", **price}
        call.made("POST", "/v1/prices", {**fields, "model": model})
        parts.append({"code": code, "price": code, "description": code})
    plan = {"code": "three", "name": "Three", "unit": "month", "components": parts}
    call.made("POST", "/v1/plans", plan)
    order = {"customer": "ext:M2", "plan": "three", "start_on": "2027-06-01", "external_id": "S2"}
    call.made("POST", "/v1/subscriptions", order)
    ten = {"name": "Ten", "percent": "10", "level": "document", "periods": 1}
    discount = {"offer": ten, "effective_on": "2027-06-01"}
    call.made("POST", "/v1/subscriptions/ext:S2/discounts", discount)
    lived.call.bills(lived.now)
    return lived


def invoice(shop: Lived) -> dict:
    return shop.call("GET", "/v1/invoices")[1]["data"][0]


def noted(shop: Lived, of: dict, key: str, **body) -> dict:
    body = {"invoice": of["id"], **body}
    return shop.call.made("POST", PATH, body, idempotency_key=key)


def refused(shop: Lived, of: dict, **body) -> tuple[str, str]:
    """Ask for what is refused, previewed too: nothing is stored; return where and what."""
    body, before = {"invoice": of["id"], **body}, dict(shop.call.model.items)
    status, shown, _ = shop.call("POST", f"{PATH}/preview", body)
    assert status == 422, shown
    status, found, _ = shop.call("POST", PATH, body, idempotency_key=str(random.random()))
    assert (status, found["detail"]) == (422, shown["detail"])
    kept = {key: item for key, item in shop.call.model.items.items() if key.pk[:3] != "ID#"}
    assert kept == {key: item for key, item in before.items() if key.pk[:3] != "ID#"}
    return found["errors"][0]["pointer"], found["detail"]


def test_by_line_by_line_and_the_rest_close_to_zero(couponed) -> None:
    """Scenario 5: bases 30.00, 60.00 and 44.99 after the coupon; tax 18.00 + 2.47."""
    bought = invoice(couponed)
    assert bought["total"] == 155_46
    first = noted(couponed, bought, "a", lines=[{"line": 2, "amount": 30_00}], reason="Sorry")
    assert (first["number"], first["total"]) == ("FRA-CN-2027-000001", 36_00)
    (line,) = first["document"]["lines"]
    assert (line["description"], line["corrects"]["line"], line["net"]) == ("Sorry", 2, 30_00)
    pointer, said = refused(couponed, bought, lines=[{"line": 2, "amount": 30_01}])
    assert (pointer, "expected 1 to 3000" in said, "1 too much" in said) == (
        "/lines/0/amount",
        True,
        True,
    )
    second = noted(couponed, bought, "b", lines=[{"line": 3}])
    assert second["total"] == 47_46
    shown = couponed.call("POST", f"{PATH}/preview", {"invoice": bought["id"]})[1]
    assert (shown["total"], shown["documents"][0]["number"]) == (-72_00, None)
    third = noted(couponed, bought, "c")
    assert third["total"] == 72_00
    assert first["total"] + second["total"] + third["total"] == bought["total"]
    assert refused(couponed, bought)[0] == "/invoice"
    assert refused(couponed, bought, lines=[{"line": 1}])[0] == "/lines/0/line"
    listed = couponed.call("GET", PATH, query={"invoice": bought["id"]})[1]["data"]
    assert {one["id"] for one in listed} == {third["id"], second["id"], first["id"]}
    assert couponed.call("GET", f"{PATH}/{first['id']}")[1] == first
    proved(couponed)


@pytest.mark.parametrize(
    ("key", "body", "how"),
    [
        ("a", {"lines": [{"line": 2, "amount": 30_00}]}, "lines"),
        ("b", {"amount": 50_00}, "amount"),
        ("c", {}, "whole"),
    ],
)
def test_a_note_is_explained_by_what_was_asked_and_what_was_left(couponed, key, body, how) -> None:
    note = noted(couponed, invoice(couponed), key, **body)
    status, found, _ = couponed.call("GET", f"/v1/invoices/{note['id']}/explanation")
    assert (status, found["document"], found["tree"]["asked"]["how"]) == (
        200,
        note["document"],
        how,
    )
    assert broken(found["document"], found["tree"]) == []
    of_line = couponed.call("GET", f"/v1/invoices/{note['id']}/lines/1/explanation")[1]
    assert of_line["derivation"]["row"]["amount"] == note["document"]["lines"][0]["net"]


def test_a_note_that_was_issued_without_a_tree_has_no_explanation(couponed) -> None:
    note = noted(couponed, invoice(couponed), "a")
    (at,) = [
        one
        for one, item in couponed.call.model.items.items()
        if "tree" in item and note["id"] in str(item)
    ]
    couponed.call.model.items[at].pop("tree")
    status, found, _ = couponed.call("GET", f"/v1/invoices/{note['id']}/explanation")
    assert (status, "expected a tree" in found["detail"]) == (404, True)
    status, found, _ = couponed.call("GET", f"/v1/invoices/{note['id']}/lines/1/explanation")
    assert (status, found["derivation"]) == (200, None)


def test_what_was_given_back_is_never_billed_again(couponed) -> None:
    bought = invoice(couponed)
    noted(couponed, bought, "a", amount=50_00)
    facts = couponed.call("GET", "/v1/adjustments", query={"customer": "ext:M2"})[1]["data"]
    assert sum(one["amount"] for one in facts) == 50_00
    body = {"component": "one", "quantity": "1", "effective_on": "2027-06-01"}
    couponed.at("2027-06-02")
    couponed.call.made("POST", "/v1/subscriptions/ext:S2/quantity", body)  # looked at again
    couponed.call.bills(couponed.now)
    assert len(couponed.call("GET", "/v1/invoices")[1]["data"]) == 2
    proved(couponed)


def test_an_amount_lies_on_all_that_is_left_and_the_rest_closes(couponed) -> None:
    """50.00 of 134.99: 33.34 at 20 % and 16.66 at 5.5 % by largest remainder; 33.34 as 1 to 2."""
    bought = invoice(couponed)
    one = noted(couponed, bought, "a", amount=50_00)["document"]
    assert [line["net"] for line in one["lines"]] == [11_11, 22_23, 16_66]
    assert one["totals"]["tax"] == 6_67 + 92  # 33.34 × 20 %, 16.66 × 5.5 %
    rest = noted(couponed, bought, "b")["document"]
    assert one["totals"]["gross"] + rest["totals"]["gross"] == bought["total"]
    assert one["totals"]["tax"] + rest["totals"]["tax"] == 18_00 + 2_47
    assert refused(couponed, bought, amount=1)[0] == "/invoice"
    proved(couponed)


def test_notes_of_prices_with_tax_close_too(lived) -> None:
    """30.00 + 60.00 + 44.99 with tax: 75.00 + 15.00, 42.64 + 2.35 (42.644…; 2.345…)."""
    shop = sold(lived, tax_included=True)
    bought = invoice(shop)
    assert bought["total"] == 134_99
    one = noted(shop, bought, "a", amount=44_99)["document"]
    two = noted(shop, bought, "b", lines=[{"line": 1, "amount": 1}])["document"]
    assert (one["totals"]["gross"], two["totals"]["gross"]) == (44_99, 1)
    rest = noted(shop, bought, "c")["document"]
    document = shop.call("GET", f"/v1/invoices/{bought['id']}")[1]["document"]
    for name in ("net", "tax", "rounding", "gross"):
        assert sum(each["totals"][name] for each in (one, two, rest)) == document["totals"][name]
    proved(shop)


def test_a_request_that_is_sent_again_is_one_note(shop) -> None:
    bought = invoice(shop)
    made = noted(shop, bought, "a", amount=20_00)
    forgotten = [key for key in shop.call.model.items if key.pk.startswith("ID#")]
    for key in forgotten:  # the answer was lost before it was kept
        del shop.call.model.items[key]
    assert noted(shop, bought, "a", amount=20_00) == made
    assert len(shop.call("GET", PATH)[1]["data"]) == 1


def test_then_a_cancellation_gives_back_what_is_left(shop) -> None:
    noted(shop, invoice(shop), "a", amount=20_00)
    shop.bills("2013-06-02")
    shop.does("cancel", effective_on="2013-06-15")
    assert shop.bills("2013-06-15") == ["06-15..06-30 -4267"]  # 80.00 × 16/30 = 42.666…
    (bought,) = [
        one for one in shop.call("GET", "/v1/invoices")[1]["data"] if "CN" not in one["number"]
    ]
    assert refused(shop, bought, amount=37_34)[0] == "/amount"  # 100.00 - 20.00 - 42.67
    rest = noted(shop, bought, "b")
    assert (rest["total"], rest["document"]["lines"][0]["net"]) == (37_33, 37_33)
    shop.documents[rest["id"]] = rest["document"]
    assert shop.through("2013-06-16", "2013-06-18") == []
    proved(shop)


def test_what_is_cancelled_is_billed_again_as_the_timeline_says(shop) -> None:
    bought = invoice(shop)
    note = noted(shop, bought, "a", bill_again=True, reason="Wrong address")
    assert (note["total"], note["document"]["lines"][0]["cancels"]) == (100_00, True)
    assert shop.call("GET", "/v1/adjustments", query={"customer": "ext:M1"})[1]["data"] == []
    shop.documents[note["id"]] = note["document"]
    assert shop.bills("2013-06-02") == ["06-01..06-30 10000"]
    again = invoice(shop)
    assert "corrects" not in next(iter(shop.documents[again["id"]]["lines"]))
    shop.does("cancel", effective_on="2013-06-15")
    assert shop.bills("2013-06-15") == ["06-15..06-30 -5333"]  # 100.00 × 16/30
    assert newest(shop)["document"]["corrects"][0]["id"] == again["id"]
    assert refused(shop, bought, bill_again=True)[0] == "/invoice"
    proved(shop)


def newest(shop: Lived) -> dict:
    return shop.call("GET", f"/v1/invoices/{invoice(shop)['id']}")[1]


def test_only_whole_lines_are_cancelled(shop) -> None:
    bought = invoice(shop)
    noted(shop, bought, "a", amount=20_00)
    pointer, said = refused(shop, bought, bill_again=True)
    assert (pointer, "found 2000 of 10000 on line 1" in said) == ("/bill_again", True)
    pointer, _ = refused(shop, bought, bill_again=True, amount=5)
    assert pointer == "/"


def test_a_run_that_holds_the_customer_is_waited_for(shop, monkeypatch) -> None:
    bought = invoice(shop)
    shop.at("2013-07-01")
    call = shop.call
    run = call.made(
        "POST", "/v1/bill-runs", {"entity": "fr", "target_on": "2013-07-01"}, idempotency_key="r"
    )
    call.plans(run["id"])
    body = {"invoice": bought["id"], "amount": 1_00}
    status, found, _ = call("POST", PATH, body, idempotency_key="x")
    assert (status, found["code"]) == (409, "reserved")
    monkeypatch.setattr(clock, "_seen", (float("inf"), shop.now))
    call.made("POST", f"/v1/bill-runs/{run['id']}/cancel", {})
    assert noted(shop, bought, "y", amount=1_00)["total"] == 1_00


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"lines": [{"line": 1}], "amount": 5}, "/"),
        ({"lines": [{"line": 1, "amount": 5}], "bill_again": True}, "/"),
        ({"lines": [{"line": 2}]}, "/lines/0/line"),
        ({"lines": [{"line": 1, "amount": 5}, {"line": 1, "amount": 5}]}, "/lines/1/line"),
        ({"lines": [{"line": 1, "amount": 100_01}]}, "/lines/0/amount"),
        ({"lines": [{"line": 1, "amount": -1}]}, "/lines/0/amount"),
        ({"amount": 100_01}, "/amount"),
        ({"amount": 0}, "/amount"),
        ({"amount": "1.00"}, "/amount"),
        ({"reasons": "x"}, "/reasons"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(shop, body, pointer) -> None:
    assert refused(shop, invoice(shop), **body)[0] == pointer


def test_a_note_is_taken_of_invoices_that_there_are(shop) -> None:
    note = noted(shop, invoice(shop), "a", amount=1_00)
    for wrong in (note["id"], "inv_none", "x"):
        status, found, _ = shop.call("POST", PATH, {"invoice": wrong}, idempotency_key=wrong)
        assert (status, found["code"]) == (404, "not_found")
    assert shop.call("GET", f"{PATH}/{invoice(shop)['id']}")[0] in (200, 404)
    assert shop.call("POST", PATH, {"invoice": note["id"]})[0] == 400  # no Idempotency-Key
    reader = shop.call.key("credit-notes:read")
    body = {"invoice": note["document"]["corrects"][0]["id"]}
    assert shop.call("POST", f"{PATH}/preview", body, key=reader)[0] == 200
    assert shop.call("POST", PATH, body, key=reader, idempotency_key="z")[0] == 403
