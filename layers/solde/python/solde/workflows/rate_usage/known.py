"""Which identities of a bucket were rated before: a look through the index, column by column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from solde.domain.usage.event import EPOCH, MICROSECOND
from solde.domain.usage.segments import Entry, entries_of, prefixes_of
from solde.ports.objects import ObjectStore
from solde.workflows.rate_usage.inputs import Block
from solde.workflows.rate_usage.manifest import Manifest
from solde.workflows.rate_usage.state import KEPT_FOR, Execution, Result, Span
from solde.workflows.raw_events import AT_US

DAY_US = 86_400_000_000


@dataclass(slots=True)
class Sought:
    """The first eight bytes of the identities of a bucket, and the days (in UTC) they are of."""

    prefixes: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    def add(self, blocks: Iterable[Block], *, with_days: bool) -> None:
        for _, lines in blocks:
            self.prefixes.update([int(line[2:18], 16) for line in lines])
            if with_days:
                ends = (line.index(b",", AT_US) for line in lines)
                times = zip(lines, ends, strict=True)
                self.days.update([int(line[AT_US:end]) // DAY_US for line, end in times])

    def civil_days(self) -> set[str]:
        """Return the days that these events can be of, in whatever zone."""
        near = {number + more for number in self.days for more in (-1, 0, 1)}
        return {_civil(number).isoformat() for number in near}


def known_digests(
    sought: Sought, executions: Iterable[Execution], bucket: int, manifest: Manifest,
    objects: ObjectStore,
) -> dict[str, str]:  # fmt: skip
    """
    Return the identities that earlier executions have rated, with their content digests.

    Looked through are all executions of the last 35 days, and of the older ones those that have
    events of the same days: they can still be billed.
    """
    found: dict[str, str] = {}
    days = sought.civil_days()
    for execution in executions:
        if _recent(execution, manifest) or not days.isdisjoint(execution.days()):
            for result in _overlapping(execution, bucket, manifest.buckets):
                entries = entries_with(sought.prefixes, result, objects)
                found |= {entry.identity: entry.digest for entry in entries}
    return found


def needs_days(executions: Iterable[Execution], manifest: Manifest) -> bool:
    return not all(_recent(one, manifest) for one in executions)


def _recent(execution: Execution, manifest: Manifest) -> bool:
    return execution.began_at > manifest.began_at - KEPT_FOR


def entries_with(prefixes: set[int], result: Result, objects: ObjectStore) -> Iterator[Entry]:
    """Yield the entries of a result whose identities begin with one of the prefixes."""
    if not result.entries:
        return
    column = prefixes_of(_section(result.key, result.first, objects))
    hits = set(filter(prefixes.__contains__, column))
    if hits:
        second = _section(result.key, result.second, objects)
        for hit in hits:
            yield from entries_of(column, second, hit)


def _section(key: str, span: Span, objects: ObjectStore) -> bytes:
    return objects.get_range(key, offset=span[0], length=span[1])


def _overlapping(execution: Execution, bucket: int, buckets: int) -> Iterator[Result]:
    """Yield the results whose range of identities shares some with the bucket's."""
    theirs = execution.buckets
    for number, result in enumerate(execution.results):
        if number * buckets < (bucket + 1) * theirs and bucket * theirs < (number + 1) * buckets:
            yield result


def _civil(day_number: int) -> date:
    return (EPOCH + day_number * DAY_US * MICROSECOND).date()
