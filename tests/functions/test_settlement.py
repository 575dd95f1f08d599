"""Settlement over HTTP: what credit notes settle, and what money that goes back opens again."""

from functools import partial

import pytest

from solde.adapters.stripe.events import fact
from solde.workflows.settle_payment import settle_delivery
from tests.support.lived import Lived
from tests.support.proved import proved
from tests.support.seller import Seller
from tests.support.shop import Shop


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """100.00 without tax are billed for June."""
    lived.sells("team", "100.00")
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    return lived


class Bank(Shop):
    """What Stripe tells of one invoice of a seller over HTTP."""

    def __init__(self, lived: Lived, invoice_id: str) -> None:
        self.lived, self._invoice = lived, invoice_id
        seller = Seller.__new__(Seller)
        seller.table = lived.call.model
        super().__init__(seller)

    @property
    def invoice(self):
        return self.store.open_invoice(self._invoice)


def documents(shop: Lived) -> dict[str, tuple[str, int]]:
    rows = shop.call("GET", "/v1/invoices")[1]["data"]
    found = (shop.call("GET", f"/v1/invoices/{one['id']}")[1] for one in rows)
    return {one["number"]: (one["status"], one["paid"]) for one in found}


def bought(shop: Lived) -> str:
    rows = shop.call("GET", "/v1/invoices")[1]["data"]
    return next(one["id"] for one in rows if one["number"] == "FR-2013-000001")


def noted(shop: Lived, key: str, **body) -> dict:
    body = {"invoice": bought(shop), **body}
    return shop.call.made("POST", "/v1/credit-notes", body, idempotency_key=key)


def credit(shop: Lived) -> list[tuple[str, int, str]]:
    rows = shop.call("GET", "/v1/customers/ext:M1/credit")[1]["data"]
    return [(one["source"], one["left"], one["rest"]) for one in rows]


def test_a_note_settles_its_own_invoice_first_and_the_rest_is_credit(shop) -> None:
    note = noted(shop, "a", amount=30_00)
    assert (note["status"], note["settles"], note["credit"]) == (
        "paid",
        [{"invoice": bought(shop), "amount": 30_00}],
        0,
    )
    assert documents(shop)["FR-2013-000001"] == ("partly_paid", 30_00)
    Bank(shop, bought(shop)).paid("evt_1", 50_00)
    rest = noted(shop, "b")
    assert (rest["total"], rest["credit"]) == (70_00, 50_00)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    assert credit(shop) == [("credit_note", 50_00, "credit")]
    proved(shop)


def test_what_shall_be_refunded_waits_for_the_provider(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 100_00)
    noted(shop, "a", amount=20_00, rest="refund")
    noted(shop, "b", amount=10_00)
    assert credit(shop)[0][1:] == (20_00, "refund")
    bank.refunded("evt_2", 20_00)
    assert sorted(credit(shop)) == [("credit_note", 0, "refund"), ("credit_note", 10_00, "credit")]
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    proved(shop)


def test_a_refund_without_a_note_opens_the_invoice_again(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 120_00)
    assert credit(shop) == [("payment", 20_00, "credit")]
    bank.refunded("evt_2", 50_00)
    assert (documents(shop)["FR-2013-000001"], credit(shop)[0][1]) == (("partly_paid", 70_00), 0)
    proved(shop)


def test_a_dispute_takes_the_money_once_and_gives_it_back_once(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 120_00)
    bank.refunded("evt_2", 20_00)
    bank.disputed("evt_3", 120_00)
    assert documents(shop)["FR-2013-000001"] == ("open", 0)
    proved(shop)
    noted(shop, "a", amount=40_00)  # meanwhile something is given back
    bank.disputed("evt_4", 120_00, won=True)
    assert documents(shop)["FR-2013-000001"] == ("paid", 100_00)
    assert ("payment", 40_00, "credit") in credit(shop)
    (payment,) = shop.call("GET", "/v1/payments")[1]["data"]
    assert (payment["allocated"], payment["disputed"]) == (60_00, 0)
    proved(shop)


def test_notes_of_a_run_settle_what_they_take_back_of(shop) -> None:
    shop.does("cancel", effective_on="2013-06-15")
    assert shop.bills("2013-06-15") == ["06-15..06-30 -5333"]
    assert documents(shop) == {
        "FR-2013-000001": ("partly_paid", 53_33),
        "FR-CN-2013-000001": ("paid", 53_33),
    }
    assert credit(shop) == []
    proved(shop)


def test_a_note_of_a_run_settles_an_invoice_of_the_same_run(shop) -> None:
    """Scenario 14: the first is paid, so its 100.00 settle 30.00 beside them and 70.00 are over."""
    Bank(shop, bought(shop)).paid("evt_1", 100_00)
    shop.does("cancel", effective_on="2013-06-01")
    line = {"product": "service", "description": "Moving", "unit_amount": "30.00"}
    body = {"type": "extra", "customer": "ext:M1", **line}
    shop.call.made("POST", "/v1/adjustments", body, idempotency_key="x")
    assert sorted(shop.bills("2013-06-02")) == ["06-01..06-01 3000", "06-01..06-30 -10000"]
    assert documents(shop)["FR-2013-000002"] == ("paid", 30_00)
    assert credit(shop) == [("credit_note", 70_00, "credit")]
    proved(shop)


def test_an_unworked_delivery_of_a_dispute_is_done_when_its_payment_comes(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.disputed("evt_1", 100_00)
    bank.paid("evt_2", 100_00)
    assert documents(shop)["FR-2013-000001"] == ("open", 0)
    read = partial(fact, live=False)
    again = settle_delivery("stripe", "evt_1", read=read, at=shop.now, store=bank.store)
    assert again.value == "done"
    proved(shop)


def test_credit_pays_the_next_invoice_as_far_as_it_goes(shop) -> None:
    """160.00 paid on 100.00: 60.00 of July's 100.00 are paid by it, then 40.00 are due."""
    Bank(shop, bought(shop)).paid("evt_1", 160_00)
    asked = {"customer": "ext:M1", "on": "2013-07-01"}
    shown = shop.call("POST", "/v1/invoices/preview", asked)[1]["documents"][0]["document"]
    assert (shown["totals"]["prepaid"], shown["totals"]["due"]) == (60_00, 40_00)
    assert shop.bills("2013-07-01") == ["07-01..07-31 10000"]
    assert documents(shop)["FR-2013-000002"] == ("partly_paid", 60_00)
    (lot,) = shop.call("GET", "/v1/customers/ext:M1/credit")[1]["data"]
    assert (lot["left"], [one["amount"] for one in lot["uses"]]) == (0, [60_00])
    proved(shop)
    shop.bills("2013-08-01")
    assert documents(shop)["FR-2013-000003"] == ("open", 0)
    proved(shop)


def test_an_invoice_that_credit_pays_whole_is_settled_at_issue(shop) -> None:
    noted_of_paid(shop, 100_00)
    line = {"product": "service", "description": "Moving", "unit_amount": "45.00"}
    body = {"customer": "ext:M1", "lines": [line]}
    (made,) = shop.call.made("POST", "/v1/invoices", body, idempotency_key="one")["data"]
    assert (made["status"], made["paid"], made["document"]["totals"]["due"]) == ("paid", 45_00, 0)
    shop.bills("2013-07-01")
    (left,) = [one for one in credit(shop) if one[0] == "credit_note"]
    assert left[1] == 0
    assert sorted(documents(shop).values()) == [
        ("paid", 45_00),
        ("paid", 100_00),
        ("paid", 100_00),
        ("partly_paid", 55_00),
    ]
    proved(shop)


def noted_of_paid(shop: Lived, minor: int) -> Bank:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 100_00)
    noted(shop, "a", amount=minor)
    return bank


def test_credit_that_waits_to_be_refunded_pays_nothing(shop) -> None:
    Bank(shop, bought(shop)).paid("evt_1", 100_00)
    noted(shop, "a", rest="refund")
    shop.bills("2013-07-01")
    assert documents(shop)["FR-2013-000002"] == ("open", 0)
    assert credit(shop) == [("credit_note", 100_00, "refund")]


def test_credit_that_is_gone_before_the_issue_leaves_open_what_was_printed_as_paid(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 160_00)
    shop.at("2013-07-01")
    run = shop.call.made(
        "POST",
        "/v1/bill-runs",
        {"entity": "fr", "target_on": "2013-07-01"},
        idempotency_key="r",
    )
    shop.call.plans(run["id"])
    bank.refunded("evt_2", 50_00)
    shop.call.finishes(run["id"], shop.now)
    assert documents(shop)["FR-2013-000002"] == ("partly_paid", 10_00)
    newest = next(
        one
        for one in shop.call("GET", "/v1/invoices")[1]["data"]
        if one["number"] == "FR-2013-000002"
    )
    read = shop.call("GET", f"/v1/invoices/{newest['id']}")[1]["document"]
    assert (read["totals"]["prepaid"], read["totals"]["due"]) == (60_00, 40_00)
    proved(shop)


def test_a_dispute_takes_back_what_credit_has_paid_latest_first(shop) -> None:
    bank = Bank(shop, bought(shop))
    bank.paid("evt_1", 160_00)
    shop.bills("2013-07-01")
    bank.disputed("evt_2", 160_00)
    assert set(documents(shop).values()) == {("open", 0)}
    bank.disputed("evt_3", 160_00, won=True)
    assert documents(shop)["FR-2013-000002"] == ("partly_paid", 60_00)
    proved(shop)


def test_a_note_of_many_invoices_settles_the_latest_and_the_rest_is_credit(
    shop, monkeypatch
) -> None:
    """Three months are taken back at once; two of them at most are settled by it."""
    monkeypatch.setattr("solde.storage.settling.ORIGINALS_MOST", 2)
    shop.through("2013-07-01", "2013-07-01")
    shop.through("2013-08-01", "2013-08-01")
    shop.does("quantity", component="seats", quantity="0", effective_on="2013-06-01")
    shop.bills("2013-08-02")
    assert [status for status, _ in documents(shop).values()] == ["paid", "paid", "paid", "open"]
    assert credit(shop) == [("credit_note", 100_00, "credit")]
    proved(shop)
