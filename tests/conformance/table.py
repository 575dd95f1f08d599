"""The closing line, and a row for each area."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.conformance.vectors import Result

OUTCOMES = ("passed", "failed", "unsupported")


def closing_line(results: Sequence[Result]) -> str:
    found = Counter(one.outcome for one in results)
    return "vectors: " + ", ".join(f"{found[name]} {name}" for name in OUTCOMES)


def by_area(results: Sequence[Result]) -> dict[str, Counter[str]]:
    areas: dict[str, Counter[str]] = {}
    for one in results:
        areas.setdefault(one.area, Counter())[one.outcome] += 1
    return areas


def lines(results: Sequence[Result]) -> Iterator[str]:
    yield f"{'area':20} {'passed':>7} {'failed':>7} {'unsupported':>12}"
    for area, found in sorted(by_area(results).items()):
        yield f"{area:20} {found['passed']:7} {found['failed']:7} {found['unsupported']:12}"
    for one in results:
        if one.outcome != "passed":
            yield f"{one.outcome:12} {one.id:28} {one.kind:24} {one.detail}"
    yield closing_line(results)
