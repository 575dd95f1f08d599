"""What an event says to the meters of its type: which of them it moves, where, and by how much."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from solde.domain.catalog import Aggregation, Meter
from solde.domain.usage.event import Flaw, escaped, shown
from solde.domain.usage.exact import EXPECTED, decimal_value
from solde.domain.usage.partial import Dimensions
from solde.domain.usage.single import Fields

Data = Mapping[str, object]
Value = Decimal | str | Fields | None
"""A decimal, the text of a unique count, None for a plain count, or the fields that are kept."""
Reading = tuple[Meter, Dimensions, Value]
"""Plain tuples, for there is one for each event and meter."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A meter whose way of reading is made ready once: nothing is looked up for each event."""

    meter: Meter
    value: Callable[[Data], Value | Flaw]
    cell: Callable[[Data], Dimensions] | None
    passes: Callable[[Data], bool] | None


MetersByType = Mapping[str, tuple[Reader, ...]]


@dataclass(frozen=True, slots=True)
class Misread:
    """Why an event moves no meter at all: one flaw of it is enough to refuse the whole."""

    code: str
    flaw: Flaw


def by_event_type(meters: Iterable[Meter]) -> MetersByType:
    found: dict[str, tuple[Reader, ...]] = {}
    for meter in sorted(meters, key=lambda one: one.code):
        reader = Reader(
            meter,
            _value_of(meter),
            _cell_of(meter) if meter.dimensions else None,
            _filter_of(meter) if meter.filters or meter.excludes else None,
        )
        found[meter.event_type] = (*found.get(meter.event_type, ()), reader)
    return found


def readings(meters: MetersByType, event_type: str, data: Data) -> list[Reading] | Misread:
    """Read an event for every meter that takes it; it counts for all of them or for none."""
    mine = meters.get(event_type)
    if mine is None:
        wanted = "the event type of a meter"
        return Misread("unknown_meter", Flaw("/type", "unknown_meter", wanted, shown(event_type)))
    found: list[Reading] = []
    for one in mine:
        if one.passes is None or one.passes(data):
            value = one.value(data)
            if type(value) is Flaw:
                return Misread("bad_value", value)
            found.append((one.meter, one.cell(data) if one.cell else (), value))  # type: ignore[arg-type]
    if not found:
        wanted = "data that passes the filters of a meter"
        return Misread("not_metered", Flaw("/data", "not_metered", wanted, shown(dict(data))))
    return found


def _value_of(meter: Meter) -> Callable[[Data], Value | Flaw]:
    if meter.fields:
        return _fields_of(meter.fields)
    match meter.aggregation:
        case Aggregation.COUNT:
            return _nothing
        case Aggregation.UNIQUE:
            return _name_of(meter)
        case _:
            return _decimal_of(meter.value)


def _nothing(_data: Data) -> None:
    return None


def _name_of(meter: Meter) -> Callable[[Data], Value | Flaw]:
    def name(data: Data) -> Value | Flaw:
        found = data.get(meter.value)
        if isinstance(found, str | int):
            return _text(found)
        return _bad_value(meter.value, "text or a whole number", data)

    return name


def _decimal_of(name: str) -> Callable[[Data], Decimal | Flaw]:
    def decimal(data: Data) -> Decimal | Flaw:
        value = decimal_value(data.get(name))
        return _bad_value(name, EXPECTED, data) if value is None else value

    return decimal


def _fields_of(names: Sequence[str]) -> Callable[[Data], Value | Flaw]:
    readers = [_decimal_of(name) for name in names]

    def fields(data: Data) -> Value | Flaw:
        found = []
        for read in readers:
            value = read(data)
            if isinstance(value, Flaw):
                return value
            found.append(value)
        return tuple(found)

    return fields


def _cell_of(meter: Meter) -> Callable[[Data], Dimensions]:
    names = meter.dimensions
    return lambda data: tuple([_text(data.get(name)) for name in names])


def _filter_of(meter: Meter) -> Callable[[Data], bool]:
    wanted, unwanted = meter.filters, meter.excludes
    return lambda data: (
        all(name in data and _text(data[name]) == text for name, text in wanted)
        and not any(name in data and _text(data[name]) == text for name, text in unwanted)
    )


def _bad_value(name: str, expected: str, data: Data) -> Flaw:
    found = shown(data[name]) if name in data else "nothing"
    return Flaw(f"/data/{escaped(name)}", "bad_value", expected, found)


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
