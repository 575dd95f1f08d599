"""The usage of a month as stored: a line a day; a day that is too large lies in an object."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import orjson

from solde.domain.errors import InvalidError
from solde.domain.periods import Period
from solde.domain.usage.additive import Sum
from solde.domain.usage.day_state import DayState, day_state_from_rows
from solde.domain.usage.quantity import Sums
from solde.ports.objects import ObjectStore
from solde.ports.usage import MeteredMonth
from solde.storage import keys
from solde.storage.reading import CorruptItemError, reading
from solde.storage.table import Equals, Item, NoItem, Put

SCHEMA = 1
INLINE_BYTES = 1_000
"""A day's text up to this size lies in the item, so that a month is never above some 35 kB."""
OBJECT = "sha256:"
"""Begins the text of a day that lies in an object: no JSON does."""


class Kept(NamedTuple):
    """A day as it is stored: by which generation, and its text or where that lies."""

    generation: int
    text: str


def generation_of(item: Item | None) -> int:
    return item["gen"] if item else 0


def month_put(
    customer_id: str,
    found: MeteredMonth,
    stored: Item | None,
    generation: int,
    objects: ObjectStore,
) -> Put:
    """
    Return the write of a month: its untouched days as stored, the others as rated now.

    The days are one text, a line each: `31 7 [[[],["count",1]]]` is the state that generation 7
    gave to the 31st. A list of lists would cost the SDK ten times as much to read.

    The stored generation must be the one that was read, and is older: a writer that comes late
    finds a newer one and is refused.
    """
    key = keys.usage_month(customer_id, found.month, found.subscription_id, found.meter)
    days = days_of(stored) if stored else {}
    for day, state in found.days.items():
        days[day] = Kept(generation, _kept(state, objects))
    item = {
        "pk": key.pk,
        "sk": key.sk,
        "schema": SCHEMA,
        "zone": found.zone,
        "gen": generation,
        "days": days_text(days),
    }
    if stored is None:
        return Put(item, (NoItem(guard="usage_gen"),))
    return Put(item, (Equals("gen", stored["gen"], guard="usage_gen"),))


SUM = r'\[\[\[\],\["sum",([0-9]+),"(-?[0-9]+(?:\.[0-9]+)?)"\]\]\]'
ONE_SUM = re.compile(SUM).fullmatch
"""What nearly all days are: one sum without dimensions."""
MONTH_OF_SUMS = re.compile(rf"^([0-3][0-9]) [0-9]+ ({SUM})$", re.MULTILINE).findall
NOTHING = DayState(0, {}, "")


def days_text(days: Mapping[date, Kept]) -> str:
    return "\n".join(f"{day:%d} {days[day].generation} {days[day].text}" for day in sorted(days))


def days_of(item: Item) -> dict[date, Kept]:
    """
    Take the days of a month apart, in their order; what each says is read by `states_of`.

    Raises:
        CorruptItemError: the item is not what it should be.

    """
    with reading(item):
        year, month = map(int, item["sk"].split("#")[1].split("-"))
        found = {}
        for line in item["days"].split("\n"):
            day, generation, text = line.split(" ", 2)
            found[date(year, month, int(day))] = Kept(int(generation), text)
        return found


def states_of(
    item: Item, days: Mapping[date, Kept], objects: ObjectStore
) -> Iterator[tuple[date, DayState]]:
    """
    Read days.

    Raises:
        CorruptItemError: a day cannot be read, or its object is gone or altered.

    """
    texts = [_text(one.text, objects) for one in days.values()]
    with reading(item):
        states = _states(days.values(), texts)
    yield from zip(days, states, strict=True)


def sums_of(item: Item, period: Period) -> Sums | None:
    """
    Read the days of a month that lie in a period, column by column: a tenth of what each costs.

    None if any day of the month is more than one sum: then `states_of` reads them.

    Raises:
        CorruptItemError: the item is not what it should be.

    """
    with reading(item):
        text: str = item["days"]
        rows = MONTH_OF_SUMS(text)
        month = item["sk"].split("#", 2)[1]
        if len(rows) != text.count("\n") + 1:
            return None
    begins, ends = period.start_on.isoformat(), period.end_on.isoformat()
    if begins > f"{month}-01" or ends <= f"{month}-31":
        rows = [row for row in rows if begins <= f"{month}-{row[0]}" < ends]
    if not rows:
        return Sums("")
    days, states, events, totals = zip(*rows, strict=True)
    dated = [f"{month}-{day}{state}" for day, state in zip(days, states, strict=True)]
    return Sums("".join(dated), events, totals)


def object_key(digest: str) -> str:
    return f"rating/days/{digest}.json"


def _states(days: Iterable[Kept], texts: list[str]) -> list[DayState]:
    """Read all texts: those of one sum each in place, the others in one go."""
    found, others = [], []
    for kept, text in zip(days, texts, strict=True):
        if told := ONE_SUM(text):
            found.append(DayState(kept.generation, {(): Sum(int(told[1]), Decimal(told[2]))}, text))
        else:
            others.append((len(found), kept.generation, text))
            found.append(NOTHING)
    if others:
        try:
            _read(others, found)
        except InvalidError as wrong:
            raise ValueError(str(wrong)) from wrong
    return found


def _read(others: list[tuple[int, int, str]], found: list[DayState]) -> None:
    """Put states where they belong: each with its place, generation and text."""
    rows = orjson.loads(f"[{','.join([text for _, _, text in others])}]")
    for (place, generation, text), cells in zip(others, rows, strict=True):
        found[place] = day_state_from_rows(generation, cells, text)


def _kept(state: DayState, objects: ObjectStore) -> str:
    body = state.text.encode()
    if len(body) <= INLINE_BYTES:
        return state.text
    digest = hashlib.sha256(body).hexdigest()
    objects.put_new(object_key(digest), body, content_type="application/json")
    return f"{OBJECT}{digest}"


def _text(kept: str, objects: ObjectStore) -> str:
    if not kept.startswith(OBJECT):
        return kept
    digest = kept.removeprefix(OBJECT)
    body = objects.get(object_key(digest))
    if body is None or hashlib.sha256(body).hexdigest() != digest:
        raise CorruptItemError(f"usage: expected an object with digest {digest}")
    return body.decode()
