"""Custom fields: what a seller keeps of his own, each of a type; amounts never follow them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from solde.domain.errors import InvalidError

PLACES = ("customer", "subscription", "line", "document")
STRING, NUMBER, DATE, BOOLEAN, CHOICE = TYPES = ("string", "number", "date", "boolean", "choice")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TEXT_MAX = 200
DELETE = 0x7F

Value = str | bool
Values = tuple[tuple[str, Value], ...]
"""Names with what they are, in the order of the names."""


@dataclass(frozen=True, slots=True)
class CustomField:
    """What may be said at a place; `labels` are what it is called, by language, if not `label`."""

    on: str
    name: str
    type: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise InvalidError(
                "name: expected at most 40 small letters, digits and _, a letter first, "
                f"found {self.name!r}",
                pointer="/name",
            )
        if (self.type == CHOICE) != bool(self.choices):
            wanted = "some" if self.type == CHOICE else "none"
            raise InvalidError(
                f"choices: expected {wanted} of a {self.type}, found {len(self.choices)}",
                pointer="/choices",
            )

    def called(self, language: str) -> str:
        return self.labels.get(language.partition("-")[0], self.label)


def must_be_declared_once(declared: Iterable[CustomField]) -> None:
    """
    Refuse two fields of one name at one place.

    Raises:
        InvalidError: with the name.

    """
    seen = set()
    for place, one in enumerate(declared):
        if (one.on, one.name) in seen:
            raise InvalidError(
                f"custom_fields: expected each name once on a {one.on}, found {one.name!r} twice",
                pointer=f"/custom_fields/{place}/name",
            )
        seen.add((one.on, one.name))


def must_keep_types(before: Iterable[CustomField], after: Iterable[CustomField]) -> None:
    """
    Refuse another type of a field: values of it are kept already.

    Raises:
        InvalidError: with the type that it has.

    """
    known = {(one.on, one.name): one.type for one in before}
    for place, one in enumerate(after):
        kept = known.get((one.on, one.name), one.type)
        if kept != one.type:
            raise InvalidError(
                f"custom_fields: expected {one.name} of a {one.on} to stay a {kept}, found "
                f"{one.type}: declare another name",
                pointer=f"/custom_fields/{place}/type",
            )


def must_fit(declared: Iterable[CustomField], on: str, given: Mapping[str, object]) -> Values:
    """
    Return what is given at a place, by name.

    Raises:
        InvalidError: a name that is not declared there, or a value that is not of its type.

    """
    known = {one.name: one for one in declared if one.on == on}
    for name, value in given.items():
        if name not in known:
            raise InvalidError(
                f"custom_fields: expected one of {', '.join(sorted(known)) or 'none'} on a {on}, "
                f"found {name!r}",
                pointer=f"/custom_fields/{name}",
            )
        if not _fits(known[name], value):
            raise InvalidError(
                f"custom_fields: expected {_wanted(known[name])} as {name}, found {value!r:.100}",
                pointer=f"/custom_fields/{name}",
            )
    fitting = {name: value for name, value in given.items() if isinstance(value, str | bool)}
    return tuple(sorted(fitting.items()))


def _fits(one: CustomField, value: object) -> bool:
    if one.type == BOOLEAN or not isinstance(value, str):
        return one.type == BOOLEAN and isinstance(value, bool)
    if one.type == CHOICE:
        return value in one.choices
    return FITTING[one.type](value)


def _is_day(text: str) -> bool:
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_text(text: str) -> bool:
    control = any(ord(char) < ord(" ") or ord(char) == DELETE for char in text)
    return 0 < len(text) <= TEXT_MAX and not control


def _is_decimal(text: str) -> bool:
    return bool(DECIMAL.fullmatch(text))


FITTING: Mapping[str, Callable[[str], bool]] = {
    STRING: _is_text,
    NUMBER: _is_decimal,
    DATE: _is_day,
}


def _wanted(one: CustomField) -> str:
    if one.type == CHOICE:
        return f"one of {', '.join(one.choices)}"
    return {
        STRING: f"1 to {TEXT_MAX} characters without a control character",
        NUMBER: 'a decimal as text such as "12.50"',
        DATE: 'a day as text such as "2027-01-31"',
        BOOLEAN: "true or false",
    }[one.type]
