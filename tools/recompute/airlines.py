"""New York: fees in advance, and what each airline used at each airport in the month before."""

import csv
import io
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from recompute.lines import Line, cents, month_before, month_of

ALL = "EWR JFK LGA"
AIRPORTS_OF = {  # where each airline has a flight in 2013: 35 subscriptions
    "9E": ALL,
    "AA": ALL,
    "AS": "EWR",
    "B6": ALL,
    "DL": ALL,
    "EV": ALL,
    "F9": "LGA",
    "FL": "LGA",
    "HA": "JFK",
    "MQ": ALL,
    "OO": "EWR LGA",
    "UA": ALL,
    "US": ALL,
    "VX": "EWR JFK",
    "WN": "EWR LGA",
    "YV": "LGA",
}
FEE = Fraction(25000)
DEPARTURES = ((0, 500, 120), (500, 2000, 105), (2000, 10**9, 90))
"""Above so many in the month, up to so many, dollars each."""

SEAT = Fraction(45, 100)
SEATS_NOT_ON_FILE = 150
FIRST_HOURS = (5, 7, 10, 16, 20)
RUNWAY_CENTS = {  # from 05, 07, 10, 16 and 20 o'clock on
    "EWR": (5200, 7850, 4875, 8425, 4550),
    "JFK": (5525, 8200, 5150, 9500, 4775),
    "LGA": (4975, 8850, 4625, 9175, 3500),
}
RUNWAY_CENTS_BEFORE_FIVE = 4000

Key = tuple[str, str, str]
"""Carrier, airport, month of the local day."""


@dataclass
class Usage:
    departures: int = 0
    seats: int = 0
    not_on_file: int = 0
    runway: Counter[int] = field(default_factory=Counter)


def airline_lines(usage: Mapping[Key, Usage], days: Sequence[date]) -> Iterator[Line]:
    for day in days:
        for carrier, airports in AIRPORTS_OF.items():
            for airport in airports.split():
                fee = Line("nyc", day, carrier, airport, month_of(day), "fee", net=cents(FEE))
                yield fee
                used = usage.get((carrier, airport, month_before(day)))
                if used:
                    yield from _usage_lines(replace(fee, month=month_before(day)), used)


def _usage_lines(line: Line, used: Usage) -> Iterator[Line]:
    departures = sum(
        (min(used.departures, up_to) - above) * each
        for above, up_to, each in DEPARTURES
        if used.departures > above
    )
    assumed = used.not_on_file * SEATS_NOT_ON_FILE
    runway = Fraction(sum(price * times for price, times in used.runway.items()), 100)
    for charge, quantity, count, exact in (
        ("departures", used.departures, used.departures, Fraction(departures)),
        ("seats", used.seats, used.departures - used.not_on_file, used.seats * SEAT),
        ("seats_not_on_file", assumed, used.not_on_file, assumed * SEAT),
        ("runway", used.departures, used.departures, runway),
    ):
        if quantity:
            yield replace(
                line, charge=charge, quantity=Decimal(quantity), count=count, net=cents(exact)
            )


def airline_usage(source: Path) -> dict[Key, Usage]:
    """
    Sum departures by carrier, airport and month of the local day.

    Exits if there is a flight of a pair that AIRPORTS_OF does not know.
    """
    seats = {row["tailnum"]: int(row["seats"]) for row in _table(source, "planes.csv")}
    book: dict[Key, Usage] = defaultdict(Usage)
    for row in _table(source, "flights.csv"):
        if row["dep_time"] == "NA":
            continue  # it never left: not billed
        if row["origin"] not in AIRPORTS_OF[row["carrier"]]:
            sys.exit(f"expected a known airport of {row['carrier']}, found {row['origin']}")
        usage = book[row["carrier"], row["origin"], f"{row['year']}-{int(row['month']):02}"]
        usage.departures += 1
        usage.seats += seats.get(row["tailnum"], 0)
        usage.not_on_file += row["tailnum"] not in seats
        usage.runway[_runway_cents(row["origin"], int(row["sched_dep_time"]) // 100)] += 1
    return book


def _runway_cents(airport: str, hour: int) -> int:
    band = sum(hour >= first for first in FIRST_HOURS)
    return RUNWAY_CENTS[airport][band - 1] if band else RUNWAY_CENTS_BEFORE_FIVE


def _table(source: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the sample (a zip), or of the package's source archive."""
    if zipfile.is_zipfile(source):
        content = _unzipped(source, name)
    else:
        with tarfile.open(source) as archive:
            member = next(one for one in archive if Path(one.name).name.startswith(name))
            found = archive.extractfile(member)
            content = found.read() if found else b""
        if member.name.endswith(".zip"):
            content = _unzipped(io.BytesIO(content), name)
    yield from csv.DictReader(io.StringIO(content.decode()))


def _unzipped(source: Path | io.BytesIO, name: str) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return archive.read(name)
