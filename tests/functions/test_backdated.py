"""Changes that reach back, over HTTP: what they correct, and how far they may reach."""

import pytest

from tests.support.lived import PATH


@pytest.fixture
def shop(lived):
    lived.sells("team", "31.00")
    lived.sells("pro", "62.00")
    return lived


@pytest.fixture
def billed(shop):
    """Two seats at 31.00, billed for June and July; it is 20 July."""
    shop.subscribes("2")
    assert shop.bills("2013-06-01") == ["06-01..06-30 6200"]
    assert shop.bills("2013-07-01") == ["07-01..07-31 6200"]
    shop.at("2013-07-20")
    return shop


def test_seats_that_came_earlier_are_charged_by_each_month(billed) -> None:
    body = {"component": "seats", "quantity": "3", "effective_on": "2013-06-16"}
    assert billed.preview("quantity", **body) == 4650
    billed.does("quantity", **body)
    # 15 of 30 days of June, and all of July
    assert billed.bills("2013-07-20") == ["06-16..06-30 1550", "07-01..07-31 3100"]
    assert billed.bills("2013-08-01") == ["08-01..08-31 9300"]


def test_a_cancellation_that_is_told_late_gives_back_each_month(billed) -> None:
    billed.does("cancel", effective_on="2013-06-16")
    assert billed.bills("2013-07-20") == ["06-16..06-30 -3100", "07-01..07-31 -6200"]
    note = list(billed.documents.values())[-1]
    originals = [line["corrects"]["number"] for line in note["lines"]]
    assert (note["kind"], originals) == ("credit_note", ["FR-2013-000001", "FR-2013-000002"])


def test_what_arrives_in_another_order_comes_to_the_same(billed) -> None:
    billed.does("quantity", component="seats", quantity="5", effective_on="2013-07-10")
    billed.does("quantity", component="seats", quantity="4", effective_on="2013-06-16")
    # 2 × 31.00 × 15/30; 2 × 31.00 × 9/31 and 3 × 31.00 × 22/31
    assert billed.bills("2013-07-20") == [
        "06-16..06-30 3100",
        "07-01..07-09 1800",
        "07-10..07-31 6600",
    ]


def test_a_subscription_that_began_earlier_is_charged_from_its_start(shop) -> None:
    shop.at("2013-07-20")
    shop.subscribes(start_on="2013-05-01")
    assert shop.bills("2013-07-20") == [
        "05-01..05-31 3100",
        "06-01..06-30 3100",
        "07-01..07-31 3100",
    ]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("quantity", {"component": "seats", "quantity": "3"}),
        ("plan", {"plan": "pro"}),
        ("items", {"component": "seats", "description": "Gate"}),
        ("cancel", {}),
        ("pause", {}),
        ("anchor", {"anchor_on": "2013-06-15"}),
    ],
)
def test_what_reaches_further_back_than_thirteen_months_is_refused(billed, act, body) -> None:
    """3 July 2014 is 13 months after 3 June 2013."""
    billed.at("2014-07-03")
    for path in (f"{PATH}/{act}", f"{PATH}/change-preview"):
        before = dict(billed.call.model.items)
        named = {"change": act} if path.endswith("preview") else {}
        asked = {**body, **named, "effective_on": "2013-06-02"}
        status, found, _ = billed.call("POST", path, asked)
        (error,) = found["errors"]
        assert (status, error["pointer"]) == (422, "/effective_on"), found
        assert "expected 2013-06-03 or later, found 2013-06-02" in found["detail"]
        assert billed.call.model.items == before
    billed.does(act, **body, effective_on="2013-06-03")


@pytest.mark.parametrize("act", ["quantity", "cancel"])
def test_what_lies_before_the_start_is_refused(billed, act) -> None:
    more = {"component": "seats", "quantity": "3"} if act == "quantity" else {}
    status, said = billed.refused(act, **more, effective_on="2013-05-31")
    assert status == 422, said


def test_a_change_behind_the_horizon_is_not_withdrawn_any_more(billed) -> None:
    billed.does("quantity", component="seats", quantity="3", effective_on="2013-06-16")
    billed.at("2014-08-01")
    assert "found 2013-06-16" in billed.refused("withdraw", number=1)[1]
