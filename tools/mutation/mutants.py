"""Every small thing that can be done wrong to a module, one at a time."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
SHOWN = 20
"""Characters of a text that a mutant is named by."""


@dataclass(frozen=True)
class Mutant:
    """`name` tells the place and the change; `tree` is the whole module with it."""

    name: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """
    Yield each mutant of a module.

    Left alone are annotations, decorators, docstrings and the words of errors: what is raised
    counts, what it says is for people.
    """
    module = ast.parse(source)
    for path, node in _places(module, ()):
        for place, (said, made) in enumerate(_changes(node)):
            # A comprehension has no place of its own, and two of a module are not one.
            at = node.target if isinstance(node, ast.comprehension) else node
            line, column = getattr(at, "lineno", 0), getattr(at, "col_offset", 0)
            tree = _replaced(module, path, made)
            yield Mutant(f"{line}:{column}:{place} {said}", tree)


Path = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node that may be changed, with the way to it."""
    yield path, node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases"):
            continue
        if isinstance(node, ast.Raise) or isinstance(value, ast.JoinedStr):
            continue
        if isinstance(value, ast.AST):
            yield from _places(value, (*path, (name, None)))
        elif isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, ast.AST) and not _docstring(each):
                    yield from _places(each, (*path, (name, place)))


def _docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BinOp() | ast.BoolOp() | ast.AugAssign():
            for other in SWAPPED.get(type(node.op), ()):
                made = copy.copy(node)
                made.op = other()  # type: ignore[assignment]
                yield f"{_named(type(node.op))} → {_named(other)}", made
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield f"{_named(type(node.op))} dropped", node.operand
        case ast.Constant():
            yield from _other_constant(node)
        case ast.If() | ast.While() | ast.IfExp() | ast.comprehension():
            yield from _turned(node)
        case _:
            yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Return(value=ast.expr()) if not _is_none(node.value):
            yield "return → None", ast.Return(value=ast.Constant(value=None))
        case ast.Raise():
            yield "raise dropped", ast.Pass()
        case ast.Break():
            yield "break → continue", ast.Continue()
        case ast.Continue():
            yield "continue → break", ast.Break()
        case ast.Expr(value=ast.Call()):
            yield "call dropped", ast.Pass()


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for place, op in enumerate(node.ops):
        for other in SWAPPED.get(type(op), ()):
            made = copy.copy(node)
            made.ops = [*node.ops]
            made.ops[place] = other()  # type: ignore[assignment]
            yield f"{_named(type(op))} → {_named(other)}", made


def _other_constant(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", ast.Constant(value=not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", ast.Constant(value=value + 1)
    elif isinstance(value, str):
        yield f"{value[:SHOWN]!r} → with an x", ast.Constant(value=value + "x")


def _turned(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Turn a condition round; leave out each condition of a comprehension."""
    if isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            made = copy.copy(node)
            made.ifs = [one for at, one in enumerate(node.ifs) if at != place]
            yield f"condition {place} dropped", made
        return
    made = copy.copy(node)
    made.test = ast.UnaryOp(op=ast.Not(), operand=node.test)  # type: ignore[attr-defined]
    yield "condition turned round", made


def _named(kind: type[ast.AST]) -> str:
    return kind.__name__


def _replaced(module: ast.Module, path: Path, made: ast.AST) -> ast.Module:
    """Return the module with one node exchanged: what is on the way to it is copied."""
    tree = _with(module, path, made)
    assert isinstance(tree, ast.Module)  # noqa: S101 - the path begins there
    return ast.fix_missing_locations(tree)


def _with(node: ast.AST, path: Path, made: ast.AST) -> ast.AST:
    if not path:
        return ast.copy_location(made, node) if hasattr(node, "lineno") else made
    (name, place), *rest = path
    changed, value = copy.copy(node), getattr(node, name)
    if place is None:
        setattr(changed, name, _with(value, tuple(rest), made))
    else:
        items = [*value]
        items[place] = _with(items[place], tuple(rest), made)
        setattr(changed, name, items)
    return changed
