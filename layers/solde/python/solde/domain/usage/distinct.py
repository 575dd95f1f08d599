"""The partial of a unique count: digests of the values seen, each with how often."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MEMBER_DIGITS = 24
"""96 bits: two of a thousand million values fall together with a chance of 10^-11."""


@dataclass(slots=True)
class Unique:
    """A value counts while it was seen more often than it was taken back."""

    events: int = 0
    members: dict[str, int] = field(default_factory=dict)

    def add(self, value: str, at_us: int, tie: str) -> None:  # noqa: ARG002 - all partials alike
        self._seen(value, 1)

    def remove(self, value: str, at_us: int, tie: str) -> None:  # noqa: ARG002
        self._seen(value, -1)

    def absorb(self, other: "Unique") -> None:
        self.events += other.events
        members = self.members
        for member, times in other.members.items():
            members[member] = members.get(member, 0) + times

    def settled(self) -> "Unique":
        """Forget how often, and what was taken back."""
        seen = {member: 1 for member, times in self.members.items() if times > 0}
        return Unique(self.events, seen)

    def to_json(self) -> list[Any]:
        """Write how often only where a value was not seen once."""
        said = sorted(member for member, times in self.members.items() if times)
        times = [self.members[member] for member in said]
        return ["unique", self.events, said, *([] if set(times) <= {1} else [times])]

    @classmethod
    def from_json(cls, events: int, members: Sequence[str], times: Sequence[int] = ()) -> "Unique":
        return cls(events, dict(zip(members, times or [1] * len(members), strict=True)))

    def _seen(self, value: str, times: int) -> None:
        self.events += times
        member = hashlib.sha256(value.encode()).hexdigest()[:MEMBER_DIGITS]
        self.members[member] = self.members.get(member, 0) + times
