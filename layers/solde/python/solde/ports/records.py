"""What is kept beside a thing that a caller made: when, in which version, with which notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """`version` grows with each change; `metadata` are the caller's own notes, never read here."""

    created_at: datetime | None
    updated_at: datetime | None
    version: int = 1
    metadata: Mapping[str, str] = field(default_factory=dict)


def first(at: datetime, metadata: Mapping[str, str]) -> Record:
    """Return the record of a thing that is made now."""
    return Record(at, at, 1, metadata)
