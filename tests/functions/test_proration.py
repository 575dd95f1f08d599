"""What a part of a period costs, by the policy of the price: defined, shown, previewed, billed."""

from fractions import Fraction

import pytest

POLICIES = [
    # 31.00 a month; June has 30 days, and 18 to 30 June are 13 of them
    ("day", 13_43, ["06-18..06-30 1343"]),  # 31.00 × 13 ÷ 30 = 13.4333…
    ("30/360", 13_43, ["06-18..06-30 1343"]),
    ("actual/30", 13_43, ["06-18..06-30 1343"]),
    ("half_month", 15_50, ["06-18..06-30 1550"]),  # the second half
    ("full_period", 31_00, ["06-18..06-30 3100"]),
    ("none", 0, []),  # free until the next period
]


@pytest.mark.parametrize(("policy", "total", "lines"), POLICIES)
def test_what_begins_in_a_month_is_charged_by_policy(lived, policy, total, lines) -> None:
    lived.sells("team", "31.00", price={"proration": policy})
    assert lived.call("GET", "/v1/prices/team")[1]["proration"] == policy
    lived.at("2013-06-18")
    lived.subscribes(start_on="2013-06-18", anchor_on="2013-06-01")
    asked = {"customer": "ext:M1"}
    assert lived.call("POST", "/v1/invoices/preview", asked)[1]["total"] == total
    assert lived.bills("2013-06-18") == lines
    assert lived.bills("2013-07-01") == ["07-01..07-31 3100"]


SHARES = [("day", "13/30"), ("actual/30", "13/30"), ("half_month", "1/2"), ("full_period", "1")]


@pytest.mark.parametrize(("policy", "share"), SHARES)
def test_a_line_is_explained_by_the_share_that_it_was_charged(lived, policy, share) -> None:
    lived.sells("team", "31.00", price={"proration": policy})
    lived.at("2013-06-18")
    lived.subscribes(start_on="2013-06-18", anchor_on="2013-06-01")
    lived.bills("2013-06-18")
    (one,) = lived.call("GET", "/v1/invoices")[1]["data"]
    found = lived.call("GET", f"/v1/invoices/{one['id']}/lines/1/explanation")[1]
    assert found["share"] == share
    assert Fraction(found["exact"]) == Fraction(found["steps"][0]["exact"]) * Fraction(share)


def test_february_is_a_whole_month_by_360_days(lived) -> None:
    """15 to 28 February are 16 of 30 days: 31.00 × 16 ÷ 30 = 16.5333…; by days 14 of 28: 15.50."""
    lived.sells("team", "31.00", price={"proration": "30/360"})
    lived.at("2014-02-15")
    lived.subscribes(start_on="2014-02-15", anchor_on="2014-02-01")
    assert lived.bills("2014-02-15") == ["02-15..02-28 1653"]


def test_half_a_month_gives_nothing_back(lived) -> None:
    lived.sells("team", "31.00", price={"proration": "half_month"})
    lived.subscribes()
    assert lived.bills("2013-06-01") == ["06-01..06-30 3100"]
    lived.does("cancel", effective_on="2013-06-10")
    assert lived.through("2013-06-09", "2013-06-12") == []


@pytest.mark.parametrize(
    ("fields", "status", "pointer"),
    [
        ({"kind": "one_time", "proration": "half_month"}, 422, "/proration"),
        ({"proration": "hours"}, 422, "/proration"),
        ({"prorated": False}, 422, "/prorated"),
    ],
)
def test_what_makes_no_sense_is_refused(lived, fields, status, pointer) -> None:
    model = {"model": "per_unit", "amount": "31.00"}
    body = {"code": "p", "product": "service", "currency": "EUR", "kind": "advance"}
    before = dict(lived.call.model.items)
    found = lived.call("POST", "/v1/prices", {**body, "model": model, **fields})
    assert (found[0], found[1]["errors"][0]["pointer"]) == (status, pointer)
    assert lived.call.model.items == before
