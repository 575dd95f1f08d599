"""Custom fields as they are read: each with its label, in the way that its language writes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from solde.adapters.render.lines import Group, Row
from solde.adapters.render.words import Words
from solde.domain.custom_fields import BOOLEAN, DATE, NUMBER
from solde.domain.invoicing.carried_fields import FIELDS

Raw = Sequence[Mapping[str, Any]]
"""Fields as a document carries them."""


class Untrue(str):
    """The text of a boolean that is false: in a condition it does not hold."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class Named:
    """Values by name for texts of templates; what is not there is what `blank` makes of it."""

    __slots__ = ("_blank", "_said")

    def __init__(self, said: Mapping[str, str], blank: Callable[[str], object]) -> None:
        self._said, self._blank = said, blank

    def __getitem__(self, name: str) -> object:
        return self._said[name] if name in self._said else self._blank(name)


def values_of(raw: Raw, words: Words) -> dict[str, str]:
    return {one["name"]: _said(one, words) for one in raw}


def labelled(
    raw: Raw, on: str, wanted: Sequence[str], words: Words, *, marked: bool = False
) -> Iterator[tuple[str, str]]:
    """
    Yield label and text of the fields of a place that a template wants shown, in its order.

    `marked`: one that is not there is shown as missing, under its name.
    """
    there = {f"{on}.{one['name']}": one for one in raw}
    for name in wanted:
        if one := there.get(name):
            yield one["label"], _said(one, words)
        elif marked and name.startswith(f"{on}."):
            yield name.partition(".")[2], f"[? {name}]"


def with_fields(groups: Iterable[Group], wanted: Sequence[str], words: Words) -> Iterator[Group]:
    """Yield groups with what is wanted of a subscription beside its name, of a line below it."""
    for group in groups:
        named = _joined(group.fields, "subscription", wanted, words)
        rows = tuple(_row(row, wanted, words) for row in group.rows)
        yield replace(group, name="  ·  ".join([group.name, *named]), rows=rows)


def _row(row: Row, wanted: Sequence[str], words: Words) -> Row:
    named = _joined(row.fields, "line", wanted, words)
    if not named:
        return row
    return replace(row, detail="  ·  ".join([*([row.detail] if row.detail else []), *named]))


def _joined(raw: Raw, on: str, wanted: Sequence[str], words: Words) -> list[str]:
    return [f"{label} {text}" for label, text in labelled(raw, on, wanted, words)]


def fields_of(part: Mapping[str, Any]) -> Raw:
    found: Raw = part.get(FIELDS, ())
    return found


def _said(one: Mapping[str, Any], words: Words) -> str:
    value = one["value"]
    if one["type"] == BOOLEAN:
        return words.say("yes") if value else Untrue(words.say("no"))
    if one["type"] == NUMBER:
        return words.number(Decimal(value))
    return words.day(value) if one["type"] == DATE else str(value)
