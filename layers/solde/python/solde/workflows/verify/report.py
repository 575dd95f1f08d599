"""What a check says: how much it looked at, and what is wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant (its code as in docs/explanation/invariants.md), checked."""

    code: str
    title: str
    counted: int
    violations: tuple[str, ...]


def finding(code: str, title: str, counted: int, violations: Iterable[str]) -> Finding:
    return Finding(code, title, counted, tuple(violations))


def differing(what: str, expected: object, found: object) -> Iterator[str]:
    """Say a difference, if there is one."""
    if expected != found:
        yield f"{what}: expected {expected}, found {found}"
