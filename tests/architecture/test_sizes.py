"""One idea a file: no file over 300 lines, no function over 40."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("layers/solde/python/solde", "functions", "infra", "local", "bench", "tools")
FILES = sorted(file for place in PLACES for file in (ROOT / place).rglob("*.py"))
LINES_MAX = 300
FUNCTION_LINES_MAX = 45
"""Forty, and a few for the docstring of a function that says what it raises."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_file_and_function_lengths(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_MAX
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > _allowed(node)
    ]
    assert long == []


def test_no_file_of_tests_is_longer_either() -> None:
    files = (ROOT / "tests").rglob("*.py")
    lengths = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert len(lengths) > 150
    assert {name: length for name, length in lengths.items() if length > LINES_MAX} == {}


def _allowed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    said = ast.get_docstring(node, clean=False)
    return FUNCTION_LINES_MAX + (said.count("\n") if said else 0) + len(node.args.kwonlyargs)


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 150
