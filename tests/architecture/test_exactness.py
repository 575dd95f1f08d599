"""No binary float in money or time: no float literal, no true division, no round."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOLDE = Path(__file__).resolve().parents[2] / "layers" / "solde" / "python" / "solde"
FILES = sorted(SOLDE.rglob("*.py"))

EXACT_DIVISION = {
    "domain/expressions/evaluate.py": "Fraction by Fraction",
    "domain/discounts/discount.py": "Fraction by int",
    "domain/tax/policies.py": "Fraction by int and Fraction",
    "domain/tax/assess.py": "Fraction by int and Fraction",
    "domain/invoicing/totals.py": "Fraction by Fraction",
    "domain/terms.py": "Fraction by int",
    "domain/pricing/quantity.py": "Fraction by Fraction",
    "domain/tax/totals.py": "Fraction by int",
    "domain/tax/exchange.py": "Fraction by Fraction",
    "adapters/render/html.py": "a path",
    "adapters/render/words.py": "a path",
    "adapters/render/texts/letters.py": "a path",
    "adapters/render/pdf/columns.py": "millimetres",
    "adapters/render/pdf/code.py": "millimetres",
    "adapters/render/pdf/logo.py": "millimetres",
    "adapters/render/pdf/annex.py": "millimetres",
    "adapters/render/pdf/button.py": "millimetres",
    "adapters/render/pdf/texts.py": "millimetres",
    "adapters/render/pdf/paper.py": "a path, millimetres",
    "adapters/render/pdf/table.py": "millimetres",
    "adapters/render/pdf/document.py": "millimetres",
    "runtime/trial.py": "a path",
    "runtime/wiring.py": "seconds of a pause",
}
"""Where `/` or a float literal may stand, and between what."""


def offences(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno}: the float {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"line {node.lineno}: a division"
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in ("float", "round"):
            yield f"line {called.lineno}: {called.id}("


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOLDE)))
def test_no_float(file: Path) -> None:
    name = str(file.relative_to(SOLDE))
    if name in EXACT_DIVISION:
        return
    assert list(offences(ast.parse(file.read_text(encoding="utf-8")))) == []


def test_an_offence_is_seen() -> None:
    seen = list(offences(ast.parse("a = 1.5\nb = a / 2\nc = round(b)\nd = float(c)\n")))
    assert len(seen) == 4


def test_every_exception_is_still_wanted() -> None:
    unused = [
        name
        for name in EXACT_DIVISION
        if not (SOLDE / name).exists()
        or not list(offences(ast.parse((SOLDE / name).read_text(encoding="utf-8"))))
    ]
    assert unused == []
