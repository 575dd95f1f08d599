"""Golden facts of other systems, put to the engine's own functions."""

import sys

import pytest

from tests.conformance.table import lines
from tests.conformance.vectors import directory, load, run


@pytest.fixture(scope="module")
def results():
    found = [run(vector) for vector in load(directory())]
    sys.stdout.write("\n" + "".join(f"{line}\n" for line in lines(found)))
    return found


def test_no_vector_fails(results) -> None:
    assert results
    assert [(one.id, one.detail) for one in results if one.outcome == "failed"] == []
