"""What was used, and what arrives after it was billed."""

import pytest

pytestmark = pytest.mark.cloud
BANDS = {
    "model": "graduated",
    "tiers": [{"up_to": "100", "unit_amount": "1.00"}, {"up_to": None, "unit_amount": "0.80"}],
}


def test_late_usage_moves_the_tiers_of_its_own_month(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("calls", BANDS, kind="usage", meter={"aggregation": "sum", "value": "n"})
    seller.plans("metered", "calls")
    seller.customer("anna")
    seller.subscribes("anna", "metered", "2027-06-01")
    seller.at("2027-06-20")
    seller.uses("anna", "calls", "2027-06-03T08:00:00Z", n=95)
    assert seller.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 95.00"]  # 95 × 1.00

    seller.at("2027-07-02")
    seller.uses("anna", "calls", "2027-06-30T08:00:00Z", n=10)
    # 105: 100 × 1.00 + 5 × 0.80 = 104.00, of which 95.00 were billed
    assert seller.bills("2027-08-01") == ["calls 2027-06-01..2027-06-30 9.00"]


def test_an_event_is_corrected_and_another_cancelled_after_the_bill(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("calls", BANDS, kind="usage", meter={"aggregation": "sum", "value": "n"})
    seller.plans("metered", "calls")
    seller.customer("anna")
    seller.subscribes("anna", "metered", "2027-06-01")
    seller.at("2027-06-20")
    first = seller.uses("anna", "calls", "2027-06-03T08:00:00Z", n=95)
    second = seller.uses("anna", "calls", "2027-06-04T08:00:00Z", n=10)
    # 105: 100 × 1.00 + 5 × 0.80
    assert seller.bills("2027-07-01") == ["calls 2027-06-01..2027-06-30 104.00"]

    seller.at("2027-07-02")
    seller.uses("anna", "calls", "2027-06-03T08:00:00Z", {"corrects": first}, n=120)
    seller.uses("anna", "calls", "2027-06-04T08:00:00Z", {"cancels": second})
    # 120: 100 × 1.00 + 20 × 0.80 = 116.00, of which 104.00 were billed
    assert seller.bills("2027-08-01") == ["calls 2027-06-01..2027-06-30 12.00"]


def test_payments_are_priced_one_by_one(opens) -> None:
    seller = opens("2027-06-01")
    model = {"model": "percentage", "percent": "2", "minimum": "0.50", "maximum": "9.00"}
    meter = {"aggregation": "sum", "value": "amount", "fields": ["amount"]}
    seller.sells("payments", model, kind="usage", meter=meter)
    seller.plans("paid", "payments")
    seller.customer("bo")
    seller.subscribes("bo", "paid", "2027-06-01")
    seller.at("2027-06-20")
    for amount in ("10.00", "100.00", "1000.00"):
        seller.uses("bo", "payments", "2027-06-03T08:00:00Z", amount=amount)
    # 0.20, so 0.50; 2.00; 20.00, so 9.00
    assert seller.bills("2027-07-01") == ["payments 2027-06-01..2027-06-30 11.50"]
