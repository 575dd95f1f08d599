"""The annex of a document: devices and what they cost, usage by day, each with its sub-totals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from solde.adapters.render.lines import from_to
from solde.adapters.render.words import Words
from solde.domain.invoicing.amounts import printed

Document = Mapping[str, Any]
Lines = Sequence[Mapping[str, Any]]
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Part:
    """A table of an annex: texts by column, and below them what they come to."""

    name: str
    columns: tuple[str, ...]
    first_figure: int
    """Which column is the first of figures."""
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, str]


def annex(document: Document, words: Words) -> Iterator[Part]:
    """Yield the devices of each subscription, then its usage, line by line."""
    for _, found in groupby(document["lines"], key=lambda line: line["subscription"]["id"]):
        lines = list(found)
        sold = lines[0]["subscription"]
        name = sold["name"] or sold["external_id"]
        if devices := [line for line in lines if "device" in line]:
            yield _devices(name, devices, document["currency"], words)
        for line in lines:
            if "used" in line:
                yield _usage(name, line, words)


def _devices(name: str, lines: Lines, currency: str, words: Words) -> Part:
    heads = ("annex_device", "description", "service", "quantity", "amount")
    total = words.money(sum(printed(line) for line in lines), currency)
    return Part(
        name=words.say("annex_devices", name=name),
        columns=tuple(map(words.say, heads)),
        first_figure=3,
        rows=tuple(
            (
                line["device"],
                line["description"],
                from_to(line["service"], words),
                words.number(Decimal(line["units"])),
                words.money(printed(line), currency),
            )
            for line in lines
        ),
        total=(words.say("subtotal", name=name), total),
    )


def _usage(name: str, line: Mapping[str, Any], words: Words) -> Part:
    used, total = line["used"], line["used"]["total"]
    rows = tuple(
        (words.day(day, short=True), words.number(Decimal(amount)))
        for day, amount in used.get("days", ())
    )
    return Part(
        name=f"{name}  ·  {line['description']}",
        columns=(words.say("annex_day"), words.say("quantity")),
        first_figure=1,
        rows=rows,
        total=(
            words.say("subtotal", name=from_to(line["service"], words)),
            UNKNOWN if total is None else words.number(Decimal(total)),
        ),
    )
