"""The first seller: the airports of New York bill 16 airlines, one subscription per airport."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from local.demo import catalog
from local.demo.catalog import Charge, Party, Request
from local.demo.events import TYPE, subject
from local.demo.flights import pairs

HERE = Path(__file__).parent
START_ON = date(2013, 1, 1)
PLAN = "terminal"
AIRPORTS = {"EWR": "Newark Liberty", "JFK": "John F. Kennedy", "LGA": "LaGuardia"}

SELLER: dict[str, Any] = {
    "code": "nyc",
    "name": "The airports of New York",
    "address": catalog.address("4 Terminal Square", "10007", "New York, NY", "US"),
    "currency": "USD",
    "language": "en-US",
    "time_zone": "America/New_York",
    "tax_regime": "none",
    "number_prefix": "NYC",
    "terms_days": 15,
    "payable_by": ["sandbox"],
    "registration": {"email": "receivables@airports.example.test"},
}


def set_up() -> Iterator[Request]:
    """Yield every request, in an order in which each finds what it names."""
    yield catalog.meter("departures", TYPE)
    yield catalog.meter("seats", TYPE, value="seats", filters={"on_file": "yes"})
    yield catalog.meter("seats_not_on_file", TYPE, value="seats", filters={"on_file": "no"})
    yield catalog.meter("runway", TYPE, dimensions=("airport", "band"))
    charges = _charges()
    for charge in charges:
        yield from catalog.charged(charge)
    yield catalog.monthly_plan(PLAN, "Terminal and runway", charges)
    for airline in json.loads((HERE / "airlines.json").read_text(encoding="utf-8")):
        yield catalog.customer(_party(airline))
    for carrier, airport in pairs():
        yield catalog.subscription(
            subject(carrier, airport),
            customer_code=carrier,
            plan=PLAN,
            name=f"{AIRPORTS[airport]} ({airport})",
            start_on=START_ON,
        )


def _charges() -> tuple[Charge, ...]:
    tariff = json.loads((HERE / "tariff.json").read_text())
    money = tariff["currency"]
    seat = catalog.per_unit(tariff["seat"])
    runway = catalog.matrix(("airport", "band"), tariff["runway"], tariff["runway_default"])
    departures = catalog.graduated(tariff["departures"])
    fee = catalog.flat(tariff["terminal_fee"])
    return (
        Charge("fee", "Terminal fee", money, "advance", fee),
        Charge("departures", "Departures", money, "usage", departures, "departures"),
        Charge("seats", "Seats", money, "usage", seat, "seats"),
        Charge(
            "seats_not_on_file",
            "Seats, aircraft not on file",
            money,
            "usage",
            seat,
            "seats_not_on_file",
        ),
        Charge("runway", "Runway, by hour of the day", money, "usage", runway, "runway"),
    )


def _party(airline: dict[str, str]) -> Party:
    code = airline["code"]
    return Party(
        code=code,
        entity=SELLER["code"],
        name=airline["name"],
        address=catalog.address(airline["street"], airline["postcode"], airline["city"], "US"),
        email=f"payables@{code.lower()}.example.test",
        language="en-US",
        registration={},
    )
