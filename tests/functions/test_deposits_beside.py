"""Deposits over HTTP beside runs, credit, statements and accounts: they bill nothing themselves."""

import pytest

from solde.runtime import bill_run
from solde.storage.audit import AuditTable
from solde.workflows.verify.verify import verify
from tests.functions.test_settlement import Bank
from tests.support.deposits import LINES, ORDER, asked, balance, billed, read, refused, sold
from tests.support.lived import Lived
from tests.support.proved import proved


@pytest.fixture
def shop(lived: Lived) -> Lived:
    """A seller in France with a site at 20 % and a book at 5.5 %; nothing is billed."""
    return sold(lived)


def test_a_deposit_is_no_bill_and_no_run_looks_at_it(shop) -> None:
    """The order is billed by hand; then a line of it is credited, and runs find nothing to do."""
    deposit = asked(shop)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    final = billed(shop)
    line = {"type": "credit", "invoice": deposit["id"], "line": 1, "amount": 1}
    assert refused(shop, line, path="/v1/adjustments")[0] == 422
    body = {**line, "invoice": final["id"], "amount": 100_00}
    shop.call.made("POST", "/v1/adjustments", body, idempotency_key="c")
    shop.bills("2027-06-02")
    rows = shop.call("GET", "/v1/invoices", query={"customer": "ext:M2"})[1]["data"]
    assert sorted((one["object"], one["total"]) for one in rows) == [
        ("credit_note", 120_00),
        ("deposit", 518_25),
        ("invoice", 1_727_50),
    ]
    proved(shop)
    status, found, _ = shop.call("GET", f"/v1/invoices/{deposit['id']}/lines/1/explanation")
    assert (status, "one of a deposit" in found["detail"]) == (404, True)
    assert (
        refused(shop, {"stage": "lost"}, path=f"/v1/invoices/{deposit['id']}/write-off")[0] == 422
    )


def test_credit_that_is_there_pays_a_deposit(shop) -> None:
    """600.00 are paid on the first: 81.75 of them are over, and pay of the second."""
    first = asked(shop)
    Bank(shop, first["id"]).paid("evt_1", 600_00)
    second = asked(shop, "e", deposit={"amount": 100_00})
    path = f"/v1/invoices/{second['id']}/apply-credit"
    found = shop.call.made("POST", path, {}, idempotency_key="a")
    assert (found["status"], found["paid"]) == ("partly_paid", 81_75)
    proved(shop)
    assert refused(shop, ORDER)[0] == 409
    Bank(shop, second["id"]).paid("evt_2", 18_25, "pi_2")
    totals = billed(shop)["document"]["totals"]
    assert (totals["prepaid"], totals["due"]) == (618_25, 1_109_25)
    proved(shop)


def rows(shop: Lived) -> tuple[list[tuple[str, int]], dict]:
    path = "/v1/customers/ext:M2/statement"
    found = shop.call("GET", path, query={"from": "2013-01-01", "to": "2027-12-31"})[1]
    return [(one["kind"], one["amount"]) for one in found["rows"]], found


def test_a_statement_tells_what_was_asked_paid_and_deducted(shop) -> None:
    deposit = asked(shop)
    shown, told = rows(shop)
    assert (shown, told["closing"], told["documents"]) == ([("deposit", 518_25)], 518_25, 518_25)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    _, told = rows(shop)
    assert (told["closing"], told["unapplied"], told["deposits"]) == (0, 0, 518_25)
    billed(shop, lines=[{**LINES[0], "unit_amount": "200.00"}])
    shop.call.made("POST", "/v1/credit-notes", {"invoice": deposit["id"]}, idempotency_key="n")
    shown, told = rows(shop)
    assert sorted(shown) == [("credit_note", -278_25), ("deposit", 518_25), ("payment", -518_25)]
    assert (told["closing"], told["unapplied"], told["deposits"]) == (-278_25, 278_25, 0)


def test_money_that_is_gone_before_the_issue_leaves_open_what_was_printed_as_deducted(shop) -> None:
    """360.00 were planned; the bank takes 400.00 of 518.25 meanwhile, and 118.25 are left."""
    deposit = asked(shop)
    bank = Bank(shop, deposit["id"])
    bank.paid("evt_1", 518_25)
    mine = {**LINES[0], "unit_amount": "300.00", "purchase_order": "BC-7"}
    body = {"type": "extra", "customer": "ext:M2", **mine}
    shop.call.made("POST", "/v1/adjustments", body, idempotency_key="l")
    run = {"entity": "fra", "target_on": "2027-06-01"}
    made = shop.call.made("POST", "/v1/bill-runs", run, idempotency_key="r")
    shop.call.plans(made["id"])
    bank.disputed("evt_2", 400_00)
    shop.call.finishes(made["id"], shop.now)
    newest = shop.call("GET", "/v1/invoices", query={"customer": "ext:M2"})[1]["data"]
    final = next(read(shop, one) for one in newest if one["object"] == "invoice")
    assert (final["document"]["totals"]["prepaid"], final["paid"]) == (360_00, 118_25)
    proved(shop)
    bank.disputed("evt_3", 400_00, won=True)
    assert read(shop, deposit)["status"] == "paid"
    proved(shop)


def test_a_run_deducts_from_the_lines_of_the_order_alone(shop) -> None:
    """600.00 are paid in advance; a run bills 360.00 of the order and 120.00 beside it."""
    deposit = asked(shop, deposit={"amount": 600_00})
    Bank(shop, deposit["id"]).paid("evt_1", 600_00)
    body = {"type": "extra", "customer": "ext:M2", "due_on": "2027-06-02"}
    mine = {**LINES[0], "unit_amount": "300.00", "purchase_order": "BC-7"}
    shop.call.made("POST", "/v1/adjustments", {**body, **mine}, idempotency_key="l")
    other = {**LINES[0], "unit_amount": "100.00"}
    shop.call.made("POST", "/v1/adjustments", {**body, **other}, idempotency_key="m")
    shop.bills("2027-06-02")
    newest = shop.call("GET", "/v1/invoices", query={"customer": "ext:M2"})[1]["data"][0]
    totals = read(shop, newest)["document"]["totals"]
    assert (totals["gross"], totals["prepaid"], totals["due"]) == (480_00, 360_00, 120_00)
    proved(shop)


def test_tax_of_the_final_that_waits_for_payment_is_freed_by_the_deposit(lived) -> None:
    """At payment: 68.25 are freed by the deposit, and the other 159.25 when the rest is paid."""
    shop = sold(lived, services_due="payment")
    deposit = asked(shop)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    final = billed(shop)
    assert balance(shop, "44574", "4457") == [-159_25, -68_25]
    proved(shop)
    Bank(shop, final["id"]).paid("evt_2", 1_209_25, "pi_2")
    assert balance(shop, "44574", "4457", "4191") == [0, -227_50, 0]
    proved(shop)


def test_accounts_that_an_entity_assigns_are_none_of_deposits(lived) -> None:
    rule = {"product": "site", "revenue_account": "704", "deferred_account": "487"}
    shop = sold(lived, assignments=[rule])
    deposit = asked(shop)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    shop.call.made("POST", "/v1/credit-notes", {"invoice": deposit["id"]}, idempotency_key="n")
    assert balance(shop, "4191", "4457", "704", "487", "706") == [-518_25, 0, 0, 0, 0]
    proved(shop)


def test_a_run_that_holds_the_customer_is_waited_for(shop) -> None:
    deposit = asked(shop)
    Bank(shop, deposit["id"]).paid("evt_1", 518_25)
    body = {"type": "extra", "customer": "ext:M2", **LINES[0]}
    shop.call.made("POST", "/v1/adjustments", body, idempotency_key="l")
    run = {"entity": "fra", "target_on": "2027-06-01"}
    made = shop.call.made("POST", "/v1/bill-runs", run, idempotency_key="r")
    shop.call.plans(made["id"])
    assert refused(shop, ORDER)[0] == 409
    free = {key: ORDER[key] for key in ("customer", "lines")}
    shop.call.made("POST", "/v1/invoices", free, idempotency_key="f")
    proved_but = verify(shop.now, AuditTable(shop.call.model), bill_run.context())
    assert "I38" not in {one.code for one in proved_but if one.violations}
