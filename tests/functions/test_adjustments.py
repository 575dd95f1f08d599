"""Credits and charges by hand over HTTP: entered, previewed, billed, withdrawn, refused."""

import pytest

from solde.runtime import bill_run
from solde.storage.audit import AuditTable
from solde.workflows.verify.verify import verify
from tests.support.http_api import CUSTOMER
from tests.support.lived import Lived
from tests.support.second_opinion import broken

PATH = "/v1/adjustments"


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """100.00 are billed for June, which has 30 days."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    return lived


def newest(shop: Lived) -> dict:
    return shop.call("GET", "/v1/invoices")[1]["data"][0]


def credit(shop: Lived, amount: int, **more) -> dict:
    return {"type": "credit", "invoice": newest(shop)["id"], "line": 1, "amount": amount} | more


def entered(shop: Lived, body: dict, key: str = "k1") -> dict:
    return shop.call.made("POST", PATH, body, idempotency_key=key)


def extra(**more) -> dict:
    return {
        "type": "extra",
        "customer": "ext:M1",
        "product": "service",
        "description": "Moving your data",
        "quantity": "3",
        "unit_amount": "80.00",
    } | more


def test_goodwill_is_previewed_noted_once_and_never_billed_again(shop) -> None:
    body = credit(shop, 20_00, reason="For the outage")
    status, shown, _ = shop.call("POST", f"{PATH}/preview", body)
    assert (status, shown["total"], shown["total_without"]) == (200, -20_00, 0), shown
    made = entered(shop, body)
    assert (made["object"], made["amount"], made["withdrawn"]) == ("adjustment", 20_00, False)
    assert made["start_on"] == "2013-06-01"
    assert shop.bills("2013-06-02") == ["06-01..06-30 -2000"]
    note = shop.call("GET", f"/v1/invoices/{newest(shop)['id']}")[1]
    (line,) = note["document"]["lines"]
    assert line["description"] == "For the outage"
    assert line["credited"] == [{"exact": "-20", "id": made["id"], "net": 2000}]
    assert line["corrects"]["id"] == body["invoice"]
    told = shop.call("GET", f"/v1/invoices/{note['id']}/lines/1/explanation")[1]
    assert (told["net"], told["timeline"]["unchanged"]) == (-20_00, True)
    assert shop.through("2013-06-03", "2013-06-05") == []
    assert shop.call("GET", PATH, query={"customer": "ext:M1"})[1]["data"] == [made]


def test_then_a_cancellation_gives_back_what_is_left(shop) -> None:
    entered(shop, credit(shop, 20_00))
    shop.bills("2013-06-02")
    shop.at("2013-06-10")
    assert shop.preview("cancel", effective_on="2013-06-15", on="2013-06-15") == -42_67
    shop.does("cancel", effective_on="2013-06-15")
    assert shop.bills("2013-06-15") == ["06-15..06-30 -4267"]  # 80.00 × 16/30 = 42.666…


def test_a_request_that_is_sent_again_is_one_fact(shop, monkeypatch) -> None:
    body = credit(shop, 20_00)
    made = entered(shop, body)
    forgotten = [key for key in shop.call.model.items if key.pk.startswith("ID#")]
    for key in forgotten:  # the answer was lost before it was kept
        del shop.call.model.items[key]
    assert entered(shop, body) == made
    assert len(shop.call("GET", PATH, query={"customer": "ext:M1"})[1]["data"]) == 1
    for key in forgotten:
        shop.call.model.items.pop(key, None)
    status, found, _ = shop.call("POST", PATH, {**body, "amount": 1}, idempotency_key="k1")
    assert (status, found["code"]) == (409, "state_conflict")


def test_more_than_is_left_of_the_line_is_refused(shop) -> None:
    entered(shop, credit(shop, 70_00))
    before = dict(shop.call.model.items)
    status, found, _ = shop.call("POST", PATH, credit(shop, 30_01), idempotency_key="k2")
    assert (status, found["errors"][0]["pointer"]) == (422, "/amount")
    assert "expected at most 3000" in found["detail"]
    assert "found 3001, 1 too much" in found["detail"]
    assert {key: item for key, item in shop.call.model.items.items() if key.pk[:3] != "ID#"} == {
        key: item for key, item in before.items() if key.pk[:3] != "ID#"
    }
    shop.bills("2013-06-02")
    body = {**credit(shop, 1), "invoice": newest(shop)["id"]}
    status, found, _ = shop.call("POST", PATH, body, idempotency_key="k3")
    assert (status, found["errors"][0]["pointer"]) == (422, "/line")  # a note charges nothing


def test_days_that_are_named_hold_no_more_than_they_cost(shop) -> None:
    days = {"start_on": "2013-06-01", "end_on": "2013-06-04"}
    status, found, _ = shop.call("POST", PATH, credit(shop, 10_01, **days), idempotency_key="k")
    assert status == 422
    assert "expected at most 1000" in found["detail"]  # 100.00 × 3/30
    entered(shop, credit(shop, 10_00, **days))
    assert shop.bills("2013-06-02") == ["06-01..06-03 -1000"]


def test_a_credit_withdrawn_is_charged_again(shop) -> None:
    made = entered(shop, credit(shop, 20_00))
    shop.bills("2013-06-02")
    path = f"{PATH}/{made['id']}/withdraw"
    gone = shop.call.made("POST", path, {"customer": "ext:M1"})
    assert gone["withdrawn"]
    assert shop.call.made("POST", path, {"customer": "ext:M1"}) == gone
    assert shop.bills("2013-06-03") == ["06-01..06-30 2000"]
    status, _, _ = shop.call("POST", f"{PATH}/adj_none/withdraw", {"customer": "ext:M1"})
    assert status == 404


def test_a_charge_by_hand_waits_for_its_day_and_stands_beside_what_is_due(shop) -> None:
    made = entered(shop, extra(due_on="2013-07-01", start_on="2013-06-03", end_on="2013-06-05"))
    assert (made["quantity"], made["unit_amount"], made["currency"]) == ("3", "80", "EUR")
    assert shop.through("2013-06-02", "2013-06-05") == []
    assert sorted(shop.bills("2013-07-01")) == ["06-03..06-04 24000", "07-01..07-31 10000"]
    assert shop.bills("2013-07-02") == []
    document = newest(shop)["id"]
    told = shop.call("GET", f"/v1/invoices/{document}/lines/2/explanation")[1]
    assert (told["price"]["code"], told["timeline"]["unchanged"]) == (made["id"], True)


def test_a_charge_due_today_is_billed_by_the_next_run_though_today_was_billed(shop) -> None:
    entered(shop, extra())
    assert shop.bills("2013-06-02") == ["06-01..06-01 24000"]


def test_one_off_invoices_are_issued_at_once_and_billed_by_no_run(shop) -> None:
    lines = [{name: extra()[name] for name in ("product", "description", "unit_amount")}]
    body = {"customer": "ext:M1", "lines": lines}
    made = shop.call.made("POST", "/v1/invoices", body, idempotency_key="one")
    (invoice,) = made["data"]
    assert (invoice["number"], invoice["total"]) == ("FR-2013-000002", 80_00)
    why = shop.call("GET", f"/v1/invoices/{invoice['id']}/explanation")[1]
    assert [one["how"] for one in why["tree"]["lines"]] == ["walk"]
    assert broken(why["document"], why["tree"]) == []
    for key in [key for key in shop.call.model.items if key.pk.startswith("ID#")]:
        del shop.call.model.items[key]
    again = shop.call.made("POST", "/v1/invoices", body, idempotency_key="one")
    assert [one["id"] for one in again["data"]] == [invoice["id"]]
    shop.does("quantity", component="seats", quantity="2", effective_on="2013-06-01")
    # The one-off, and what a run adds: one seat more, and not the line by hand again
    assert shop.bills("2013-06-02") == ["06-01..06-01 8000", "06-01..06-30 10000"]
    assert len(shop.call("GET", "/v1/invoices")[1]["data"]) == 3
    entered(shop, {**credit(shop, 30_00), "invoice": invoice["id"]}, "c")
    assert shop.bills("2013-06-03") == ["06-01..06-01 -3000"]
    listed = shop.call("GET", PATH, query={"customer": "ext:M1"})[1]["data"]
    (fact,) = [one for one in listed if one["type"] == "extra"]
    assert fact["issued_with"] == invoice["id"]
    shop.call.made("POST", f"{PATH}/{fact['id']}/withdraw", {"customer": "ext:M1"})
    assert shop.bills("2013-06-04") == ["06-01..06-01 -5000"]
    wrong = verify(shop.now, AuditTable(shop.call.model), bill_run.context())
    assert {one.code for one in wrong if one.violations} <= {"I22"}  # nothing was mailed here


def test_a_customer_without_subscriptions_is_billed_a_line_by_hand(lived) -> None:
    lived.call.made("POST", "/v1/customers", {**CUSTOMER, "external_id": "M2"})
    entered(lived, extra(customer="ext:M2"))
    assert lived.bills("2013-06-01") == ["06-01..06-01 24000"]
    assert lived.bills("2013-06-02") == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (extra(quantity="0"), "/quantity"),
        (extra(unit_amount="0"), "/unit_amount"),
        (extra(unit_amount="-5"), "/unit_amount"),
        (extra(unit_amount="0.001", quantity="1"), "/unit_amount"),
        (extra(due_on="2013-05-31"), "/due_on"),
        (extra(due_on="2003-05-31"), "/due_on"),
        (extra(due_on="2033-05-31"), "/due_on"),
        (extra(start_on="2012-01-01"), "/start_on"),
        (extra(end_on="2033-01-01"), "/end_on"),
        (extra(end_on="2013-06-01"), "/end_on"),
        (extra(description=""), "/description"),
        ({**extra(), "type": "gift"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(shop, body, pointer) -> None:
    for path in (PATH, f"{PATH}/preview"):
        status, found, _ = shop.call("POST", path, body, idempotency_key=path)
        assert status == 422, found
        assert found["errors"][0]["pointer"].endswith(pointer), found


def test_who_asks_needs_a_key_of_his_request_and_the_right(shop) -> None:
    assert shop.call("POST", PATH, extra())[0] == 400
    assert shop.call("POST", "/v1/invoices", {"customer": "ext:M1", "lines": []})[0] == 400
    reader = shop.call.key("adjustments:read")
    assert shop.call("POST", f"{PATH}/preview", extra(), key=reader)[0] == 200
    assert shop.call("POST", PATH, extra(), key=reader, idempotency_key="k")[0] == 403
    assert shop.call("POST", PATH, extra(product="none"), idempotency_key="k")[0] == 404
