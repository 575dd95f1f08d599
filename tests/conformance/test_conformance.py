"""Golden facts of other systems, put to the engine's own functions."""

import sys

import pytest

from tests.conformance.table import by_area, lines
from tests.conformance.vectors import HERE, directory, load, run

LATER = ("dunning",)
"""Areas whose capabilities come after the pricing core."""


@pytest.fixture(scope="module")
def results():
    found = [run(vector) for vector in load(directory())]
    sys.stdout.write("\n" + "".join(f"{line}\n" for line in lines(found)))
    return found


def test_no_vector_fails(results) -> None:
    assert results
    assert [(one.id, one.detail) for one in results if one.outcome == "failed"] == []


def test_few_conventions_are_unsupported_in_any_area_of_the_core(results) -> None:
    """At most 30 % of an area; what waits for later capabilities is not counted."""
    core = {name: found for name, found in by_area(results).items() if name not in LATER}
    many = {
        name: dict(found)
        for name, found in core.items()
        if 10 * found["unsupported"] > 3 * found.total()
    }
    assert many == {}


def test_nothing_of_credit_notes_commitments_and_wallets_is_unsupported(results) -> None:
    missing = [
        (one.id, one.detail)
        for one in results
        if one.area in ("credit_notes", "commitments", "wallet") and one.outcome == "unsupported"
    ]
    assert missing == []


def test_the_answer_is_never_looked_at(results) -> None:
    """A vector whose answer is changed fails, whatever its kind."""
    passed = {one.id for one in results if one.outcome == "passed"}
    for vector in load(HERE):
        if vector["id"] in passed:
            wrong = dict.fromkeys(vector["expected"], "another answer")
            assert run({**vector, "expected": wrong}).outcome == "failed", vector["id"]
