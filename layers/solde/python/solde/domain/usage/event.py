"""A usage event: its form as CloudEvents has it, and what is wrong with one that lacks it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

TEXT_LENGTH = 255
DEPTH = 8
PROPERTIES = 500
"""Values in `data`, nested ones included."""
FOUND_LENGTH = 60
FLAWS = 20
"""How many flaws of one event are named, about: a hostile one may have hundreds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_US = 946_684_800_000_000
"""2000-01-01T00:00:00Z: an earlier time is a mistake of the sender's clock."""
MICROSECOND = timedelta(microseconds=1)

CORRECTS, CANCELS = "corrects", "cancels"
"""Attributes of an event that name the id of an earlier one."""
ORIGINAL_SOURCE = "originalsource"
"""The source of the earlier one, where it is another."""

_NAMES = ("source", "id", "type", "subject")
_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)
_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json(?:;.*)?", re.ASCII | re.IGNORECASE)


class Event(NamedTuple):
    """
    An event as it is stored: `at_us` and `received_ms` count from 1970 in UTC.

    `identity` and `digest` are hex digits; see `solde.domain.usage.identity`. `amends` is there
    where it corrects or cancels an earlier event: which of both, and that one's source and id.
    """

    identity: str
    digest: str
    at_us: int
    received_ms: int
    source: str
    id: str
    type: str
    subject: str
    data: Mapping[str, object]
    amends: Sequence[str] | None = None

    @property
    def fields(self) -> tuple[object, ...]:
        """Return what is written: an event that amends nothing is as long as it always was."""
        return tuple(self) if self.amends else tuple(self[:-1])


class Draft(NamedTuple):
    """A well-formed event that has just come in."""

    source: str
    id: str
    type: str
    subject: str
    at_us: int
    data: Mapping[str, object]
    amends: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong: `pointer` is a JSON pointer inside the event."""

    pointer: str
    code: str
    expected: str
    found: str

    @property
    def detail(self) -> str:
        return f"expected {self.expected}, found {self.found}"


def read_event(found: object, *, latest_us: int) -> Draft | tuple[Flaw, ...]:
    """
    Return the event, or everything that is wrong with its form.

    `latest_us` is how far ahead of its receipt an event may be dated (R7).
    """
    if not isinstance(found, dict):
        return (Flaw("", "not_an_event", "an object", shown(found)),)
    flaws: list[Flaw] = []
    source, event_id, event_type, subject = said = [found.get(name) for name in _NAMES]
    for text in said:
        if type(text) is not str or not 0 < len(text) <= TEXT_LENGTH or not text.isprintable():
            flaws += _bad_texts(found)
            break
    if found.get("specversion") != "1.0":
        flaws.append(_flaw(found, "specversion", "bad_version", '"1.0"'))
    at_us = _instant(found, latest_us, flaws)
    data = _data(found, flaws)
    amends = _amends(found, flaws) if CORRECTS in found or CANCELS in found else None
    return tuple(flaws) or Draft(source, event_id, event_type, subject, at_us, data, amends)  # type: ignore[arg-type]


def shown(value: object) -> str:
    """Name a value for an error: its kind, and the value itself where it is short."""
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return f'"{value[:FOUND_LENGTH]}{"…" if len(value) > FOUND_LENGTH else ""}"'
        case int() | float():
            return f"number {str(value)[:FOUND_LENGTH]}"
        case dict():
            return "an object"
        case _:
            return "an array"


def escaped(name: object) -> str:
    """Escape a name for a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")


def _amends(found: Mapping[str, object], flaws: list[Flaw]) -> tuple[str, str, str] | None:
    """Return what is done to which event; an event amends one other, and in one way."""
    kind = CORRECTS if CORRECTS in found else CANCELS
    source = found.get(ORIGINAL_SOURCE, found.get("source"))
    if CORRECTS in found and CANCELS in found:
        flaws.append(_flaw(found, CANCELS, "bad_text", f"{CORRECTS} or {CANCELS}, not both"))
    for name, text in ((kind, found[kind]), (ORIGINAL_SOURCE, source)):
        if not _is_text(text):
            flaws.append(_flaw(found, name, "bad_text", f"1 to {TEXT_LENGTH} printable characters"))
    if (source, found[kind]) == (found.get("source"), found.get("id")):
        flaws.append(_flaw(found, kind, "amends_itself", "the id of another event"))
    return (kind, str(source), str(found[kind]))


def _is_text(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= TEXT_LENGTH and text.isprintable()


def _bad_texts(found: Mapping[str, object]) -> Iterator[Flaw]:
    for name in _NAMES:
        if not _is_text(found.get(name)):
            yield _flaw(found, name, "bad_text", f"1 to {TEXT_LENGTH} printable characters")


def _instant(found: Mapping[str, object], latest_us: int, flaws: list[Flaw]) -> int:
    value = found.get("time")
    at_us = microseconds(value) if isinstance(value, str) else None
    if at_us is None:
        wanted = "an RFC 3339 time with its offset, such as 2026-01-31T12:00:00Z"
        flaws.append(_flaw(found, "time", "bad_time", wanted))
        return 0
    if at_us < EARLIEST_US:
        flaws.append(_flaw(found, "time", "bad_time", "a time from the year 2000 on"))
    elif at_us > latest_us:
        latest = EPOCH + latest_us * MICROSECOND
        flaws.append(
            _flaw(found, "time", "time_ahead", f"a time up to {latest:%Y-%m-%dT%H:%M:%SZ}")
        )
    return at_us


def microseconds(text: str) -> int | None:
    """Return an RFC 3339 time in µs since 1970, finer digits cut off; None if it is none."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return (datetime.fromisoformat(text.upper()) - EPOCH) // MICROSECOND
    except ValueError:
        return None


def _data(found: Mapping[str, object], flaws: list[Flaw]) -> Mapping[str, object]:
    if "data_base64" in found:
        flaws.append(Flaw("/data_base64", "bad_data", "JSON in data", "binary data"))
    kind = found.get("datacontenttype", "application/json")
    if not isinstance(kind, str) or not _JSON.fullmatch(kind):
        flaws.append(_flaw(found, "datacontenttype", "bad_data", "application/json"))
    data = found.get("data")
    if data is None:
        return {}
    if not isinstance(data, dict):
        flaws.append(_flaw(found, "data", "bad_data", "an object"))
        return {}
    for value in data.values():
        if type(value) is not str and type(value) is not int:
            _walk(data, flaws)
            break
    else:
        if len(data) > PROPERTIES:
            flaws.append(_too_many())
    return data


def _walk(data: Mapping[str, object], flaws: list[Flaw]) -> None:
    """Look at every value: numbers are whole, and nothing is nested too deep."""
    waiting: list[tuple[str, object, int]] = [("/data", data, 1)]
    seen = 0
    while waiting:
        pointer, value, depth = waiting.pop()
        seen += 1
        if isinstance(value, float):
            wanted = 'a whole number, or a decimal as text such as "3.20"'
            flaws.append(Flaw(pointer, "not_exact", wanted, shown(value)))
        elif isinstance(value, dict | list):
            if depth > DEPTH:
                flaws.append(Flaw(pointer, "too_deep", f"at most {DEPTH} levels", "more"))
                return
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [(f"{pointer}/{escaped(name)}", one, depth + 1) for name, one in inner]
        if len(flaws) > FLAWS:
            return
        if seen + len(waiting) > PROPERTIES:
            flaws.append(_too_many())
            return


def _too_many() -> Flaw:
    return Flaw("/data", "too_many_values", f"at most {PROPERTIES} values", "more")


def _flaw(found: Mapping[str, object], name: str, code: str, expected: str) -> Flaw:
    return Flaw(f"/{name}", code, expected, shown(found[name]) if name in found else "nothing")
