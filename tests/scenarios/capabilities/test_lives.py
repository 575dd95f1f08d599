"""Eleven lives beside each other, billed by the same runs: how they begin, turn and end."""

from typing import Any

import pytest

from tests.support.over_http import Seller

pytestmark = pytest.mark.cloud

LIVES: dict[str, dict[str, Any]] = {
    "month": {"trial": {"unit": "month", "count": 1}, "billing": "anniversary"},
    "until": {"trial": {"until": "2027-06-16"}, "billing": "anniversary"},
    "fixed": {"contract": {"unit": "month", "count": 1, "renews": False}},
    "term": {"contract": {"unit": "month", "count": 3, "notice_days": 10}},
    "year": {},
    "moved": {},
    "full": {},
    "back": {},
    "old": {},
    "undone": {},
}
"""Each a customer with one seat at 100.00 a month from 1 June 2027, by its name."""


class Bills:
    """The lines that each customer is billed by a run: days and net."""

    def __init__(self, seller: Seller) -> None:
        self.seller = seller
        self.seen: set[str] = set()
        self.names: dict[str, str] = {}

    def customer(self, name: str) -> None:
        self.names[self.seller.customer(name)["id"]] = name

    def on(self, day: str) -> dict[str, list[str]]:
        self.seller.at(day)
        self.seller.rates()
        run = self.seller.run(target_on=day)
        assert (run["status"], run["parked"]) == ("closed", []), run
        mine = {row["id"] for row in self.seller.issued()}
        found: dict[str, list[str]] = {}
        for one in sorted(mine - self.seen):
            document = self.seller.reads(f"invoices/{one}")
            said = [row.replace("seats ", "") for row in self.seller.rows([document])]
            found[self.names[document["customer"]]] = sorted(said)
        self.seen |= mine
        return found


def test_eleven_lives(opens) -> None:
    seller = opens("2027-06-01")
    seller.sells("seats", "100.00")
    seller.sells("years", "1000.00")
    seller.plans("team", "seats")
    seller.plans("yearly", "years", unit="year")
    meter = {"aggregation": "sum", "value": "n"}
    seller.sells("calls", "1.00", kind="usage", meter=meter)
    seller.plans("metered", "calls", unit="day", count=15)
    bills = Bills(seller)
    for name, fields in LIVES.items():
        bills.customer(name)
        seller.subscribes(name, "team", "2027-06-01", {"seats": "1"}, **fields)
    bills.customer("flown")
    seller.subscribes("flown", "metered", "2027-06-01")

    june = ["2027-06-01..2027-06-30 100.00"]
    paying = ("fixed", "term", "year", "moved", "full", "back", "old", "undone")
    assert bills.on("2027-06-01") == dict.fromkeys(paying, june)

    seller.at("2027-06-15")
    seller.changes("moved", "anchor", anchor_on="2027-06-16", effective_on="2027-06-16")
    at_once = {"effective_on": "at_once"}
    seller.changes("year", "plan", plan=seller.named("yearly"), **at_once)
    seller.changes("full", "cancel", effective_on="2027-06-16", credit="full")
    seller.changes("back", "cancel")
    seller.changes("back", "reactivate")
    seller.changes("undone", "quantity", component="seats", quantity="3", effective_on="2027-07-01")
    assert seller.previews("undone", "2027-07-01") == ["seats 2027-07-01..2027-07-31 300.00"]
    seller.changes("undone", "withdraw", number=1)
    moved = seller.changes("flown", "time-zone", time_zone="America/New_York")
    assert moved["time_zone"] == "Europe/Paris 2027-06-16 America/New_York"
    # ten days before the end of its term, 1 September, is not yet gone
    assert seller.changes("term", "cancel")["ends_on"] == "2027-09-01"
    model = {"model": "per_unit", "amount": "110.00"}
    version = {"version": 2, "from_on": "2027-06-17", "applies": "new", "model": model}
    seller.posts(f"prices/{seller.named('seats')}/versions", version)
    bills.customer("new")
    seller.subscribes("new", "team", "2027-06-17", {"seats": "1"})

    seller.at("2027-06-16")
    seller.uses("flown", "calls", "2027-06-15T21:59:59Z", n="1")  # the 15th, to its last second
    seller.uses("flown", "calls", "2027-06-15T22:00:00Z", n="10")  # the 16th: Paris counts still
    july_15 = "2027-06-16..2027-07-15 100.00"
    assert bills.on("2027-06-16") == {
        # a trial until the 16th: its month begins there
        "until": [july_15],
        # 15 of 30 days of June go back, and a month begins anew
        "moved": ["2027-06-16..2027-06-30 -50.00", july_15],
        # 16 of 30 days go back from the 15th on, and a year begins
        "year": ["2027-06-15..2027-06-30 -53.33", "years 2027-06-15..2028-06-14 1000.00"],
        # all of its June goes back
        "full": ["CN 2027-06-01..2027-06-30 100.00"],
        # 1 call until 15 June 22:00 Z, the end of the day in Paris
        "flown": ["calls 2027-06-01..2027-06-15 1.00"],
    }

    seller.at("2027-07-01")
    seller.uses("flown", "calls", "2027-07-01T03:59:59Z", n="100")  # 30 June in New York
    seller.uses("flown", "calls", "2027-07-01T04:00:00Z", n="1000")
    july = ["2027-07-01..2027-07-31 100.00"]
    # a month of trial is over; the fixed term has ended; old customers keep their version,
    # and who comes after it pays it: 110.00 × 14/30; three seats that were taken back are one
    assert bills.on("2027-07-01") == {
        **dict.fromkeys(("month", "term", "back", "old", "undone"), july),
        "new": ["2027-06-17..2027-06-30 51.33", "2027-07-01..2027-07-31 110.00"],
        # 10 + 100: none lost between Paris and New York, and the 1000 of 1 July there not yet
        "flown": ["calls 2027-06-16..2027-06-30 110.00"],
    }
