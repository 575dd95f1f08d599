"""The whole year, from the source archive that pip fetches once into .local."""

import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from local.demo.events import departures
from local.demo.fetch import year
from local.demo.flights import SAMPLE, flights, pairs

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def source():
    return year()


@pytest.fixture(scope="module")
def rows(source):
    tool = ROOT / "tools" / "recompute_demo.py"
    command = [sys.executable, "-S", tool, "--full", "--json", "--data", source]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["rows"]


def test_the_committed_sample_is_what_the_tool_makes(source, tmp_path):
    made = tmp_path / "january.zip"
    tool = ROOT / "tools" / "make_sample.py"
    subprocess.run([sys.executable, "-S", tool, source, made], check=True, capture_output=True)
    assert made.read_bytes() == SAMPLE.read_bytes()


def test_328521_of_336776_flights_left(source):
    found = [flight.departed for flight in flights(source)]
    assert (len(found), sum(found)) == (336_776, 328_521)  # 8,255 cancelled


def test_a_month_is_in_order_of_day(source):
    days = [flight.day_on for flight in flights(source, month=10)]
    assert days == sorted(days)
    assert {day.month for day in days} == {10}


def test_35_pairs_have_a_flight(source):
    assert sorted({(flight.carrier, flight.airport) for flight in flights(source)}) == [*pairs()]


def test_14_8_percent_of_the_aircraft_are_not_on_file(source):
    events = list(departures(source))
    unknown = sum(one["data"]["on_file"] == "no" for one in events)
    assert len({one["id"] for one in events}) == 328_521
    assert unknown == 48_550  # of 328,521: 14.78 %
    assert {one["data"]["band"] for one in events} == {"05-06", "07-09", "10-15", "16-19", "20-23"}


def test_instants_are_the_scheduled_local_time_through_both_changes_of_the_clock(source):
    zone = ZoneInfo("America/New_York")
    for flight in flights(source):
        local = flight.scheduled_at.astimezone(zone)
        assert (local.date(), local.hour) == (flight.day_on, flight.hour)


def test_the_recomputation_bills_every_departure_of_the_year_once(rows):
    departed = [row for row in rows if row["charge"] == "departures"]
    assert sum(row["count"] for row in departed) == 328_521
    assert sum(row["count"] for row in rows if row["charge"] == "runway") == 328_521
    seats = [row for row in rows if row["charge"] in ("seats", "seats_not_on_file")]
    assert sum(row["count"] for row in seats) == 328_521
    fees = [row for row in rows if row["charge"] == "fee"]
    assert len(fees) == 455  # 35 subscriptions, 13 months: January 2014 is billed in advance


def test_the_recomputation_changes_the_rate_of_tax_with_the_year(rows):
    last = {
        (row["customer"], row["charge"], row["item"]): (row["month"], row["rate"], row["net"])
        for row in rows
        if row["issued_on"] == "2014-01-01" and row["seller"] == "fr"
    }
    assert last["MARTIN", "gas", ""] == ("2013-12", "19.6", "28.00")  # 8.75 × 3.20
    assert last["MARTIN", "software_seats", ""] == ("2014-01", "20", "50.00")  # 4 × 12.50
    assert last["DURAND", "devices", "COMPRESSEUR"] == ("2013-12", "19.6", "15.00")  # 15/31 × 31.00
