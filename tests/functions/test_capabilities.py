"""The table of capabilities is asked over HTTP, previewed and billed, row by row."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.lived import ORDER, PATH, Lived

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "capabilities.md"
PLANS = {"small": "50.00", "team": "100.00", "pro": "160.00"}
SUBSCRIPTIONS = "/v1/subscriptions"


def rows(columns: int) -> list[list[str]]:
    """Return the cells of the table that has so many columns, without its head."""
    found = [line.strip("| ").split(" |") for line in PAGE.read_text().splitlines() if "|" in line]
    cells = [[cell.strip().strip("`") for cell in row] for row in found if len(row) >= columns - 1]
    same = [row + [""] * (columns - len(row)) for row in cells if row[columns - 2][:2] == "20"]
    return [row for row in same if len(row) == columns]


BEGINS = rows(4)
LIVES: list[list[list[str]]] = []
for one in rows(5):
    if one[0].startswith("then "):
        LIVES[-1].append(one)
    else:
        LIVES.append([one])


@pytest.fixture
def shop(lived: Lived) -> Lived:
    for plan, amount in PLANS.items():
        lived.sells(plan, amount)
    lived.sells("year", "1200.00", unit="year")
    lived.sells("extra", "15.00")
    return lived


def billed(shop: Lived, on: str) -> str:
    found = []
    for row in shop.bills(on):
        days, minor = row.split(" ")
        found.append(f"{days} {Decimal(minor) / 100:.2f}")
    return ", ".join(sorted(found))


def total(lines: str) -> int:
    return sum(int(amount.replace(".", "")) for amount in re.findall(r"-?[0-9]+\.[0-9]{2}", lines))


def test_the_page_is_read_whole() -> None:
    text = PAGE.read_text()
    assert len(BEGINS) + sum(map(len, LIVES)) == text.count("| 2013-") > 35


@pytest.mark.parametrize("row", BEGINS, ids=lambda row: row[0])
def test_how_it_begins(shop, row) -> None:
    _, fields, on, lines = row
    body = {**ORDER, **json.loads(fields)}
    status, shown, _ = shop.call("POST", f"{SUBSCRIPTIONS}/preview", {**body, "on": on})
    assert (status, shown["total"]) == (200, total(lines))
    shop.call.made("POST", SUBSCRIPTIONS, body)
    assert billed(shop, on) == lines


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life[0][0])
def test_what_changes_it(shop, life) -> None:
    shop.subscribes()
    assert billed(shop, "2013-06-01") == "06-01..06-30 100.00"
    shop.at("2013-06-10")
    for number, (_, path, said, on, lines) in enumerate(life):
        body = json.loads(said)
        where = path if path.startswith("/") else f"{PATH}/{path}"
        if not path.startswith("/"):
            word = path.removesuffix("s") if path == "discounts" else path
            asked = {"change": word, **body, "on": on}
            status, shown, _ = shop.call("POST", f"{PATH}/change-preview", asked)
            assert (status, shown["total"]) == (200, total(lines)), shown
        shop.call.made("POST", where, body, idempotency_key=f"k{number}")
        assert billed(shop, on) == lines
