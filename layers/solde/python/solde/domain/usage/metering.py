"""What an event says to the meters of its type: which of them it moves, where, and by how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from solde.domain.catalog import Aggregation, Meter
from solde.domain.usage.event import Flaw, escaped, shown
from solde.domain.usage.exact import EXPECTED, decimal_value
from solde.domain.usage.partial import Dimensions

MetersByType = Mapping[str, tuple[Meter, ...]]


class Reading(NamedTuple):
    """`value` is a decimal, the text of a unique count, or None for a plain count."""

    meter: Meter
    cell: Dimensions
    value: Decimal | str | None


@dataclass(frozen=True, slots=True)
class Misread:
    """Why an event moves no meter at all: one flaw of it is enough to refuse the whole."""

    code: str
    flaw: Flaw


def by_event_type(meters: Iterable[Meter]) -> MetersByType:
    found: dict[str, tuple[Meter, ...]] = {}
    for meter in sorted(meters, key=lambda one: one.code):
        found[meter.event_type] = (*found.get(meter.event_type, ()), meter)
    return found


def readings(
    meters: MetersByType, event_type: str, data: Mapping[str, object]
) -> list[Reading] | Misread:
    """Read an event for every meter that takes it; it counts for all of them or for none."""
    mine = meters.get(event_type)
    if mine is None:
        wanted = "the event type of a meter"
        return Misread("unknown_meter", Flaw("/type", "unknown_meter", wanted, shown(event_type)))
    found = []
    for meter in mine:
        if meter.filters and not _passes(meter, data):
            continue
        value = None if meter.aggregation is Aggregation.COUNT else _value(meter, data)
        if isinstance(value, Flaw):
            return Misread("bad_value", value)
        cell = tuple([_text(data.get(name)) for name in meter.dimensions])
        found.append(Reading(meter, cell, value))
    if not found:
        wanted = "data that passes the filters of a meter"
        return Misread("not_metered", Flaw("/data", "not_metered", wanted, shown(dict(data))))
    return found


def _passes(meter: Meter, data: Mapping[str, object]) -> bool:
    return all(name in data and _text(data[name]) == wanted for name, wanted in meter.filters)


def _value(meter: Meter, data: Mapping[str, object]) -> Decimal | str | Flaw:
    found = data.get(meter.value)
    if meter.aggregation is Aggregation.UNIQUE:
        if isinstance(found, str | int):
            return _text(found)
        return _bad_value(meter, "text or a whole number", data)
    value = decimal_value(found)
    if value is None:
        return _bad_value(meter, EXPECTED, data)
    return value


def _bad_value(meter: Meter, expected: str, data: Mapping[str, object]) -> Flaw:
    found = shown(data[meter.value]) if meter.value in data else "nothing"
    return Flaw(f"/data/{escaped(meter.value)}", "bad_value", expected, found)


def _text(value: object) -> str:
    """Return a property as text; what is absent or is no scalar has none."""
    if type(value) is str:
        return value
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
    return ""
