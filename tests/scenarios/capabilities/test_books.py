"""The books of a year paid in advance: what it defers over the end of the year, month by month."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ROOT, solde
from tests.support.over_http import Seller

pytestmark = pytest.mark.cloud

SECONDS = 60


def closed(seller: Seller, month: str) -> dict[str, tuple[int, int]]:
    """Close a month; return what moved on each account, debit and credit."""
    asked = seller.posts("closes", {"entity": seller.code, "month": month})
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        found: dict[str, Any] = seller.reads(f"closes/{asked['id']}")
        if found["status"] == "closed":
            assert sum(row["closing"] for row in found["balances"]) == 0
            return {row["account"]: (row["debit"], row["credit"]) for row in found["balances"]}
        time.sleep(0.2)
    raise AssertionError(f"{month} is not closed after {SECONDS} s")


def test_a_year_in_advance_is_released_by_days(opens, tmp_path: Path) -> None:
    """1,200.00 from 15 November: 16, 47 and 78 of 365 days are 52.60, 154.52 and 256.44."""
    rules = [{"deferred_account": "487"}]
    seller = opens("2026-11-15", assignments=rules)
    seller.sells("care", "1200.00")
    seller.plans("care", "care", unit="year")
    seller.customer("anna")
    seller.subscribes("anna", "care", "2026-11-15", anchor_on="2026-11-15")
    assert seller.bills("2026-11-15") == ["care 2026-11-15..2027-11-14 1200.00"]
    seller.at("2027-02-02")
    seller.rates()
    sold = {"411": (1_200_00, 0), "487": (52_60, 1_200_00), "706": (0, 52_60)}
    assert closed(seller, "2026-11") == sold
    assert closed(seller, "2026-12") == {"411": (0, 0), "487": (101_92, 0), "706": (0, 101_92)}
    january = closed(seller, "2027-01")
    assert january["706"] == (0, 101_92)

    charges = {
        "entity": seller.code,
        "on": "2027-01-31",
        "currency": "EUR",
        "text": "Bank charges",
        "postings": [{"account": "627", "debit": 1}, {"account": "512", "credit": 1}],
    }
    status, problem = seller.refused("journal-entries", charges)
    assert (status, problem["code"]) == (409, "state_conflict")
    seller.posts("journal-entries", charges | {"on": "2027-02-01"})

    found = seller.reads(f"closes/{seller.code}/2026-12/journal")["data"]
    assert [row["movements"] for row in found] == [{"487": 101_92, "706": -101_92}]

    home = str(seller.cloud.places.home)
    assert solde("export", str(tmp_path), "--home", home).returncode == 0
    checked = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "verify_register.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    assert " 0 violations" in checked.stdout
    assert list((tmp_path / "books" / seller.code).glob("2026-12-*.jsonl"))


def test_usage_that_is_not_billed_is_accrued_and_taken_back(opens) -> None:
    """Three calls at 0.10 in November, billed with December's on 15 December."""
    seller = opens("2026-11-15")
    seller.sells("calls", "0.10", kind="usage", meter={"aggregation": "count"})
    seller.plans("calls", "calls")
    seller.customer("anna")
    seller.subscribes("anna", "calls", "2026-11-15", anchor_on="2026-11-15")
    seller.at("2026-12-02")
    for hour in ("08", "09", "10"):
        seller.uses("anna", "calls", f"2026-11-20T{hour}:00:00Z")
    seller.rates()
    assert closed(seller, "2026-11") == {"4181": (30, 0), "706": (0, 30)}
    assert len(seller.bills("2026-12-15")) == 1
    seller.at("2027-01-02")
    seller.rates()
    assert closed(seller, "2026-12") == {"411": (30, 0), "4181": (0, 30), "706": (30, 30)}
