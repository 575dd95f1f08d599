"""What people give back and charge by hand, beside the runs."""

import pytest

pytestmark = pytest.mark.cloud


def test_goodwill_then_nothing_then_a_cancellation_of_what_is_left(opens) -> None:
    """June has 30 days; its last day is to be the 14th, so 16 are given back."""
    seller = opens("2027-06-01")
    seller.sells("seats", "100.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01")
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


def test_a_one_off_invoice_is_issued_at_once_and_no_run_bills_it_again(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("seats", "100.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01")
    seller.bills("2027-06-01")
    line = {"product": seller.named("seats"), "description": "Training", "unit_amount": "45.00"}
    body = {"customer": f"ext:{seller.named('anna')}", "lines": [{**line, "quantity": "2"}]}
    (invoice,) = seller.posts("invoices", body)["data"]
    assert (invoice["total"], invoice["issued_on"]) == (90_00, "2027-06-01")
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 100.00"]
