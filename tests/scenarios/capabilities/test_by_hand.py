"""What people give back and charge by hand, beside the runs."""

import pytest

pytestmark = pytest.mark.cloud


def test_goodwill_then_nothing_then_a_cancellation_of_what_is_left(subscribed) -> None:
    """June has 30 days; its last day is to be the 14th, so 16 are given back."""
    seller = subscribed()
    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 100.00"]
    (invoice,) = seller.invoices("anna")

    seller.at("2027-06-02")
    credit = {"type": "credit", "invoice": invoice["id"], "line": 1, "amount": 20_00}
    seller.posts("adjustments", credit)
    status, problem = seller.refused("adjustments", {**credit, "amount": 80_01})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/amount")
    assert seller.bills("2027-06-02") == ["CN seats 2027-06-01..2027-06-30 20.00"]
    assert seller.bills("2027-06-03") == []

    seller.changes("anna", "cancel", effective_on="2027-06-15")
    # 80.00 × 16/30 = 42.666…
    assert seller.bills("2027-06-15") == ["CN seats 2027-06-15..2027-06-30 42.67"]


def test_a_one_off_invoice_is_issued_at_once_and_no_run_bills_it_again(subscribed) -> None:
    seller = subscribed()
    seller.bills("2027-06-01")
    line = {"product": seller.named("seats"), "description": "Training", "unit_amount": "45.00"}
    body = {"customer": f"ext:{seller.named('anna')}", "lines": [{**line, "quantity": "2"}]}
    (invoice,) = seller.posts("invoices", body)["data"]
    assert (invoice["total"], invoice["issued_on"]) == (90_00, "2027-06-01")
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 100.00"]


def test_credit_notes_by_hand_close_an_invoice_to_zero_and_no_run_bills_it_again(opens) -> None:
    """33.33 and 66.67 at 20 %, 49.99 at 5.5 %: 120.00 + 52.74; 2.75 is 49.99 × 5.5 %."""
    seller = opens("2027-06-01", tax_regime="FR")
    for name, amount, taxed in (
        ("one", "33.33", "standard"),
        ("two", "66.67", "standard"),
        ("three", "49.99", "reduced"),
    ):
        seller.sells(name, amount, product={"tax_class": taxed})
    seller.plans("team", "one", "two", "three")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01")
    seller.bills("2027-06-01")
    (invoice,) = seller.invoices("anna")
    assert invoice["total"] == 172_74

    body = {"invoice": invoice["id"], "lines": [{"line": 2, "amount": 30_00}], "reason": "Late"}
    first = seller.posts("credit-notes", body)
    assert (first["total"], first["number"][-14:]) == (36_00, "CN-2027-000001")
    assert b"Late" in seller.paper(first, "html")
    assert seller.paper(first, "pdf")[:4] == b"%PDF"
    status, problem = seller.refused(
        "credit-notes", {**body, "lines": [{"line": 2, "amount": 36_68}]}
    )
    assert (status, problem["errors"][0]["pointer"]) == (422, "/lines/0/amount")
    assert "expected 1 to 3667" in problem["detail"]
    second = seller.posts("credit-notes", {"invoice": invoice["id"], "amount": 50_00})
    whole = seller.posts("credit-notes/preview", {"invoice": invoice["id"]})["total"]
    third = seller.posts("credit-notes", {"invoice": invoice["id"]})
    assert whole == -third["total"]
    assert first["total"] + second["total"] + third["total"] == 172_74
    assert len(seller.reads("credit-notes", invoice=invoice["id"])["data"]) == 3
    assert seller.bills("2027-06-02") == []
