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
