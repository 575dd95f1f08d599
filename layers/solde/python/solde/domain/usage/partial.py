"""
Partials: what a set of events comes to, in a form that merges with that of any other set.

Merging is associative and commutative, and the JSON form is exact and the only one possible, so
events may be read in any order, in any files, and give the same bytes.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, assert_never

from solde.domain.catalog import Aggregation, Meter
from solde.domain.errors import InvalidError
from solde.domain.usage.additive import Count, Sum
from solde.domain.usage.distinct import Unique
from solde.domain.usage.extreme import Max
from solde.domain.usage.gauge import Area, Points
from solde.domain.usage.log import Latest
from solde.domain.usage.single import Rows, Singles

Partial = Count | Sum | Max | Latest | Unique | Points | Singles
Settled = Count | Sum | Max | Latest | Unique | Area | Rows
"""A partial of a whole day, as it is stored and read."""

Dimensions = tuple[str, ...]
Cells = dict[Dimensions, Partial]


def empty(aggregation: Aggregation) -> Partial:
    match aggregation:
        case Aggregation.COUNT:
            return Count()
        case Aggregation.SUM:
            return Sum()
        case Aggregation.MAX:
            return Max()
        case Aggregation.LATEST:
            return Latest()
        case Aggregation.UNIQUE:
            return Unique()
        case Aggregation.TIME_WEIGHTED:
            return Points()
        case _:
            assert_never(aggregation)


def begun(meter: Meter) -> Partial:
    """Return what the first event of a cell is added to."""
    return Singles() if meter.fields else empty(meter.aggregation)


def merged(partials: Iterable[Partial]) -> Partial:
    """Merge partials of one kind, at least one, into a new one."""
    first, *others = partials
    whole = partial_from_json(first.to_json())
    for other in others:
        absorb(whole, other)
    return whole


def absorb(whole: Partial, other: Partial) -> None:
    """
    Take another partial of the same kind into `whole`.

    Raises:
        InvalidError: it is of another kind: a meter never changes its aggregation.

    """
    if type(whole) is not type(other):
        wanted, found = type(whole).__name__, type(other).__name__
        raise InvalidError(f"partial: expected {wanted}, found {found}")
    whole.absorb(other)  # type: ignore[arg-type]


def settled(partial: Partial) -> Settled:
    """Close the partial of a day of which all files are merged; it holds an event."""
    return partial if isinstance(partial, Count | Sum) else partial.settled()


def partial_from_json(parts: Sequence[Any]) -> Partial:
    """
    Read a partial.

    Raises:
        InvalidError: an unknown kind.

    """
    match parts:
        case ["count", events]:
            return Count(events)
        case ["sum", events, total]:
            return Sum(events, Decimal(total))
        case ["max", events, said]:
            return Max.from_json(events, said)
        case ["latest", events, *more] if more:
            return Latest.from_json(events, more)
        case ["unique", events, members, *times]:
            return Unique.from_json(events, members, *times)
        case ["points", events, *more] if more:
            return Points.from_json(events, more)
        case ["singles", events, *more] if more:
            return Singles.from_json(events, more)
    raise InvalidError(f"partial: expected a known kind, found {parts!r}")


def settled_from_json(parts: Sequence[Any]) -> Settled:
    """
    Read a partial of a whole day.

    Raises:
        InvalidError: an unknown kind.

    """
    match parts:
        case ["area", events, first_us, last_us, last, area]:
            return Area(events, first_us, last_us, Decimal(last), Decimal(area))
        case ["rows", events, rows]:
            return Rows.from_json(events, rows)
    partial = partial_from_json(parts)
    if isinstance(partial, Points | Singles):
        raise InvalidError("partial: expected that of a whole day, found single points")
    return partial
