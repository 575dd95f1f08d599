"""How long a trial lasts, and from which day periods are counted after it, over HTTP."""

import pytest

from tests.support.lived import ORDER


@pytest.fixture
def shop(lived):
    lived.sells("team", "29.00")
    lived.sells("year", "366.00", unit="year")
    lived.sells("quarter", "91.00", count=3)
    lived.sells("week", "7.00", unit="week")
    return lived


@pytest.mark.parametrize(
    ("plan", "start_on", "trial", "first", "following"),
    [
        # a trial of days sets the anchor to its end: 30 days from 30 Jan 2016 end on 29 Feb
        ("team", "2028-01-30", {"unit": "day", "count": 30}, "02-29..03-28", "2028-03-29"),
        ("team", "2028-01-30", {"until": "2028-02-29"}, "02-29..03-28", "2028-03-29"),
        ("year", "2028-01-30", {"unit": "day", "count": 30}, "02-29..02-27", "2029-02-28"),
        ("team", "2028-02-15", {"unit": "week", "count": 2}, "02-29..03-28", "2028-03-29"),
        # a trial of months keeps the day of the start
        ("team", "2028-01-31", {"unit": "month", "count": 1}, "02-29..03-30", "2028-03-31"),
        ("quarter", "2027-11-30", {"unit": "month", "count": 3}, "02-29..05-29", "2028-05-30"),
        ("team", "2028-02-29", None, "02-29..03-28", "2028-03-29"),
        ("week", "2028-02-29", None, "02-29..03-06", "2028-03-07"),
    ],
)
def test_periods_are_counted_from_the_first_paid_day(
    shop, plan, start_on, trial, first, following
) -> None:
    shop.at(start_on)
    shop.subscribes(plan=plan, start_on=start_on, billing="anniversary", trial=trial)
    (line,) = shop.bills("2028-02-29")
    assert line.startswith(first)
    assert shop.shown()["period"]["end_on"] == following
    (line,) = shop.bills(following)
    assert line.startswith(following[5:])


def test_a_month_of_29_days_is_charged_whole(shop) -> None:
    shop.at("2028-01-30")
    trial = {"unit": "day", "count": 30}
    shop.subscribes(start_on="2028-01-30", billing="anniversary", trial=trial)
    assert shop.bills("2028-02-28") == []
    assert shop.bills("2028-02-29") == ["02-29..03-28 2900"]


def test_the_calendar_counts_quarters_from_january_and_weeks_from_monday(shop) -> None:
    made = shop.subscribes(plan="quarter", start_on="2013-05-15", billing="calendar")
    assert made["period"] == {"start_on": "2013-04-01", "end_on": "2013-07-01"}
    assert shop.bills("2013-06-01") == ["05-15..06-30 4700"]  # 47 of 91 days
    more = {"external_id": "S2", "plan": "week", "start_on": "2013-06-01", "billing": "calendar"}
    assert shop.subscribes(**more)["period"]["start_on"] == "2013-05-27"


def test_periods_begin_with_the_first_subscription_and_the_stub_is_previewed(shop) -> None:
    shop.subscribes(start_on="2013-05-20", anchor_on="2013-05-20")
    assert shop.bills("2013-05-20") == ["05-20..06-19 2900"]
    shop.at("2013-06-05")
    second = {"external_id": "S2", "start_on": "2013-06-05", "billing": "first_subscription"}
    # 15 of 31 days until 20 June: 29.00 × 15/31 = 14.03
    status, shown, _ = shop.call("POST", "/v1/subscriptions/preview", {**ORDER, **second})
    assert (status, shown["total"], shown["total_without"]) == (200, 1403, 0)
    made = shop.subscribes(**second)
    assert made["period"] == {"start_on": "2013-05-20", "end_on": "2013-06-20"}
    assert shop.bills("2013-06-05") == ["06-05..06-19 1403"]
    assert shop.bills("2013-06-20") == ["06-20..07-19 2900", "06-20..07-19 2900"]


def test_the_first_subscription_of_all_begins_with_its_month_and_one_that_ended_is_none(
    shop,
) -> None:
    shop.at("2013-05-20")
    made = shop.subscribes(start_on="2013-05-20", billing="first_subscription")
    assert made["period"]["start_on"] == "2013-05-01"
    shop.at("2013-06-05")
    shop.does("cancel", effective_on="at_once")
    later = {"external_id": "S2", "start_on": "2013-06-10", "billing": "first_subscription"}
    assert shop.subscribes(**later, plan="quarter")["period"]["start_on"] == "2013-06-01"


@pytest.mark.parametrize(
    ("more", "pointer", "said"),
    [
        (
            {"anchor_on": "2013-06-15", "billing": "anniversary"},
            "/anchor_on",
            "expected either a day or billing, found 2013-06-15 and anniversary",
        ),
        ({"billing": "lunar"}, "/billing", "calendar"),
        ({"anchor_on": "2013-06-15", "billing": "first_subscription"}, "/anchor_on", "either"),
        ({"trial": {"until": "2013-06-01"}}, "/trial/until", "an end after 2013-06-01"),
        ({"trial": {"until": "2013-05-01"}}, "/trial/until", "found 2013-05-01"),
        ({"trial": {"until": "2013-07-01", "unit": "day", "count": 3}}, "/trial", "either unit"),
        ({"trial": {"unit": "day"}}, "/trial", "either unit and count, or until"),
        ({"trial": {}}, "/trial", "either unit and count, or until"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, more, pointer, said) -> None:
    before = dict(shop.call.model.items)
    for path in ("/v1/subscriptions", "/v1/subscriptions/preview"):
        status, found, _ = shop.call("POST", path, {**ORDER, **more})
        assert (status, found["errors"][0]["pointer"]) == (422, pointer), found
        assert said in found["detail"]
    assert shop.call.model.items == before


def test_weeks_cannot_begin_with_months(shop) -> None:
    shop.subscribes()
    body = {**ORDER, "external_id": "S2", "plan": "week", "billing": "first_subscription"}
    status, found, _ = shop.call("POST", "/v1/subscriptions", body)
    assert (status, found["errors"][0]["pointer"]) == (422, "/billing")
    assert "expected a plan by 1 month, as the first subscription" in found["detail"]
