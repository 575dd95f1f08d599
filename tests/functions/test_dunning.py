"""Dunning over HTTP: policies in versions, decisions with their reasons, tasks for a person."""

import pytest

from functions.chase_overdue.chase import lambda_handler as chase
from solde.runtime import clock
from tests.support.http_api import NOW

POLICIES, DECISIONS, TASKS = "/v1/dunning-policies", "/v1/dunning-decisions", "/v1/dunning-tasks"
FIRM = {
    "entity": "fr",
    "code": "firm",
    "since": "2013-01-10",
    "calendar": "FR",
    "quiet_hours": {"from_hour": 20, "to_hour": 8},
    "levels": [
        {"after_days": 5},
        {"after_days": 15, "tone": 2},
        {"after_days": 30, "channel": "letter", "tone": 4, "restricts": True},
    ],
}


@pytest.fixture
def shop(call):
    """An invoice of 10 January 2013, due on 9 February, a Saturday."""
    call.shop()
    order = {"customer": "ext:M1", "plan": "team", "start_on": "2013-01-01"}
    call.made("POST", "/v1/subscriptions", order)
    call.bills(NOW)
    return call


def chased(shop, monkeypatch, day: str, hour: int = 9) -> int:
    at = NOW.fromisoformat(f"{day}T{hour:02d}:00:00+00:00")
    monkeypatch.setattr(clock, "_seen", (float("inf"), at))
    return chase({"as_of": at.isoformat()}, None)["reminders"]


def decision(shop, on: str) -> dict:
    (row,) = shop("GET", DECISIONS, query={"entity": "fr", "on": on})[1]["data"]
    return row


def test_a_policy_is_made_and_shown_as_it_was_said(shop) -> None:
    made = shop.made("POST", POLICIES, FIRM)
    assert (made["id"], made["version"], made["rank"]) == ("fr:firm", 1, 100)
    assert made["levels"][2] == {
        "after_days": 30,
        "channel": "letter",
        "tone": 4,
        "restricts": True,
    }
    assert made["applies_to"]["business"] is None
    assert shop("GET", f"{POLICIES}/fr:firm")[1] == made
    assert shop("GET", POLICIES)[1]["data"] == [made]


def test_a_decision_of_a_day_says_which_step_and_why_or_why_not(shop, monkeypatch) -> None:
    shop.made("POST", POLICIES, FIRM)
    due_on = shop("GET", "/v1/invoices")[1]["data"][0]["due_on"]
    assert due_on == "2013-02-09"
    # Five days later is Thursday 14 February.
    waits = decision(shop, "2013-02-13")
    assert (waits["act"], waits["reason"], waits["on"]) == ("wait", "not_yet", "2013-02-14")
    takes = decision(shop, "2013-02-14")
    assert (takes["act"], takes["reason"], takes["level"]) == ("step", "due", 1)
    assert (takes["policy"], takes["policy_version"], takes["tone"]) == ("fr:firm", 1, 1)
    closed = decision(shop, "2013-02-16")
    assert (closed["act"], closed["reason"]) == ("wait", "closed_day")
    assert shop("GET", DECISIONS, query={"entity": "fr", "on": "2013-02-11"})[1]["data"] == []


def test_steps_are_taken_by_the_policy_and_the_letter_is_a_task_until_it_is_done(
    shop, monkeypatch
) -> None:
    shop.made("POST", POLICIES, FIRM)
    steps = {day: chased(shop, monkeypatch, day) for day in ("2013-02-13", "2013-02-14")}
    assert steps == {"2013-02-13": 0, "2013-02-14": 1}
    assert chased(shop, monkeypatch, "2013-02-25") == 1  # ten days later is Sunday the 24th
    assert chased(shop, monkeypatch, "2013-03-12") == 1  # fifteen days after the 25th
    (task,) = shop("GET", TASKS)[1]["data"]
    assert (task["channel"], task["level"], task["name"]) == ("letter", 3, "Martin")
    status, letter, headers = shop("GET", task["letter"])
    assert (status, headers["Content-Disposition"]) == (
        200,
        'attachment; filename="FR-2013-000001-3.pdf"',
    )
    assert letter.startswith(b"%PDF-")
    assert shop("POST", f"{TASKS}/{task['id']}/done", {})[0] == 200
    assert shop("GET", TASKS)[1]["data"] == []
    assert shop("POST", f"{TASKS}/{task['id']}/done", {})[0] == 404
    kinds = [item["type"] for key, item in shop.model.items.items() if key.pk[:2] == "O#"]
    assert kinds.count("service.restricted") == 1


def test_a_version_follows_the_one_before_and_the_same_again_is_harmless(shop) -> None:
    shop.made("POST", POLICIES, FIRM)
    shop.made("POST", POLICIES, FIRM)
    assert shop("POST", POLICIES, FIRM | {"rank": 5})[0] == 422
    later = FIRM | {"version": 2, "since": "2013-02-01", "rank": 5}
    assert shop.made("POST", POLICIES, later)["version"] == 2


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"levels": []}, "/levels"),
        ({"levels": [{"after_days": 5}, {"after_days": 5}]}, "/levels/1/after_days"),
        ({"levels": [{"after_days": 1}]}, "/levels/0/after_days"),
        ({"levels": [{"after_days": 5, "tone": 9}]}, "/levels/0/tone"),
        ({"levels": [{"after_days": 5, "channel": "fax"}]}, "/levels/0/channel"),
        ({"calendar": "XX"}, "/calendar"),
        ({"quiet_hours": {"from_hour": 8, "to_hour": 6}}, "/quiet_hours"),
        ({"since": "2013-01-09"}, "/since"),
        ({"code": "standard"}, "/code"),
        ({"version": 2}, "/version"),
        ({"applies_to": {"open_from": {"amount": 1, "currency": "XXY"}}}, "/currency"),
        ({"applies_to": {"size": 3}}, "/applies_to/size"),
    ],
)
def test_nonsense_is_refused_where_it_is_entered(shop, change, pointer) -> None:
    status, problem, _ = shop("POST", POLICIES, FIRM | change)
    assert status == 422
    assert problem["errors"][0]["pointer"] == pointer
    assert shop("GET", POLICIES)[1]["data"] == []


def test_an_entity_a_day_and_a_task_that_are_none_are_named(shop) -> None:
    assert shop("POST", POLICIES, FIRM | {"entity": "xx"})[0] == 404
    assert shop("GET", DECISIONS, query={"entity": "fr", "on": "soon"})[0] == 422
    assert shop("GET", DECISIONS, query={"entity": "xx"})[0] == 404
    assert shop("GET", f"{POLICIES}/fr:none")[0] == 404
    assert shop("GET", f"{TASKS}/inv_1/letter")[0] == 404


def test_a_customer_has_hours_of_his_own(shop, monkeypatch) -> None:
    shop.made("POST", POLICIES, FIRM)
    zone = {"time_zone": "America/New_York"}
    assert shop.made("PATCH", "/v1/customers/ext:M1", zone)["time_zone"] == "America/New_York"
    assert chased(shop, monkeypatch, "2013-02-14", 9) == 0  # four in the morning there
    assert chased(shop, monkeypatch, "2013-02-14", 14) == 1
    status, problem, _ = shop("PATCH", "/v1/customers/ext:M1", {"time_zone": "Mars/Base"})
    assert (status, problem["errors"][0]["pointer"]) == (422, "/time_zone")
