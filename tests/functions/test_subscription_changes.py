"""From which day a change counts, what is listed of it, and how it is taken back, over HTTP."""

import pytest

from tests.support.lived import PATH


@pytest.fixture
def shop(lived):
    lived.sells("team", "9.99")
    lived.sells("pro", "16.00")
    lived.sells("year", "100.00", unit="year")
    return lived


@pytest.fixture
def three(shop):
    """Three seats at 9.99 from 1 June, billed; it is the 15th at 10:00."""
    shop.subscribes("3")
    assert shop.bills("2013-06-01") == ["06-01..06-30 2997"]
    shop.at("2013-06-15T10:00")
    return shop


def test_more_counts_at_once_and_less_from_the_next_period_on(three) -> None:
    shown = three.preview("quantity", component="seats", quantity="5")
    three.does("quantity", component="seats", quantity="5")
    three.at("2013-06-15T15:00")
    three.does("quantity", component="seats", quantity="3")
    # 2 seats for 16 of 30 days: 10.656; five until 30 June, then three again
    assert shown == 1066
    assert three.bills("2013-06-15") == ["06-15..06-30 1066"]
    assert three.bills("2013-07-01") == ["07-01..07-31 2997"]
    assert [(one["quantity"], one["start_on"]) for one in three.shown()["timeline"]] == [
        ("3", "2013-06-01"),
        ("5", "2013-06-15"),
        ("3", "2013-07-01"),
    ]


def test_a_decrease_at_once_on_the_same_day_leaves_nothing_to_bill(three) -> None:
    three.does("quantity", component="seats", quantity="5")
    three.at("2013-06-15T15:00")
    three.does("quantity", component="seats", quantity="3", effective_on="at_once")
    assert three.bills("2013-06-16") == []
    assert len(three.changes()) == 2


def test_a_change_withdrawn_before_the_run_leaves_nothing_to_bill(three) -> None:
    three.does("quantity", component="seats", quantity="5")
    assert three.preview("withdraw", number=1) == 0
    three.does("withdraw", number=1)
    assert three.bills("2013-06-16") == []
    assert three.bills("2013-07-01") == ["07-01..07-31 2997"]


def test_a_change_withdrawn_after_it_was_billed_is_given_back(three) -> None:
    three.does("quantity", component="seats", quantity="5")
    assert three.bills("2013-06-15") == ["06-15..06-30 1066"]
    three.at("2013-06-20")
    assert three.preview("withdraw", number=1) == -1066
    three.does("withdraw", number=1)
    assert three.bills("2013-06-20") == ["06-15..06-30 -1066"]


def test_every_change_is_listed_with_what_became_of_it(three) -> None:
    three.does("quantity", component="seats", quantity="5")
    three.does("quantity", component="seats", quantity="4", effective_on="at_period_end")
    three.does("quantity", component="seats", quantity="9", effective_on="2013-06-20")
    three.does("withdraw", number=3)
    rows = three.changes()
    told = [(one["number"], one["change"], one["status"], one["effective_on"]) for one in rows]
    assert told == [
        (4, "withdraw", "scheduled", "2013-06-20"),
        (3, "quantity", "withdrawn", "2013-06-20"),
        (2, "quantity", "scheduled", "2013-07-01"),
        (1, "quantity", "effective", "2013-06-15"),
    ]
    assert rows[0]["withdrawn"] == 3
    assert rows[3]["entered_at"] == "2013-06-15T10:00:00Z"
    page = three.call("GET", f"{PATH}/changes", query={"limit": "3"})[1]
    rest = three.call("GET", f"{PATH}/changes", query={"cursor": page["next_cursor"]})[1]
    assert [one["number"] for one in (*page["data"], *rest["data"])] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("plan", "when", "lines"),
    [
        # 16.00 is more than 9.99 a month: 16 of 30 days of 29.97 back, of 48.00 charged
        ("pro", None, ["06-15..06-30 -1598", "06-15..06-30 2560"]),
        ("pro", "at_period_end", []),
        # what is known to be unused goes back at once: 11 of 30 days
        ("pro", "2013-06-20", ["06-20..06-30 -1099"]),
    ],
)
def test_a_plan_that_costs_more_counts_at_once_unless_it_is_said(three, plan, when, lines) -> None:
    body = {"plan": plan} | ({"effective_on": when} if when else {})
    three.does("plan", **body)
    assert three.bills("2013-06-15") == lines
    on = {"at_period_end": "2013-07-01", None: "2013-06-15"}.get(when, when)
    assert three.changes()[0]["effective_on"] == on
    assert three.shown()["plan"] == (plan if when is None else "team")


def test_a_plan_that_costs_less_counts_from_the_next_period_on(shop) -> None:
    shop.subscribes("3", plan="pro")
    shop.bills("2013-06-01")
    shop.at("2013-06-15")
    shop.does("plan", plan="team")
    assert shop.bills("2013-06-15") == []
    assert shop.bills("2013-07-01") == ["07-01..07-31 2997"]


def test_what_the_catalog_says_of_two_plans_goes_before_what_they_cost(three) -> None:
    three.sells("cheap", "1.00", above=["team"])
    three.does("plan", plan="cheap")
    assert three.changes()[0]["effective_on"] == "2013-06-15"
    three.does("plan", plan="team")  # back again is a downgrade, though it costs more
    assert three.changes()[0]["effective_on"] == "2013-07-01"


def test_a_component_with_several_items_is_changed_by_item(three) -> None:
    made = three.does("items", component="seats", description="Gate 4", effective_on="at_once")
    device = made["timeline"][-1]["item"]
    status, said = three.refused("quantity", component="seats", quantity="2")
    assert (status, "found 'seats' with 2" in said) == (422, True)
    three.does("quantity", item=device, quantity="0", effective_on="at_once")
    assert three.bills("2013-06-16") == []
    three.does("quantity", item=device, quantity="2")  # nothing is not the end of it
    assert three.bills("2013-06-17") == ["06-16..06-30 999"]  # 2 × 9.99 × 15/30


@pytest.mark.parametrize(
    ("act", "body", "said"),
    [
        ("quantity", {"quantity": "2"}, "expected either component or item"),
        ("quantity", {"quantity": "2", "component": "seats", "item": "x"}, "either component or"),
        ("quantity", {"quantity": "2", "item": "sit_x"}, "found 'sit_x'"),
        (
            "quantity",
            {"quantity": "2", "component": "seats", "effective_on": "soon"},
            "at_once, at_period_end",
        ),
        ("withdraw", {"number": 7}, "expected one that stands, found 7"),
        ("withdraw", {"number": 0}, "greater than or equal to 1"),
        ("reactivate", {}, "found none"),
        ("plan", {"plan": "nowhere"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused(three, act, body, said) -> None:
    before = dict(three.call.model.items)
    status, found, _ = three.call("POST", f"{PATH}/{act}", body)
    assert status in (404, 409, 422), found
    assert said in found["detail"]
    assert three.call.model.items == before


def test_a_change_is_withdrawn_once(three) -> None:
    three.does("quantity", component="seats", quantity="5")
    three.does("withdraw", number=1)
    assert three.refused("withdraw", number=1)[0] == 409
    assert three.refused("withdraw", number=2)[0] == 409


def test_what_others_stand_on_is_not_withdrawn(three) -> None:
    three.does("items", component="seats", description="Gate 4", effective_on="at_once")
    device = three.shown()["timeline"][-1]["item"]
    three.does("quantity", item=device, quantity="2")
    status, said = three.refused("withdraw", number=1)
    assert (status, device in said) == (422, True)


def test_a_plan_is_not_changed_before_a_change_that_was_made_from_it(three) -> None:
    three.does("plan", plan="pro", effective_on="at_period_end")
    status, said = three.refused("plan", plan="year", effective_on="at_once")
    assert status == 422
    assert "found change 1 on 2013-07-01: withdraw it first" in said
    three.does("withdraw", number=1)
    three.does("plan", plan="pro")
