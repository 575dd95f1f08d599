"""Prices that change with time, in several currencies, in credits, and with tiers as lines."""

import pytest

pytestmark = pytest.mark.cloud


def seat(amount: str) -> dict:
    return {"model": "per_unit", "amount": amount}


def test_a_ramp_in_dollars_and_tiers_in_credits(opens) -> None:
    """
    A seat is 50.00 EUR or 55.00 USD in its first month, then 75.00 or 82.00.

    Calls are 1 credit each to 100, then 0.80; a credit is 0.02 USD, from 15 July 0.03.
    """
    seller = opens("2027-06-01")
    dollars = {"currency": "USD", "model": seat("55.00")}
    dollars["ramp"] = [{"after_months": 1, "model": seat("82.00")}]
    ramp = [{"after_months": 1, "model": seat("75.00")}]
    seller.sells("seat", "50.00", ramp=ramp, currencies=[dollars])
    credit = seller.named("credit")
    first = {"currency": "USD", "from_on": "2027-01-01", "amount": "0.02"}
    later = {"currency": "USD", "from_on": "2027-07-15", "amount": "0.03"}
    unit = {"code": credit, "name": "Credits"}
    seller.posts("pricing-units", {**unit, "values": [first]})
    seller.posts("pricing-units", {**unit, "version": 2, "values": [first, later]})
    bands = {
        "model": "graduated",
        "tiers": [{"up_to": "100", "unit_amount": "1"}, {"up_to": None, "unit_amount": "0.80"}],
    }
    metered = {"kind": "usage", "meter": {"aggregation": "sum", "value": "n"}, "currency": "USD"}
    seller.sells("calls", bands, **metered, priced_in=credit, tiers="lines")
    seller.plans("team", "seat", "calls")
    seller.customer("anna")
    order = {"customer": f"ext:{seller.named('anna')}", "plan": seller.named("team")}
    order |= {"start_on": "2027-06-01", "external_id": seller.named("anna"), "currency": "USD"}
    seller.posts("subscriptions", {**order, "quantities": {"seat": "1"}})
    assert seller.bills("2027-06-01") == ["seat 2027-06-01..2027-06-30 55.00"]
    assert seller.bills("2027-07-01") == ["seat 2027-07-01..2027-07-31 82.00"]
    seller.at("2027-07-31")
    for day, used in (("10", 80), ("20", 60)):
        seller.uses("anna", "calls", f"2027-07-{day}T08:00:00Z", n=used)
    # 80 × 0.02; then 20 at 1 credit and 40 at 0.80, each of 0.03
    assert sorted(seller.bills("2027-08-01")) == [
        "calls 2027-07-01..2027-07-14 1.60",
        "calls 2027-07-15..2027-07-31 0.60",
        "calls 2027-07-15..2027-07-31 0.96",
        "seat 2027-08-01..2027-08-31 82.00",
    ]
