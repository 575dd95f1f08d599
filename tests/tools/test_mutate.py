"""The tool that does things wrong on purpose: what it changes, and that it notices who notices."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from mutation import mutants, trial  # noqa: PLC0415 - tools are found by their own path

    yield mutants, trial
    for name in [one for one in sys.modules if one.split(".")[0] == "mutation"]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a in b", {"x = a not in b"}),
        ("x = a + 1", {"x = a - 1", "x = a + 2"}),
        ("x = a and b", {"x = a or b"}),
        ("x = not a", {"x = a"}),
        ("x = [a for a in b if a]", {"x = [a for a in b]"}),
        ("x = True", {"x = False"}),
        ("x = 'a'", {"x = 'ax'"}),
        ("def f(a: int = 1) -> 'b':\n    'c'\n    return a", None),
        ("def f():\n    raise E('a', 1)", {"def f():\n    pass"}),
        ("for a in b:\n    break", {"for a in b:\n    continue"}),
        ("if a:\n    f()", {"if not a:\n    f()", "if a:\n    pass"}),
        ("a += 1", {"a -= 1", "a += 2"}),
        ("x = f'{a} 1'", set()),
    ],
)
def test_every_small_thing_one_at_a_time(tool, source: str, made: set[str] | None) -> None:
    if made is None:
        head = "def f(a: int={}) -> 'b':\n    'c'\n    return {}"
        made = {head.format(2, "a"), head.format(1, "None")}
    found = [ast.unparse(one.tree) for one in tool[0].mutants(source)]
    assert set(found) == {ast.unparse(ast.parse(one)) for one in made}
    assert len(found) == len(made)


def test_the_module_itself_is_left_as_it_was(tool) -> None:
    source = "def f(a):\n    return a < 1 and a + 1\n"
    names = [one.name for one in tool[0].mutants(source)]
    assert len(names) == len(set(names)) == 7


@pytest.mark.parametrize(
    ("code", "became"),
    [("VALUE = 1", "survived"), ("VALUE = 2", "killed"), ("while True: pass", "killed")],
)
def test_a_trial_tells_whether_the_tests_notice(tool, tmp_path, monkeypatch, code, became) -> None:
    (tmp_path / "looked_at.py").write_text("VALUE = 1\n")
    test = tmp_path / "test_it.py"
    test.write_text("import looked_at\n\ndef test_it():\n    assert looked_at.VALUE == 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = tool[1].tried("looked_at", compile(code, "f", "exec"), [str(test)], seconds=10)
    assert found == became
