"""
The thirty worked scenarios of the billing rules: each has a test here, or a reason why not yet.

`test_07_…` is the test of scenario 7; one may have several.
"""

import ast
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
EVERY = range(1, 31)

NOT_YET = {
    18: "allocations taken back by a dispute: later",
}


def told() -> dict[int, list[str]]:
    """Return the tests of this room by the number that their name begins with."""
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted(HERE.glob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name[5:7].isdigit():
                found[int(node.name[5:7])].append(node.name)
    return found


def test_every_scenario_has_a_test_or_a_reason() -> None:
    assert sorted({*told(), *NOT_YET}) == list(EVERY)


def test_a_reason_goes_when_the_test_comes() -> None:
    assert sorted(told().keys() & NOT_YET.keys()) == []
    assert all(NOT_YET.values())
