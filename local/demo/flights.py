"""The flights that left New York in 2013, read from the January sample or from the whole year."""

import csv
import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).parent / "data"
SAMPLE = DATA / "january.zip"
MISSING = "NA"


@dataclass(frozen=True, slots=True)
class Flight:
    """
    A scheduled departure: `day_on` and `hour` are local time, `scheduled_at` is UTC.

    `tail` is empty where the source has none; `departed` is false for a cancelled flight.
    """

    day_on: date
    hour: int
    scheduled_at: datetime
    carrier: str
    number: int
    airport: str
    tail: str
    departed: bool


def flights(source: Path, *, month: int | None = None) -> Iterator[Flight]:
    """
    Yield the flights of one month of 2013 in order of day, or all of them.

    All of them come in the order of the source: its months are sorted as text (1, 10, 11, 12, 2).
    """
    for row in _rows(source, "flights.csv"):
        if month is None or int(row["month"]) == month:
            yield _flight(row)


def seats_by_tail(source: Path) -> dict[str, int]:
    """Return the seats of every aircraft on file."""
    return {row["tailnum"]: int(row["seats"]) for row in _rows(source, "planes.csv")}


def airline_names(source: Path) -> dict[str, str]:
    return {row["carrier"]: row["name"] for row in _rows(source, "airlines.csv")}


def pairs() -> tuple[tuple[str, str], ...]:
    """Return each (carrier, airport) with a flight in 2013, sorted: one subscription each."""
    with (DATA / "pairs.csv").open(newline="") as table:
        return tuple((row["carrier"], row["airport"]) for row in csv.DictReader(table))


def _flight(row: dict[str, str]) -> Flight:
    hour, minute = divmod(int(row["sched_dep_time"]), 100)  # 1545 is a quarter to four
    hour_at = datetime.fromisoformat(row["time_hour"])
    return Flight(
        day_on=date(int(row["year"]), int(row["month"]), int(row["day"])),
        hour=hour,
        scheduled_at=hour_at + timedelta(minutes=minute),
        carrier=row["carrier"],
        number=int(row["flight"]),
        airport=row["origin"],
        tail="" if row["tailnum"] == MISSING else row["tailnum"],
        departed=row["dep_time"] != MISSING,
    )


def _rows(source: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the sample (a zip), or of the package's source archive."""
    if zipfile.is_zipfile(source):
        yield from _zipped(source, name)
        return
    with tarfile.open(source) as archive:
        member = next(one for one in archive if one.name.rpartition("/")[2].startswith(name))
        content = archive.extractfile(member)
        if content is None:
            raise ValueError(f"{source}: expected a file under {member.name}")
        table = io.BytesIO(content.read())
    if member.name.endswith(".zip"):
        yield from _zipped(table, name)
    else:
        yield from csv.DictReader(io.TextIOWrapper(table, newline=""))


def _zipped(source: Path | io.BytesIO, name: str) -> Iterator[dict[str, str]]:
    with (
        zipfile.ZipFile(source) as archive,
        archive.open(name) as content,
        io.TextIOWrapper(content, encoding="utf-8", newline="") as table,
    ):
        yield from csv.DictReader(table)
