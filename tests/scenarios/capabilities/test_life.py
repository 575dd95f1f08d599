"""A subscription's life: when a change counts, what is taken back, and how it ends."""

import pytest

pytestmark = pytest.mark.cloud


def test_seats_that_come_at_once_and_go_with_the_period(opens) -> None:
    """Three seats at 9.99, five on the 15th, three again: 2 × 9.99 × 16/30 = 10.656."""
    seller = opens("2027-06-01")
    seller.sells("seats", "9.99")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01", {"seats": "3"})
    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 29.97"]

    seller.at("2027-06-15")
    seller.changes("anna", "quantity", component="seats", quantity="5")
    seller.changes("anna", "quantity", component="seats", quantity="3")
    expected = ["seats 2027-06-15..2027-06-30 10.66"]
    assert seller.previews("anna", "2027-06-15") == expected
    assert seller.bills("2027-06-15") == expected
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 29.97"]


def test_an_end_that_gives_nothing_back_and_is_taken_back(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("seats", "100.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    seller.subscribes("anna", "team", "2027-06-01", {"seats": "1"})
    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 100.00"]
    seller.at("2027-06-10")
    seller.changes("anna", "cancel", effective_on="at_once", credit="none")
    assert seller.previews("anna", "2027-06-10") == []
    status, problem = seller.refused(f"subscriptions/ext:{seller.named('anna')}/reactivate", {})
    assert (status, problem["code"]) == (409, "state_conflict")
    seller.changes("anna", "withdraw", number=1)
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 100.00"]
