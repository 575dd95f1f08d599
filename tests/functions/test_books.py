"""The books over HTTP: a year paid in advance, its months closed, and entries by hand."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from tests.support.http_api import ENTITY

RULES = [
    {"product": "seat", "revenue_account": "7061", "deferred_account": "487"},
    {"tax_class": "standard", "revenue_account": "7069"},
]
ENTRY = {
    "entity": "fr",
    "on": "2013-01-20",
    "currency": "EUR",
    "text": "Bank charges",
    "postings": [{"account": "627", "debit": 12_50}, {"account": "512", "credit": 12_50}],
}
KEYED = {"Idempotency_Key": "e1"}


@pytest.fixture
def shop(call):
    """A year of seats at 365.00, from 10 January to the end of the year."""
    call.shop()
    call.made("POST", "/v1/entities", {**ENTITY, "version": 2, "assignments": RULES})
    price = {"code": "year", "product": "seat", "currency": "EUR", "kind": "advance"}
    call.made("POST", "/v1/prices", {**price, "model": {"model": "per_unit", "amount": "365"}})
    part = {"code": "seats", "price": "year", "description": "Seats"}
    plan = {"code": "yearly", "name": "Yearly", "unit": "year", "components": [part]}
    call.made("POST", "/v1/plans", plan)
    order = {"customer": "ext:M1", "plan": "yearly", "start_on": "2013-01-10"}
    call.made("POST", "/v1/subscriptions", order)
    call.bills(datetime(2013, 1, 10, 12, tzinfo=UTC))
    return call


@pytest.fixture
def at(shop, monkeypatch):
    """Move the business clock of the books."""
    from functions.books import api  # noqa: PLC0415 - once the stage is set

    def move(day: str):
        instant = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr(api, "business_now", lambda: instant)
        return shop

    return move


def rows(close: dict) -> dict[str, tuple[int, int, int, int]]:
    named = ("opening", "debit", "credit", "closing")
    return {row["account"]: tuple(row[name] for name in named) for row in close["balances"]}


def test_a_year_in_advance_is_released_month_by_month(at) -> None:
    """356 days at 1.00: 22 of them in January, 28 in February; VAT of 19.6 % is 69.78."""
    january = at("2013-02-01").closes("2013-01")
    assert (january["status"], january["entries"]) == ("closed", 2)
    assert rows(january) == {
        "411": (0, 425_78, 0, 425_78),
        "4457": (0, 0, 69_78, -69_78),
        "487": (0, 22_00, 356_00, -334_00),
        "7061": (0, 0, 22_00, -22_00),
    }
    february = at("2013-03-02").closes("2013-02")
    assert rows(february) == {
        "411": (425_78, 0, 0, 425_78),
        "4457": (-69_78, 0, 0, -69_78),
        "487": (-334_00, 28_00, 0, -306_00),
        "7061": (-22_00, 0, 28_00, -50_00),
    }


def test_a_close_twice_is_one(at) -> None:
    shop = at("2013-02-01")
    first = shop.closes("2013-01")
    before = dict(shop.model.items)
    assert shop.closes("2013-01") == first
    kept = {key: item for key, item in shop.model.items.items() if not key.pk.startswith("ID#")}
    assert kept == {key: item for key, item in before.items() if not key.pk.startswith("ID#")}


def test_the_journal_is_chained_from_month_to_month(at) -> None:
    january = at("2013-02-01").closes("2013-01")
    shop = at("2013-03-02")
    february = shop.closes("2013-02")
    link = ""
    for close in (january, february):
        _, found, _ = shop("GET", f"/v1/closes/{close['id']}/journal")
        assert len(found["data"]) == close["entries"]
        for row in found["data"]:
            assert row["before"] == link
            text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            link = hashlib.sha256(text.encode()).hexdigest()
            assert sum(row["movements"].values()) == 0
        assert close["chain"] == link


def test_an_entry_by_hand_is_in_the_balance_of_its_month(at) -> None:
    shop = at("2013-02-01")
    made = shop.made("POST", "/v1/journal-entries", ENTRY, **KEYED)
    assert shop.made("POST", "/v1/journal-entries", ENTRY, **KEYED) == made
    assert made["postings"] == [
        {"account": "512", "debit": 0, "credit": 12_50},
        {"account": "627", "debit": 12_50, "credit": 0},
    ]
    _, listed, _ = shop("GET", "/v1/journal-entries", query={"entity": "fr"})
    assert listed["data"] == [made]
    found = rows(shop.closes("2013-01"))
    assert (found["512"], found["627"]) == ((0, 0, 12_50, -12_50), (0, 12_50, 0, 12_50))


def test_a_closed_month_takes_no_entry(at) -> None:
    shop = at("2013-02-01")
    shop.closes("2013-01")
    before = dict(shop.model.items)
    status, found, _ = shop("POST", "/v1/journal-entries", ENTRY, **KEYED)
    assert (status, found["code"]) == (409, "state_conflict")
    assert "expected a day of a month that is open, found 2013-01-20" in found["detail"]
    kept = {key for key in shop.model.items if not key.pk.startswith("ID#")}
    assert kept == {key for key in before if not key.pk.startswith("ID#")}


@pytest.mark.parametrize(
    ("changed", "pointer", "said"),
    [
        (
            {"postings": [ENTRY["postings"][0], {"account": "512", "credit": 12_49}]},
            "/postings",
            "expected a credit of 1250, found 1249, a difference of 1",
        ),
        (
            {"postings": [ENTRY["postings"][0], {"account": "512"}]},
            "/postings/1",
            "expected a debit or a credit, found 0 and 0",
        ),
        (
            {"postings": [{"account": "411", "debit": 1}, {"account": "512", "credit": 1}]},
            "/postings/0/account",
            "expected another than 411",
        ),
        (
            {"postings": [{"account": "512", "debit": 1}, {"account": "44574", "credit": 1}]},
            "/postings/1/account",
            "expected another than 44574",
        ),
        ({"currency": "EUX"}, "/currency", "EUX"),
        ({"on": "2013-02-30"}, "/on", ""),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(at, changed, pointer, said) -> None:
    shop = at("2013-02-01")
    status, found, _ = shop("POST", "/v1/journal-entries", ENTRY | changed, **KEYED)
    assert status == 422
    assert [one["pointer"] for one in found["errors"]] == [pointer]
    assert said in json.dumps(found)


@pytest.mark.parametrize(
    ("day", "month", "status", "said"),
    [
        ("2013-01-31", "2013-01", 409, "expected one that was over on 2013-01-31, found 2013-01"),
        ("2013-02-01", "2013-13", 422, "expected a month"),
        ("2013-02-01", "2013-1", 422, "expected a month"),
    ],
)
def test_a_month_that_cannot_be_closed_is_refused(at, day, month, status, said) -> None:
    found = at(day)("POST", "/v1/closes", {"entity": "fr", "month": month})
    assert found[0] == status
    assert said in json.dumps(found[1])


def test_verify_strikes_a_closed_month_again(at) -> None:
    from functions.verify import nightly  # noqa: PLC0415 - once the stage is set

    shop = at("2013-02-01")
    shop.closes("2013-01")
    said = nightly.lambda_handler({"as_of": "2013-02-02T04:00:00+00:00"}, None)
    assert {one["code"]: one["violations"] for one in said["findings"]}["I37"] == []


def test_months_are_closed_in_turn(at) -> None:
    at("2013-02-01").closes("2013-01")
    status, found, _ = at("2013-05-01")("POST", "/v1/closes", {"entity": "fr", "month": "2013-03"})
    assert status == 409
    assert "expected 2013-02, the next one, found 2013-03" in found["detail"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"product": "seat"}, "expected revenue_account, deferred_account or both"),
        ({"revenue_account": "487", "deferred_account": "487"}, "another than revenue_account"),
        ({"revenue_account": "sales"}, "revenue_account"),
    ],
)
def test_a_rule_that_assigns_nothing_is_refused(call, rule, said) -> None:
    status, found, _ = call("POST", "/v1/entities", {**ENTITY, "assignments": [rule]})
    assert status == 422
    assert said in json.dumps(found)
