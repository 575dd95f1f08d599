"""Contracts over HTTP: terms, renewal, notice, and an end before the term's."""

import pytest

from tests.support.lived import ORDER

QUARTER = {"unit": "month", "count": 3, "notice_days": 10}


@pytest.fixture
def shop(lived):
    lived.sells("team", "100.00")
    lived.sells("later", "90.00", kind="arrears")
    return lived


def test_a_fixed_term_ends_by_itself(shop) -> None:
    made = shop.subscribes(contract={"unit": "month", "count": 1, "renews": False})
    assert made["ends_on"] == "2013-07-01"
    assert made["contract"]["term"] == {"start_on": "2013-06-01", "end_on": "2013-07-01"}
    assert shop.bills("2013-06-01") == ["06-01..06-30 10000"]
    assert shop.bills("2013-07-01") == []
    assert shop.shown()["status"] == "ended"
    assert shop.refused("cancel", effective_on="2013-07-02")[0] == 422


def test_a_term_follows_the_other_and_its_end_is_told_in_time(shop) -> None:
    shop.subscribes(contract=QUARTER)
    shop.at("2013-08-22")
    assert shop.shown()["contract"]["notice_by"] == "2013-08-22"
    assert shop.does("cancel")["ends_on"] == "2013-09-01"
    shop.does("reactivate")
    shop.at("2013-08-23")
    assert shop.does("cancel")["ends_on"] == "2013-12-01"
    assert shop.shown()["contract"]["term"]["end_on"] == "2013-09-01"


def test_a_term_is_counted_from_the_first_paid_day(shop) -> None:
    made = shop.subscribes(contract=QUARTER, trial={"unit": "day", "count": 14})
    assert made["contract"]["term"] == {"start_on": "2013-06-15", "end_on": "2013-09-15"}


@pytest.mark.parametrize(
    ("early", "back", "later"),
    [
        # 11 of 30 days of June go back, and nothing more comes
        ("allowed", ["06-20..06-30 -3667"], []),
        # June to August stay due, each on its day
        ("remainder", [], ["07-01..07-31 10000", "08-01..08-31 10000"]),
    ],
)
def test_an_end_before_that_of_the_term(shop, early, back, later) -> None:
    shop.subscribes(contract={**QUARTER, "early": early})
    shop.bills("2013-06-01")
    shop.at("2013-06-19")
    cents = sum(int(row.split()[1]) for row in back)
    assert shop.preview("cancel", effective_on="2013-06-20") == cents
    assert shop.does("cancel", effective_on="2013-06-20")["ends_on"] == "2013-06-20"
    assert shop.changes()[0]["due_to"] == ("2013-09-01" if early == "remainder" else None)
    assert shop.bills("2013-06-20") == back
    assert shop.shown()["status"] == "ended"
    assert shop.through("2013-07-01", "2013-07-01") + shop.bills("2013-08-01") == later
    assert shop.bills("2013-09-01") == []


def test_what_is_paid_in_arrears_stays_due_to_the_end_of_the_term_too(shop) -> None:
    shop.subscribes(plan="later", contract={**QUARTER, "early": "remainder"})
    shop.at("2013-06-19")
    shop.does("cancel", effective_on="2013-06-20")
    assert shop.bills("2013-06-20") == []
    assert shop.bills("2013-07-01") == ["06-01..06-30 9000"]
    assert shop.bills("2013-08-01") == ["07-01..07-31 9000"]
    assert shop.bills("2013-09-01") == ["08-01..08-31 9000"]
    assert shop.bills("2013-10-01") == []


def test_an_end_before_that_of_the_term_is_refused_unless_it_is_agreed(shop) -> None:
    shop.subscribes(contract=QUARTER)
    status, said = shop.refused("cancel", effective_on="at_period_end")
    assert status == 422
    assert "expected 2013-09-01 or later, the end of the term, found 2013-07-01" in said
    assert shop.does("cancel", effective_on="2013-09-10")["ends_on"] == "2013-09-10"


@pytest.mark.parametrize("early", ["refused", "allowed", "remainder"])
def test_a_trial_is_left_freely_before_the_first_term(shop, early) -> None:
    shop.subscribes(contract={**QUARTER, "early": early}, trial={"unit": "day", "count": 14})
    shop.at("2013-06-10")
    assert shop.does("cancel", effective_on="2013-06-15")["ends_on"] == "2013-06-15"
    assert shop.changes()[0]["due_to"] is None
    assert shop.through("2013-06-15", "2013-06-15") + shop.bills("2013-07-01") == []


def test_without_a_contract_there_is_no_term(shop) -> None:
    shop.subscribes()
    assert "found at_term_end" in shop.refused("cancel", effective_on="at_term_end")[1]
    assert shop.shown()["contract"] is None


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"count": 0}, "/contract/count"),
        ({"notice_days": -1}, "/contract/notice_days"),
        ({"unit": "century"}, "/contract/unit"),
        ({"early": "maybe"}, "/contract/early"),
        ({"renews": "yes"}, "/contract/renews"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, wrong, pointer) -> None:
    before = dict(shop.call.model.items)
    body = {**ORDER, "contract": QUARTER | wrong}
    status, found, _ = shop.call("POST", "/v1/subscriptions", body)
    assert (status, found["errors"][0]["pointer"]) == (422, pointer)
    assert shop.call.model.items == before
