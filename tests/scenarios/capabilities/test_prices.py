"""Prices that change inside a month: by another plan, by a version; and what a part of it costs."""

import pytest

pytestmark = pytest.mark.cloud


def bands(first: str, second: str, rest: str) -> dict:
    return {
        "model": "graduated",
        "tiers": [
            {"up_to": "100", "unit_amount": first},
            {"up_to": "200", "unit_amount": second},
            {"up_to": None, "unit_amount": rest},
        ],
    }


def test_tiers_count_on_through_another_plan_and_a_new_version(opens) -> None:
    seller = opens("2027-06-01")
    counted = {"aggregation": "sum", "value": "n"}
    code = seller.sells("calls", bands("1.00", "0.80", "0.50"), kind="usage", meter=counted)
    dear = {"code": seller.named("dear"), "product": code, "currency": "EUR", "kind": "usage"}
    seller.posts("prices", {**dear, "meter": code, "model": bands("1.10", "0.90", "0.60")})
    seller.plans("metered", "calls")
    seller.plans("premium", "dear")
    seller.customer("anna")
    seller.subscribes("anna", "metered", "2027-06-01")
    seller.changes("anna", "plan", plan=seller.named("premium"), effective_on="2027-06-15")
    version = {"version": 2, "from_on": "2027-06-25", "applies": "existing"}
    version["model"] = {"model": "per_unit", "amount": "2.00"}
    seller.posts(f"prices/{dear['code']}/versions", version)
    seller.at("2027-06-30")
    for day, used in (("10", 80), ("20", 60), ("28", 5)):
        seller.uses("anna", "calls", f"2027-06-{day}T08:00:00Z", n=used)
    # 80 × 1.00; of the next 60, 20 × 1.10 and 40 × 0.90; then 5 × 2.00
    assert seller.bills("2027-07-01") == [
        "calls 2027-06-01..2027-06-14 80.00",
        "dear 2027-06-15..2027-06-24 58.00",
        "dear 2027-06-25..2027-06-30 10.00",
    ]


def test_a_version_is_shown_before_it_is_published_and_billed_as_shown(opens) -> None:
    seller = opens("2027-06-01")
    code = seller.sells("seats", "100.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01", {"seats": "1"})
    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 100.00"]
    version = {"version": 2, "from_on": "2027-06-15", "applies": "existing", "mid_period": True}
    version["model"] = {"model": "per_unit", "amount": "110.00"}
    path = f"subscriptions/ext:{seller.named('anna')}/price-preview"
    shown = seller.posts(path, {**version, "price": code, "on": "2027-07-01"})
    # 16 of 30 days: 53.33 back and 58.67 anew, and 110.00 for July
    assert (shown["total"], shown["total_without"]) == (115_34, 100_00)
    seller.posts(f"prices/{code}/versions", version)
    assert seller.bills("2027-07-01") == [
        "seats 2027-06-15..2027-06-30 -53.33",
        "seats 2027-06-15..2027-06-30 58.67",
        "seats 2027-07-01..2027-07-31 110.00",
    ]


def test_devices_that_are_switched_on_in_a_month_cost_all_of_it_or_half(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("device", "12.00", proration="half_month")
    seller.plans("telecom", "device")
    seller.customer("anna")
    seller.subscribes("anna", "telecom", "2027-06-01", {"device": "1"})
    assert seller.bills("2027-06-01") == ["device 2027-06-01..2027-06-30 12.00"]
    for on in ("2027-06-15", "2027-06-16"):
        seller.changes(
            "anna", "items", component="device", quantity="1", description=on, effective_on=on
        )
    # June has 30 days: the 15th is in its first half, the 16th is not
    assert seller.bills("2027-06-16") == [
        "device 2027-06-15..2027-06-30 12.00",
        "device 2027-06-16..2027-06-30 6.00",
    ]
