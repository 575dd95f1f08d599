"""Rejected events, those that are tried again first, then the others, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from solde.domain.errors import InvalidError
from solde.workflows.rate_usage.rejects import Reject, rejects_in
from solde.workflows.rate_usage.state import KEPT_FOR, Span, State
from solde.workflows.read_usage.context import ReadingContext

SECTIONS = 50
"""Sections that one request opens at most: with a filter a page may be short and have more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`number` is the execution that refused the event last; `open` ones are tried again."""

    reject: Reject
    number: int
    open: bool


@dataclass(frozen=True, slots=True)
class RejectPage:
    rows: tuple[Listed, ...]
    next_cursor: str | None


class Section(NamedTuple):
    """The rows of one result; sections are listed in a fixed order while nothing is rated."""

    number: int
    bucket: int
    open: bool
    key: str
    span: Span


def list_rejects(
    context: ReadingContext, *, limit: int, cursor: str | None = None, code: str = ""
) -> RejectPage:
    """
    Return a page of rejects, all or those with a code.

    Raises:
        InvalidError: the cursor is none that a page gave.

    """
    start, skip = _opened(cursor)
    rows: list[Listed] = []
    found = [one for one in sections(context.state(), context.looked_at) if _place(one) >= start]
    for section in islice(found, SECTIONS):
        offset, length = section.span
        body = context.objects.get_range(section.key, offset=offset, length=length)
        for index, one in enumerate(rejects_in(body)):
            if _place(section) == start and index < skip:
                continue
            if code in ("", one.code):
                if len(rows) == limit:
                    return RejectPage(tuple(rows), _cursor(section, index))
                rows.append(Listed(one, section.number, section.open))
    if len(found) > SECTIONS:
        return RejectPage(tuple(rows), _cursor(found[SECTIONS], 0))
    return RejectPage(tuple(rows), None)


def sections(state: State, now: datetime) -> Iterator[Section]:
    """Yield where the rejects lie that are tried again, then the others of the last 35 days."""
    latest = state.latest
    for bucket, result in enumerate(latest.files if latest else ()):
        if latest and result.open_count:
            yield Section(latest.number, bucket, open=True, key=result.key, span=result.open)
    for execution in reversed(state.executions):
        if execution.began_at > now - KEPT_FOR:
            for bucket, result in enumerate(execution.files):
                if result.final_count:
                    number = execution.number
                    yield Section(number, bucket, open=False, key=result.key, span=result.final)


Place = tuple[int, int, int]


def _place(section: Section) -> Place:
    """Open ones come first, then newer executions, then buckets in order."""
    return (0 if section.open else 1, -section.number, section.bucket)


def _cursor(section: Section, index: int) -> str:
    return f"{'o' if section.open else 'f'}-{section.number}-{section.bucket}-{index}"


def _opened(cursor: str | None) -> tuple[Place, int]:
    if cursor is None:
        return (0, -(2**62), 0), 0
    match cursor.split("-"):
        case ["o" | "f" as kind, number, bucket, index] if (
            number.isdecimal() and bucket.isdecimal() and index.isdecimal()
        ):
            return (0 if kind == "o" else 1, -int(number), int(bucket)), int(index)
    raise InvalidError(
        f"cursor: expected one that a list gave, found {cursor!r}", pointer="/cursor"
    )
