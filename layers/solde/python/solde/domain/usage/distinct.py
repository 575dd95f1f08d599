"""The partial of a unique count: a set of digests of the values seen."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

MEMBER_DIGITS = 24
"""96 bits: two of a thousand million values fall together with a chance of 10^-11."""


@dataclass(slots=True)
class Unique:
    events: int = 0
    members: set[str] = field(default_factory=set)

    def add(self, value: str, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        self.events += 1
        self.members.add(hashlib.sha256(value.encode()).hexdigest()[:MEMBER_DIGITS])

    def absorb(self, other: "Unique") -> None:
        self.events += other.events
        self.members |= other.members

    def to_json(self) -> list[Any]:
        return ["unique", self.events, sorted(self.members)]
