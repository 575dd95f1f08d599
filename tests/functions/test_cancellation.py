"""When a cancellation ends service and what it gives back, over HTTP."""

import pytest

from tests.support.lived import PATH


@pytest.fixture
def shop(lived):
    lived.sells("team", "100.00")
    lived.sells("firm", "100.00", credit="none")
    lived.sells("later", "100.00", kind="arrears")
    return lived


@pytest.fixture
def billed(shop):
    """100.00 for June, billed; it is the 10th."""
    shop.subscribes()
    assert shop.bills("2013-06-01") == ["06-01..06-30 10000"]
    shop.at("2013-06-10")
    return shop


@pytest.mark.parametrize(
    ("body", "ends_on", "back"),
    [
        ({}, "2013-07-01", []),
        ({"effective_on": "at_period_end"}, "2013-07-01", []),
        # 21 of 30 days
        ({"effective_on": "at_once"}, "2013-06-10", ["06-10..06-30 -7000"]),
        # 15 of 30 days
        ({"effective_on": "2013-06-16"}, "2013-06-16", ["06-16..06-30 -5000"]),
        ({"effective_on": "2013-06-16", "credit": "prorate"}, "2013-06-16", ["06-16..06-30 -5000"]),
        ({"effective_on": "2013-06-16", "credit": "none"}, "2013-06-16", []),
        ({"effective_on": "2013-06-16", "credit": "full"}, "2013-06-16", ["06-01..06-30 -10000"]),
    ],
)
def test_what_is_given_back(billed, body, ends_on, back) -> None:
    cents = sum(int(row.split()[1]) for row in back)
    assert billed.preview("cancel", **body) == cents
    assert billed.does("cancel", **body)["ends_on"] == ends_on
    assert billed.bills("2013-06-10") == back
    assert billed.bills("2013-07-01") == []  # and nothing more comes


@pytest.mark.parametrize(
    ("credit", "lines"),
    [
        ("prorate", ["06-01..06-15 5000"]),
        ("none", ["06-01..06-30 10000"]),
        ("full", []),
    ],
)
def test_it_is_the_same_where_nothing_was_billed_before(shop, credit, lines) -> None:
    shop.subscribes()
    shop.does("cancel", effective_on="2013-06-16", credit=credit)
    assert shop.bills("2013-06-20") == lines
    assert shop.bills("2013-07-01") == []


def test_what_comes_in_arrears_is_charged_by_its_days_or_not_at_all(shop) -> None:
    shop.subscribes(plan="later")
    shop.does("cancel", effective_on="2013-06-16", credit="none")
    assert shop.preview("withdraw", number=1, on="2013-07-01") == 10000
    assert shop.bills("2013-06-16") == ["06-01..06-15 5000"]


def test_what_the_plan_says_holds_where_nothing_is_said(shop) -> None:
    shop.subscribes(plan="firm")
    shop.bills("2013-06-01")
    shop.does("cancel", effective_on="2013-06-16")
    assert shop.changes()[0]["credit"] == "none"
    assert shop.bills("2013-06-16") == []


def test_it_is_taken_back_before_the_end_and_not_after(billed) -> None:
    billed.does("cancel", effective_on="2013-06-16")
    assert billed.bills("2013-06-10") == ["06-16..06-30 -5000"]
    assert billed.preview("reactivate") == 5000
    assert billed.does("reactivate")["ends_on"] is None
    assert billed.bills("2013-06-15") == ["06-16..06-30 5000"]
    billed.does("cancel", effective_on="2013-06-16")
    billed.at("2013-06-16")
    status, said = billed.refused("reactivate")
    assert (status, "found 2013-06-16" in said) == (409, True)


def test_a_period_that_was_not_charged_at_all_is_charged_when_the_end_is_taken_back(shop) -> None:
    shop.subscribes()
    shop.does("cancel", effective_on="2013-06-25", credit="full")
    assert shop.bills("2013-06-01") == []
    shop.at("2013-06-15")
    assert shop.preview("reactivate") == 10000
    shop.does("reactivate")
    assert shop.bills("2013-06-15") == ["06-01..06-30 10000"]


def test_one_cancellation_at_a_time(billed) -> None:
    billed.does("cancel")
    status, said = billed.refused("cancel", effective_on="at_once")
    assert (status, "found change 1 on 2013-07-01: withdraw it first" in said) == (409, True)


def test_a_trial_that_ends_by_itself_is_not_cancelled_after_its_end(shop) -> None:
    shop.subscribes(trial={"unit": "day", "count": 10, "then": "end"})
    assert "expected 2013-06-11 or earlier" in shop.refused("cancel", effective_on="2013-06-12")[1]
    assert shop.does("cancel", effective_on="2013-06-05")["ends_on"] == "2013-06-05"


def test_no_such_credit(billed) -> None:
    status, found, _ = billed.call("POST", f"{PATH}/cancel", {"credit": "half"})
    assert (status, found["errors"][0]["pointer"]) == (422, "/credit")


LAST = {"effective_on": "2013-07-01"}


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("quantity", {"component": "seats", "quantity": "0"}),  # fewer, so with the next period
        ("plan", {"plan": "firm", **LAST}),
        ("items", {"component": "seats", "description": "D", **LAST}),
        ("anchor", {"anchor_on": "2013-07-20"}),
        ("price", {"price": "team", "version": 1, **LAST}),
        ("discounts", {"offer": {"name": "X", "percent": "5"}, **LAST}),
        ("time-zone", {"time_zone": "America/New_York"}),
    ],
)
def test_what_would_count_behind_the_end_is_refused(billed, act, body) -> None:
    """Service ends on 1 July, before that day begins."""
    billed.does("cancel")
    status, said = billed.refused(act, **body)
    assert (status, "2013-07-01" in said) == (422, True)
    assert "ends" in said
