"""Plans of other intervals, other anchors, devices and add-ons beside them, over HTTP."""

import pytest

from tests.support.lived import PATH


@pytest.fixture
def shop(lived):
    lived.sells("team", "100.00")
    lived.sells("pro", "160.00")
    lived.sells("year", "1000.00", unit="year")
    lived.sells("big", "1320.00", unit="year")
    return lived


@pytest.fixture
def billed(shop):
    """100.00 for June, billed; it is the 15th."""
    shop.subscribes()
    assert shop.bills("2013-06-01") == ["06-01..06-30 10000"]
    shop.at("2013-06-15")
    return shop


def test_from_the_month_to_the_year_a_new_year_begins_with_the_change(billed) -> None:
    # 1,200.00 a year is more than 1,000.00: said to count at once
    assert billed.preview("plan", plan="year", effective_on="at_once") == 94667
    billed.does("plan", plan="year", effective_on="at_once")
    assert billed.shown()["period"] == {"start_on": "2013-06-15", "end_on": "2014-06-15"}
    assert billed.bills("2013-06-15") == ["06-15..06-30 -5333", "06-15..06-14 100000"]
    assert billed.bills("2014-06-14") == []
    assert billed.bills("2014-06-15") == ["06-15..06-14 100000"]


def test_the_anchor_is_kept_where_it_is_said(billed) -> None:
    billed.does("plan", plan="year", effective_on="at_once", anchor="keep")
    # 351 of the 365 days from 1 June
    assert billed.bills("2013-06-15") == ["06-15..06-30 -5333", "06-15..05-31 96164"]
    assert billed.bills("2014-06-01") == ["06-01..05-31 100000"]


def test_a_plan_of_the_same_interval_can_begin_anew(billed) -> None:
    billed.does("plan", plan="pro", anchor="new")
    assert billed.bills("2013-06-15") == ["06-15..06-30 -5333", "06-15..07-14 16000"]
    assert billed.bills("2013-07-15") == ["07-15..08-14 16000"]


def test_from_the_year_to_the_month_at_the_end_of_the_year_or_at_once(shop) -> None:
    shop.subscribes(plan="big")
    assert shop.bills("2013-06-01") == ["06-01..05-31 132000"]
    shop.at("2013-06-15")
    shop.does("plan", plan="team")  # 1,200.00 a year is less
    assert shop.changes()[0]["effective_on"] == "2014-06-01"
    shop.does("withdraw", number=1)
    shop.does("plan", plan="team", effective_on="at_once")
    # 1,320.00 × 351/365 = 1,269.37 back
    assert sorted(shop.bills("2013-06-15")) == ["06-15..05-31 -126937", "06-15..07-14 10000"]
    assert shop.bills("2013-07-15") == ["07-15..08-14 10000"]


def test_a_year_changed_in_april_and_cancelled_in_july(lived) -> None:
    lived.sells("old", "1200.00", unit="year")
    lived.sells("new", "1320.00", unit="year")
    lived.at("2027-01-01")
    lived.subscribes(plan="old", start_on="2027-01-01")
    assert lived.bills("2027-01-01") == ["01-01..12-31 120000"]
    lived.at("2027-03-01")
    assert lived.preview("cancel", effective_on="2027-07-01") == -60493  # 184 of 365 days
    lived.does("plan", plan="new", effective_on="2027-04-01")
    assert lived.bills("2027-04-01") == ["04-01..12-31 -90411", "04-01..12-31 99452"]
    lived.at("2027-06-20")
    lived.does("cancel", effective_on="2027-07-01")
    # 1,200.00 − 904.11 + 994.52 − 665.42 = 624.99 kept
    assert lived.bills("2027-07-01") == ["07-01..12-31 -66542"]


def test_another_anchor_from_the_next_period_on_with_a_stub(billed) -> None:
    assert billed.preview("anchor", anchor_on="2013-07-15", on="2013-07-01") == 4667
    billed.does("anchor", anchor_on="2013-07-15")
    assert billed.bills("2013-06-15") == []
    assert billed.bills("2013-07-01") == ["07-01..07-14 4667"]  # 14 of 30 days from 15 June
    assert billed.bills("2013-07-15") == ["07-15..08-14 10000"]


def test_another_anchor_at_once_cuts_the_period(billed) -> None:
    billed.does("anchor", anchor_on="2013-06-20", effective_on="at_once")
    assert billed.shown()["anchor_on"] == "2013-06-20"
    # 16 of 30 days back, and 5 of the 31 from 20 May
    assert sorted(billed.bills("2013-06-15")) == ["06-15..06-19 1613", "06-15..06-30 -5333"]
    assert billed.bills("2013-06-20") == ["06-20..07-19 10000"]
    billed.does("withdraw", number=1)
    # 100.00 for June after all: what was given back is charged, what was charged is given back
    assert sum(int(row.split()[1]) for row in billed.bills("2013-06-21")) == 5333 - 1613 - 10000


@pytest.mark.parametrize(
    ("act", "body", "said"),
    [
        ("anchor", {"anchor_on": "2013-01-01"}, "expected a day on which no period begins yet"),
        ("anchor", {}, "Field required"),
        ("anchor", {"anchor_on": "31st"}, "expected a day as text"),
        ("plan", {"plan": "year", "anchor": "floating"}, "new"),
        ("plan", {"plan": "year", "quantities": {"desks": "2"}}, "expected components ['seats']"),
        ("items", {"component": "sla", "description": "S"}, "or a price, found 'sla'"),
        ("items", {"component": "sla", "description": "S", "price": "none"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused(billed, act, body, said) -> None:
    before = dict(billed.call.model.items)
    body = {"effective_on": "at_once"} | body
    status, found, _ = billed.call("POST", f"{PATH}/{act}", body)
    assert status in (404, 422), found
    assert said in found["detail"]
    assert billed.call.model.items == before


def test_devices_go_along_with_the_plan(billed) -> None:
    gate = {"component": "seats", "description": "Gate", "effective_on": "at_once"}
    billed.does("items", **gate, external_id="GATE-4")
    assert billed.bills("2013-06-15") == ["06-15..06-30 5333"]
    billed.at("2013-06-20")
    assert billed.refused("items", **gate, external_id="GATE-4")[0] == 409
    status, said = billed.refused("plan", plan="pro", quantities={"seats": "3"})
    assert (status, "found 'seats'" in said) == (422, True)
    billed.does("plan", plan="pro")
    served = [one for one in billed.shown()["timeline"] if one["end_on"] is None]
    assert [(one["price"], one["external_id"]) for one in served] == [
        ("pro", None),
        ("pro", "GATE-4"),
    ]
    # 11 of 30 days back, of the device 53.33 − 16.67; 58.67 for each
    back = ["06-20..06-30 -3667", "06-20..06-30 -3666"]
    assert billed.bills("2013-06-20") == [*back, *["06-20..06-30 5867"] * 2]
    billed.does("quantity", item="ext:GATE-4", quantity="0", effective_on="2013-06-25")
    assert billed.bills("2013-06-25") == ["06-25..06-30 -3200"]  # 160.00 × 6/30


def test_an_add_on_has_a_price_of_its_own_and_stays(billed) -> None:
    billed.sells("sla", "30.00")
    addon = {"component": "sla", "description": "Service level", "price": "sla"}
    assert billed.preview("items", **addon, effective_on="at_once") == 1600
    billed.does("items", **addon, effective_on="at_once")
    assert billed.bills("2013-06-15") == ["06-15..06-30 1600"]
    billed.at("2013-06-20")
    billed.does("plan", plan="pro")
    assert billed.bills("2013-06-20") == ["06-20..06-30 -3667", "06-20..06-30 5867"]
    status, said = billed.refused("plan", plan="year", effective_on="at_once")
    assert (status, "expected no add-on beside a change of interval" in said) == (422, True)
