"""Quantity, plan and end of a subscription, changed in the middle of what was paid."""

import pytest

pytestmark = pytest.mark.cloud


def test_a_dearer_plan_in_the_middle_of_a_month(opens) -> None:
    """June has 30 days; on the 15th 16 are left."""
    seller = opens("2027-06-01")
    seller.sells("small", "100.00")
    seller.sells("large", "160.00")
    seller.plans("small", "small")
    seller.plans("large", "large")
    seller.customer("anna")
    seller.subscribes("anna", "small", "2027-06-01")
    assert seller.bills("2027-06-01") == ["small 2027-06-01..2027-06-30 100.00"]

    seller.at("2027-06-15")
    change = {"plan": seller.named("large"), "effective_on": "2027-06-15"}
    asked = {"change": "plan", "on": "2027-06-15"} | change
    shown = seller.posts(f"subscriptions/ext:{seller.named('anna')}/change-preview", asked)
    seller.changes("anna", "plan", **change)
    expected = [
        "small 2027-06-15..2027-06-30 -53.33",  # 100.00 × 16/30 = 53.333…
        "large 2027-06-15..2027-06-30 85.33",  # 160.00 × 16/30 = 85.333…
    ]
    assert seller.rows(shown["documents"]) == expected
    assert seller.previews("anna", "2027-06-15") == expected
    assert seller.bills("2027-06-15") == expected
    assert [one["total"] for one in seller.invoices("anna")] == [100_00, 32_00]


def test_a_change_before_the_start_is_refused(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("seats", "31.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01", {"seats": "2"})
    early = {"effective_on": "2027-05-31"}
    status, problem = seller.refused(f"subscriptions/ext:{seller.named('anna')}/cancel", early)
    assert status == 422
    assert problem["errors"][0]["pointer"] == "/effective_on"
    assert "2027-06-01" in problem["detail"]
