"""A test that is named as a proof is there."""

import ast
from pathlib import Path

import pytest

from solde.workflows.verify.proved import PROVED, ByTest

TESTS = Path(__file__).parents[3]


@pytest.mark.parametrize("one", PROVED, ids=lambda one: one.code)
def test_the_test_named_exists(one: ByTest) -> None:
    tree = ast.parse((TESTS / one.file).read_text(encoding="utf-8"))
    assert one.test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert one.said == f"proved by test {one.test}"


def test_no_invariant_is_named_twice() -> None:
    assert len({one.code for one in PROVED}) == len(PROVED) == 9
