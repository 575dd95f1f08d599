"""
Cut January out of the flights of 2013: make_sample.py SDIST SAMPLE.

The sample is a zip of the same three tables under the same names, with the columns and rows that
the demo reads. bzip2 is used because its output has been the same for twenty years: made again,
the file is the same to the byte.
"""

import csv
import io
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

MONTH = "1"
FLIGHT_COLUMNS = (
    *("year", "month", "day", "dep_time", "sched_dep_time"),
    *("carrier", "flight", "tailnum", "origin", "time_hour"),
)
PLANE_COLUMNS = ("tailnum", "seats")
AIRLINE_COLUMNS = ("carrier", "name")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
READABLE = 0o644 << 16
UNIX = 3


def main(sdist: Path, sample: Path) -> None:
    flights = [row for row in _rows(sdist, "flights.csv") if row["month"] == MONTH]
    tails = {row["tailnum"] for row in flights}
    planes = [row for row in _rows(sdist, "planes.csv") if row["tailnum"] in tails]
    airlines = list(_rows(sdist, "airlines.csv"))
    with zipfile.ZipFile(sample, "w") as made:
        _add(made, "flights.csv", FLIGHT_COLUMNS, flights)
        _add(made, "planes.csv", PLANE_COLUMNS, planes)
        _add(made, "airlines.csv", AIRLINE_COLUMNS, airlines)
    print(f"{sample}: {len(flights)} flights, {len(planes)} planes, {len(airlines)} airlines")


def _rows(sdist: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, which lies in the archive as it is or in a zip of its own."""
    with tarfile.open(sdist) as archive:
        member = next(one for one in archive if one.name.rpartition("/")[2].startswith(name))
        content = archive.extractfile(member)
        if content is None:
            sys.exit(f"{sdist}: expected a file, found something else under {member.name}")
        table = content.read()
    if member.name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(table)) as zipped:
            table = zipped.read(name)
    yield from csv.DictReader(io.StringIO(table.decode()))


def _add(
    made: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Sequence[dict[str, str]]
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_BZIP2
    entry.create_system = UNIX
    entry.external_attr = READABLE
    made.writestr(entry, text.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
