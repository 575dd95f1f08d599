"""What a complete execution leaves for the next: what it has read, and where its results lie."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from solde.domain.errors import SoldeError
from solde.domain.periods import month_after
from solde.ports.objects import ObjectStore

SCHEMA = 1
KEPT_FOR = timedelta(days=35)
"""Identities are kept at least this long after an execution, and while its days can be billed."""
HORIZON_MONTHS = 13
"""An event of a day further back than this is listed, and corrects nothing."""

Span = tuple[int, int]
"""Offset and length of a section inside a result object."""


class RatingStateError(SoldeError):
    """A file of an earlier execution is gone or of a schema that is not known."""

    code = "rating_state"


@dataclass(frozen=True, slots=True)
class Result:
    """
    One bucket of one execution: an object with the index of its events, days and rejects.

    `days` are the sections of partials, by day; `first` and `second` the columns of the index;
    `open` and `final` the rejects that are tried again and those that are not; `subjects` who paid
    for names that are no subscription's id; `amends` the events that correct or cancel others.
    """

    key: str
    entries: int
    days: Mapping[str, Span]
    first: Span
    second: Span
    open: Span
    final: Span
    open_count: int
    final_count: int
    subjects: Span = (0, 0)
    amends: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Execution:
    """
    A complete execution, as later ones need it; `began_at` is by the wall clock.

    `amended` is what its corrections and cancellations came to, if there were any.
    """

    number: int
    began_at: datetime
    buckets: int
    results: tuple[Result, ...]
    amended: Result | None = None

    @property
    def files(self) -> tuple[Result, ...]:
        """Return everything that holds partials of days."""
        return (*self.results, self.amended) if self.amended else self.results

    def days(self) -> set[str]:
        return {day for result in self.files for day in result.days}


@dataclass(frozen=True, slots=True)
class State:
    """`named` are the raw objects of still open hours that manifests have named so far."""

    number: int = 0
    open_from: str = ""
    named: tuple[str, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    metered: Mapping[str, int] = field(default_factory=dict)
    executions: tuple[Execution, ...] = ()

    @property
    def latest(self) -> Execution | None:
        return self.executions[-1] if self.executions else None

    def kept(self, began_at: datetime, as_of: date) -> tuple[Execution, ...]:
        """Return the executions that are still of use at the time of another."""
        horizon_on = month_after(as_of, -HORIZON_MONTHS).isoformat()
        return tuple(
            one
            for one in self.executions
            if one.began_at > began_at - KEPT_FOR or max(one.days(), default="") >= horizon_on
        )


def read_state(number: int, objects: ObjectStore) -> State:
    """
    Read what execution `number` left; the empty state before the first.

    Raises:
        RatingStateError: it is gone, or of another schema.

    """
    if number == 0:
        return State()
    body = objects.get(_key(number))
    said = orjson.loads(body) if body else {}
    if said.get("schema") != SCHEMA:
        raise RatingStateError(f"rating {number}: expected a state of schema {SCHEMA}, found none")
    return State(
        number=said["number"],
        open_from=said["open_from"],
        named=tuple(said["named"]),
        totals=said["totals"],
        metered=said["metered"],
        executions=tuple(_execution(one) for one in said["executions"]),
    )


def write_state(state: State, objects: ObjectStore) -> None:
    """Store a state; that of a repeat is the same and is not written again."""
    body = orjson.dumps({"schema": SCHEMA, **asdict(state)})
    objects.put_new(_key(state.number), body, content_type="application/json")


def _key(number: int) -> str:
    return f"rating/states/{number:08d}.json"


def _execution(said: Mapping[str, Any]) -> Execution:
    return Execution(
        number=said["number"],
        began_at=datetime.fromisoformat(said["began_at"]),
        buckets=said["buckets"],
        results=tuple(_result(one) for one in said["results"]),
        amended=_result(said["amended"]) if said.get("amended") else None,
    )


def _result(said: Mapping[str, Any]) -> Result:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    fields["days"] = {day: tuple(span) for day, span in said["days"].items()}
    return Result(**fields)
