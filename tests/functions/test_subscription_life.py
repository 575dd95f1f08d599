"""Trials and pauses over HTTP: what is shown, what is billed, what is refused."""

import pytest

from tests.support.http_api import NOW

ORDER = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-05", "external_id": "S1"}
PATH = "/v1/subscriptions/ext:S1"
TRIAL = {"unit": "day", "count": 17}


@pytest.fixture
def shop(call):
    call.shop()
    return call


def total(shop, on: str) -> int:
    _, found, _ = shop("POST", "/v1/invoices/preview", {"customer": "ext:M1", "on": on})
    return found["total"]


def test_a_trial_is_shown_and_costs_nothing_until_it_ends(shop) -> None:
    made = shop.made("POST", "/v1/subscriptions", {**ORDER, "trial": TRIAL})
    assert made["trial"] == {"ends_on": "2013-01-22", "then": "continue"}
    assert made["status"] == "trialing"
    assert total(shop, "2013-01-21") == 0
    # one seat of 31.00 for 10 of 31 days: 10.00, and 19.6 %
    assert total(shop, "2013-01-22") == 11_96


def test_a_trial_that_ends_by_itself_goes_on_when_it_is_converted(shop) -> None:
    body = {**ORDER, "trial": {**TRIAL, "then": "end"}}
    made = shop.made("POST", "/v1/subscriptions", body)
    assert made["ends_on"] == "2013-01-22"
    assert total(shop, "2013-02-01") == 0
    shown = shop(
        "POST",
        f"{PATH}/change-preview",
        {"change": "convert", "effective_on": "2013-01-10", "on": "2013-01-22"},
    )[1]
    assert shown["total"] == 11_96
    changed = shop.made("POST", f"{PATH}/convert", {"effective_on": "2013-01-10"})
    assert (changed["ends_on"], changed["status"]) == (None, "trialing")
    assert total(shop, "2013-01-22") == 11_96


def test_a_pause_gives_back_and_goes_on(shop) -> None:
    shop.made("POST", "/v1/subscriptions", {**ORDER, "start_on": "2013-01-01"})
    shop.bills(NOW)
    held = shop.made("POST", f"{PATH}/pause", {"effective_on": "2013-01-10"})
    assert held["status"] == "paused"
    assert total(shop, "2013-01-10") == -26_31  # 22 of 31 days: 22.00 and 19.6 % = 4.312
    back = shop.made("POST", f"{PATH}/resume", {"effective_on": "2013-01-22"})
    assert [one["start_on"] for one in back["timeline"]] == ["2013-01-01", "2013-01-22"]
    assert total(shop, "2013-01-22") == -14_35  # 12 days: 12.00 and 2.352


@pytest.mark.parametrize(
    ("act", "body", "said"),
    [
        ("resume", {"effective_on": "2013-01-10"}, "expected a day of a pause"),
        ("convert", {"effective_on": "2013-01-10"}, "found none"),
        ("pause", {"effective_on": "2012-12-31"}, "expected 2013-01-05 or later"),
        ("pause", {}, "Field required"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, act, body, said) -> None:
    shop.made("POST", "/v1/subscriptions", ORDER)
    before = dict(shop.model.items)
    status, found, _ = shop("POST", f"{PATH}/{act}", body)
    assert status in (400, 422), found
    assert said in str(found)
    assert shop.model.items == before


def test_a_trial_of_no_length_is_refused(shop) -> None:
    body = {**ORDER, "trial": {"unit": "day", "count": 0}}
    status, found, _ = shop("POST", "/v1/subscriptions", body)
    assert (status, found["errors"][0]["pointer"]) == (422, "/trial/count")
