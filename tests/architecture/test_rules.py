"""Rules of the house that a text search can keep."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def test_imports_follow_the_contracts() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/solde/python'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "0 broken" in done.stdout


def texts(source: str) -> list[str]:
    """Return every text of a module, the constant parts of f-strings too; docstrings do no harm."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


ADDS = re.compile(r"(^|[\s\d])ADD\s")


def test_nothing_is_added_to_in_the_table() -> None:
    """
    A call that is retried adds twice: values are set, on condition of what was read.

    The state machine's definition is held to the same in tests/infra.
    """
    files = tracked("layers/*.py", "functions/*.py", "infra/*.py", "local/*.py")
    assert len(files) > 200
    assert [
        file for file in files if any(ADDS.search(text) for text in texts(file.read_text()))
    ] == []


def test_an_addition_is_seen_however_it_is_written() -> None:
    written = ("'ADD #n :one'", "f'SET a = {b} ADD n :one'", '"""\nSET a = :b\nADD n :one"""')
    assert all(any(ADDS.search(text) for text in texts(one)) for one in written)
    assert not any(ADDS.search(text) for text in texts("'ADDRESS :a'"))


def test_no_error_is_swallowed() -> None:
    wide = re.compile(r"except (Base)?Exception|except:|\|\| true")
    files = tracked(
        "layers/*.py", "functions/*.py", "infra/*.py", "local/*.py", "Makefile", ".ci/run"
    )
    assert [file for file in files if wide.search(file.read_text())] == []


def test_the_project_stands_alone() -> None:
    """No path of a machine, and nothing beside the project is pointed at."""
    away = re.compile(r"/(home|root|work|tmp)/[a-z]|\.\./shared")
    files = tracked("*.py", "*.md", "*.toml", "*.json", "Makefile", ".ci/run")
    found = [
        str(file.relative_to(ROOT))
        for file in files
        if file != Path(__file__) and away.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_error_code_is_documented() -> None:
    codes = {
        code
        for file in tracked("layers/*.py")
        for code in re.findall(r"^    code = \"(\w+)\"$", file.read_text(), re.MULTILINE)
    }
    assert len(codes) > 15
    documented = set(re.findall(r"^## (\w+)$", (ROOT / "docs/errors.md").read_text(), re.MULTILINE))
    assert codes - documented == set()
    assert documented - codes == set()
