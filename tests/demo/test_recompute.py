"""The second opinion on the demo's invoices: literals worked out by hand, the sum beside each."""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "recompute_demo.py"
PARTS = [TOOL, *sorted((ROOT / "tools" / "recompute").glob("*.py"))]


def _run(*arguments: str) -> str:
    """Run it without site-packages: it needs nothing but Python."""
    command = [sys.executable, "-S", "-W", "error", TOOL, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def demo():
    return json.loads(_run("--json"))


@pytest.fixture(scope="module")
def nets(demo):
    """The nets of a key, in order of the lines."""
    found: dict[str, list[str]] = {}
    for row in demo["rows"]:
        names = ("issued_on", "customer", "subject", "month", "charge", "item")
        found.setdefault(" ".join(row[name] for name in names).rstrip(), []).append(row["net"])
    return found


AIRLINES = [
    # fee: a month in advance
    ("2013-01-01 OO EWR 2013-01 fee", "25000.00"),
    ("2013-03-01 UA JFK 2013-03 fee", "25000.00"),
    # departures: to 500 at 120.00, to 2,000 at 105.00, above at 90.00
    ("2013-02-01 OO LGA 2013-01 departures", "120.00"),  # 1 × 120.00
    ("2013-02-01 UA LGA 2013-01 departures", "69450.00"),  # 590: 60,000 + 90 × 105.00
    ("2013-02-01 UA EWR 2013-01 departures", "364740.00"),  # 3,636: 60,000 + 157,500 + 147,240
    # seats: 0.45 each
    ("2013-02-01 OO LGA 2013-01 seats", "24.75"),  # 55
    ("2013-02-01 HA JFK 2013-01 seats", "5259.15"),  # 31 × 377 = 11,687
    # aircraft not on file: 150 seats each
    ("2013-02-01 F9 LGA 2013-01 seats_not_on_file", "337.50"),  # 5 × 150 × 0.45
    ("2013-02-01 UA EWR 2013-01 seats_not_on_file", "3172.50"),  # 47 × 150 × 0.45
    # runway: by airport and hour
    ("2013-02-01 HA JFK 2013-01 runway", "2542.00"),  # 31 × 82.00
    ("2013-02-01 AS EWR 2013-01 runway", "5045.25"),  # 31 × 78.50 + 31 × 84.25
    ("2013-02-01 YV LGA 2013-01 runway", "2759.25"),  # 18 × 46.25 + 21 × 91.75
    # 58 × 55.25 + 84 × 82.00 + 123 × 51.50 + 89 × 95.00 + 25 × 47.75
    ("2013-02-01 UA JFK 2013-01 runway", "26075.75"),
]


@pytest.mark.parametrize(("key", "net"), AIRLINES)
def test_airlines(nets, key, net):
    assert nets[key] == [net]


FRANCE = [
    # gas: 3.20 per cubic metre, by the month of the local time
    ("2013-02-01 MARTIN MARTIN-GAZ 2013-01 gas", ["9.60"]),  # 1.2 + 1.8 = 3 m³
    ("2013-02-01 DURAND DURAND-GAZ 2013-01 gas", ["59.02"]),  # 18.445 m³: 59.024
    ("2013-03-01 MARTIN MARTIN-GAZ 2013-02 gas", ["22.00"]),  # 2.75 of 1 February, 00:15, + 4.125
    # seats: 12.50 a month in advance; what changes in mid-month is billed with the next
    ("2013-01-01 MARTIN MARTIN-CAISSE 2013-01 software_seats", ["37.50"]),  # 3 × 12.50
    (
        "2013-02-01 MARTIN MARTIN-CAISSE 2013-01 software_seats",
        ["12.90"],
    ),  # 2 × 12.50 × 16/31: 12.9032
    ("2013-02-01 MARTIN MARTIN-CAISSE 2013-02 software_seats", ["62.50"]),  # 5 × 12.50
    # 4 × 12.50 × 12/31: 19.3548; with 7 × 12.50 × 13/31: 56.0484, so 56.05 − 19.35, not 36.69
    ("2013-02-01 DURAND DURAND-PLANNING 2013-01 software_seats", ["19.35", "36.70"]),
    # devices: 31.00 a month, by day
    ("2013-02-01 MARTIN MARTIN-SONDES 2013-01 devices FOUR-1", ["17.00"]),  # 15th to 31st
    ("2013-02-01 DURAND DURAND-MACHINES 2013-01 devices TOUR-1", ["11.00"]),  # 21st to 31st
    ("2013-03-01 MARTIN MARTIN-SONDES 2013-02 devices FOUR-2", ["18.82"]),  # 17/28: 18.8214
]


@pytest.mark.parametrize(("key", "lines"), FRANCE)
def test_france(nets, key, lines):
    assert nets[key] == lines


def test_tax_is_rounded_once_for_an_invoice(demo):
    """9.60 + 12.90 + 17.00 + 62.50 = 102.00; 19.6 % of it is 19.992."""
    invoice = _invoice(demo, "2013-02-01", "MARTIN")
    assert (invoice["net"], invoice["tax"], invoice["total"]) == ("102.00", "19.99", "121.99")


def test_tax_is_shown_per_line_by_largest_remainder(demo):
    """187.46 at 19.6 %: 36.74216; exact 13.51616, 6.076, 17.15: the missing cent to the first."""
    shown = [
        row["tax"]
        for row in demo["rows"]
        if (row["issued_on"], row["customer"]) == ("2013-03-01", "DURAND")
    ]
    assert shown == ["13.52", "6.07", "17.15"]


def test_new_york_has_no_tax(demo):
    assert {(row["rate"], row["tax"]) for row in demo["rows"] if row["seller"] == "nyc"} == {
        ("0", "0.00")
    }


def test_a_month_in_advance_for_every_airline_on_1_january(demo):
    first = [one for one in demo["invoices"] if one["issued_on"] == "2013-01-01"]
    airlines = [one for one in first if one["seller"] == "nyc"]
    assert len(airlines) == 16
    assert sum(one["lines"] for one in airlines) == 35
    assert _invoice(demo, "2013-01-01", "AA")["total"] == "75000.00"  # three airports
    assert "DURAND" not in {one["customer"] for one in first}  # begins on 7 January


def test_every_departure_of_january_is_in_one_line_of_each_charge(demo):
    counts = {"departures": 0, "seats": 0, "seats_not_on_file": 0, "runway": 0}
    for row in demo["rows"]:
        if row["charge"] in counts:
            counts[row["charge"]] += row["count"]
    assert counts == {
        "departures": 26_483,
        "seats": 22_259,
        "seats_not_on_file": 4_224,
        "runway": 26_483,
    }


def test_february_has_no_flights_in_the_sample(demo):
    march = [row for row in demo["rows"] if row["issued_on"] == "2013-03-01"]
    assert {row["charge"] for row in march if row["seller"] == "nyc"} == {"fee"}


def test_invoices_are_issued_up_to_the_day_of_the_clock():
    day_before = json.loads(_run("--json", "--to", "2013-01-31"))
    assert {one["issued_on"] for one in day_before["invoices"]} == {"2013-01-01"}
    on_the_day = json.loads(_run("--json", "--to", "2013-02-01"))
    assert {one["issued_on"] for one in on_the_day["invoices"]} == {"2013-01-01", "2013-02-01"}


def test_the_table_says_what_the_json_says(demo):
    lines = [line for line in _run().splitlines() if line]
    assert len(lines) == 2 + len(demo["rows"]) + len(demo["invoices"])
    assert sum(line.startswith("nyc     2013-02-01  UA ") for line in lines) == 16


def test_its_runway_prices_are_those_of_the_demo():
    """Two hands wrote them down; a slip in either shows here before it shows as a wrong invoice."""
    tree = ast.parse((ROOT / "tools" / "recompute" / "airlines.py").read_text())
    literals = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    cents = ast.literal_eval(literals["RUNWAY_CENTS"])
    tariff = json.loads((ROOT / "local" / "demo" / "tariff.json").read_text())
    assert {
        airport: [f"{Decimal(one).scaleb(-2)}" for one in row] for airport, row in cents.items()
    } == {airport: list(bands.values()) for airport, bands in tariff["runway"].items()}


def test_a_tie_for_a_cent_of_tax_is_between_devices_of_one_price_only():
    """Otherwise the tax of a line would hang on the order of charges, which nobody has promised."""
    year = json.loads(_run("--json", "--to", "2014-01-15"))
    groups = defaultdict(list)
    for row in year["rows"]:
        if row["seller"] == "fr":
            groups[row["issued_on"], row["customer"], row["rate"]].append(row)
    assert len(groups) == 27  # 13 + 12 invoices, two of them with two rates
    for rows in groups.values():
        exact = [Fraction(row["net"]) * Fraction(row["rate"]) for row in rows]  # cents
        rests = {at: share % 1 for at, share in enumerate(exact)}
        missing = int(sum(rests.values()) + Fraction(1, 2))  # cents that rounding down left over
        order = sorted(rests, key=lambda at: -rests[at])
        if 0 < missing < len(rows) and rests[order[missing - 1]] == rests[order[missing]]:
            tied = [row for at, row in enumerate(rows) if rests[at] == rests[order[missing]]]
            assert len({(row["charge"], row["net"]) for row in tied}) == 1


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_it_shares_nothing_with_solde(part):
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(part.read_text()))
        for name in _imports(node)
    }
    assert imported <= sys.stdlib_module_names | {"recompute"}


def _imports(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom():
            return [node.module or ""]
        case _:
            return []


def _invoice(demo, issued_on: str, customer: str):
    keys = ("issued_on", "customer")
    return next(
        one for one in demo["invoices"] if [one[key] for key in keys] == [issued_on, customer]
    )
