"""The second seller, in France: gas by the cubic metre, software by the seat, sensors by day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from local.demo import catalog
from local.demo.catalog import Charge, Party, Request

BOOK = Path(__file__).parent / "french.json"
SOURCE = "urn:compteurs"
TYPE = "gas.metered"
ZONE = ZoneInfo("Europe/Paris")

SELLER: dict[str, Any] = {
    "code": "fr",
    "name": "Énergie et Services du Rhône SAS",
    "address": catalog.address("8 place Bellecour", "69002", "Lyon", "FR"),
    "currency": "EUR",
    "language": "fr-FR",
    "time_zone": "Europe/Paris",
    "tax_regime": "FR",
    "number_prefix": "FR",
    "terms_days": 30,
    "payable_by": ["sandbox"],
    "registration": {
        "siren": "001122332",
        "vat_id": "FR41001122332",
        "legal_form": "SAS",
        "capital": "50 000 €",
        "register": "RCS Lyon",
        "iban": "FR7630006000011234567890189",
        "email": "factures@energie-services.example.test",
    },
}


@dataclass(frozen=True, slots=True)
class Happening:
    """A request to be made when the clock stands on that day, before the day's bill run."""

    on: date
    request: Request


def set_up() -> Iterator[Request]:
    """Yield what is there on 1 January 2013, in an order in which each finds what it names."""
    book = _book()
    gas, seats, devices = _charges(book)
    yield catalog.meter("gas", TYPE, value="m3")
    for charge in (gas, seats, devices):
        yield from catalog.charged(charge)
        yield catalog.monthly_plan(charge.code, charge.description, (charge,))
    for one in book["customers"]:
        yield catalog.customer(_party(one))
        yield _subscription(one, gas, "gas")
        yield _subscription(one, seats, "seats", software_seats=str(one["seats"]["quantity"]))
        yield _subscription(one, devices, "devices")


def happenings() -> list[Happening]:
    """Return the changes of the year in order of the day on which they are entered."""
    found = [one for row in _book()["customers"] for one in (*_seats(row), *_devices(row))]
    return sorted(found, key=lambda one: one.on)


def readings() -> list[dict[str, Any]]:
    """Return the gas metered in 2013 as usage events, in order of time."""
    events = [
        _reading(row["gas"]["subscription"], datetime.fromisoformat(local_time), m3)
        for row in _book()["customers"]
        for local_time, m3 in row["gas"]["readings"]
    ]
    return sorted(events, key=lambda event: str(event["time"]))


def _reading(subscription: str, local_time: datetime, m3: str) -> dict[str, Any]:
    at = local_time.replace(tzinfo=ZONE).astimezone(UTC)
    return {
        "specversion": "1.0",
        "id": f"{subscription}/{local_time:%Y-%m-%dT%H:%M}",
        "source": SOURCE,
        "type": TYPE,
        "subject": subscription,
        "time": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "data": {"m3": m3},
    }


def _charges(book: dict[str, Any]) -> tuple[Charge, Charge, Charge]:
    gas = catalog.per_unit(book["gas_per_m3"])
    seat, device = catalog.per_unit(book["seat"]), catalog.per_unit(book["device"])
    return (
        Charge("gas", "Gaz", "EUR", "usage", gas, "gas", "MTQ"),
        Charge("software_seats", "Logiciel, par poste", "EUR", "advance", seat),
        Charge("devices", "Capteurs, au jour", "EUR", "arrears", device, quantity="0"),
    )


def _party(row: dict[str, Any]) -> Party:
    return Party(
        code=row["code"],
        entity=SELLER["code"],
        name=row["name"],
        address=catalog.address(row["street"], row["postcode"], row["city"], "FR"),
        email=row["email"],
        language="fr-FR",
        registration={"siren": row["siren"], "vat_id": row["vat_id"]},
    )


def _subscription(row: dict[str, Any], charge: Charge, kind: str, **quantities: str) -> Request:
    return catalog.subscription(
        row[kind]["subscription"],
        customer_code=row["code"],
        plan=charge.code,
        name=charge.description,
        start_on=date.fromisoformat(row[kind]["start_on"]),
        **quantities,
    )


def _seats(row: dict[str, Any]) -> Iterator[Happening]:
    for change in row["seats"]["changes"]:
        request = catalog.quantity_changed(
            row["seats"]["subscription"],
            "software_seats",
            str(change["quantity"]),
            effective_on=date.fromisoformat(change["effective_on"]),
        )
        yield Happening(date.fromisoformat(change["entered_on"]), request)


def _devices(row: dict[str, Any]) -> Iterator[Happening]:
    for device in row["devices"]["switched_on"]:
        on = date.fromisoformat(device["on"])
        request = catalog.device_switched_on(
            row["devices"]["subscription"],
            "devices",
            device=device["id"],
            name=device["name"],
            effective_on=on,
        )
        yield Happening(on, request)


def _book() -> dict[str, Any]:
    book: dict[str, Any] = json.loads(BOOK.read_text(encoding="utf-8"))
    return book
