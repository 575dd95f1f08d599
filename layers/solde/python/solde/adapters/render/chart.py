"""Bars of a chart by whole numbers, so that page and paper show the same; each has its figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from solde.adapters.render.words import Words

HIGHEST = 1000
"""How high the highest bar is; the others are in proportion, rounded down."""
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    month: str
    """In full, for the table that says the same."""
    text: str
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """`told` is for those who do not see it; `columns` head the table of its figures."""

    title: str
    told: str
    bars: tuple[Bar, ...]
    columns: tuple[str, str]


def charts(document: Mapping[str, Any], words: Words) -> Iterator[Chart]:
    """Yield a chart for each subscription and meter whose months a document carries."""
    names = {one["subscription"]["id"]: one["subscription"] for one in document["lines"]}
    for one in document.get("usage_history", ()):
        sold = names[one["subscription"]]
        name = f"{sold['name'] or sold['external_id']}  ·  {one['name']}"
        bars = tuple(_bars(one["months"], words))
        yield Chart(
            title=words.say("chart_title", name=name),
            told="; ".join(f"{bar.month}: {bar.text}" for bar in bars),
            bars=bars,
            columns=(words.say("chart_month"), words.say("quantity")),
        )


def _bars(months: Sequence[Sequence[str]], words: Words) -> Iterator[Bar]:
    heights = scaled([Decimal(text or 0) for _, text in months])
    for (month, text), height in zip(months, heights, strict=True):
        yield Bar(
            label=words.month(month, short=True),
            month=words.month(month),
            text=UNKNOWN if text is None else words.number(Decimal(text)),
            height=height,
        )


def scaled(amounts: Iterable[Decimal]) -> list[int]:
    """Return heights in whole numbers: what is below nothing has none."""
    whole = list(amounts)
    most = max(whole, default=Decimal(0))
    if most <= 0:
        return [0 for _ in whole]
    return [int(max(one, Decimal(0)) * HIGHEST // most) for one in whole]
