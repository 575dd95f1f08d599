"""Which functions of the domain the product asks for, told from the source: who names whom."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "layers/solde/python"
DOMAIN = "solde.domain"
Place = tuple[str, str]
"""A module, and a function or class at its top."""


@cache
def tree_of(module: str) -> ast.Module:
    file = LAYER / f"{module.replace('.', '/')}.py"
    if not file.exists():
        file = LAYER / module.replace(".", "/") / "__init__.py"
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> dict[str, Place]:
    """Return what names in a module stand for, as far as they are of the domain."""
    return dict(_imports(tree_of(module)))


def _imports(tree: ast.Module) -> Iterator[tuple[str, Place]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(DOMAIN):
            for name in node.names:
                yield name.asname or name.name, _home((node.module or "", name.name))


def _home(place: Place) -> Place:
    """Follow a name that a room passes on to the module that it comes from."""
    module, name = place
    found = {} if _defines(module, name) else imports_of(module)
    return found.get(name, place)


@cache
def _defines(module: str, name: str) -> bool:
    return any(getattr(node, "name", "") == name for node in tree_of(module).body)


def named_in(tree: ast.AST, module: str) -> Iterator[Place]:
    """Yield the places of the domain that a piece of a module names."""
    known = imports_of(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield known.get(node.id, (module, node.id))


def of_product() -> Iterator[Place]:
    """Yield what everything outside of the domain imports of it."""
    for folder in (LAYER / "solde", ROOT / "functions"):
        for file in folder.rglob("*.py"):
            if LAYER / "solde/domain" not in file.parents:
                tree = ast.parse(file.read_text(encoding="utf-8"))
                yield from (place for _, place in _imports(tree))


def of_vectors() -> set[Place]:
    """Return the functions that the runner of the vectors imports; classes are values."""
    found: set[Place] = set()
    for file in sorted((ROOT / "tests/conformance").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {place for _, place in _imports(tree)}
    return {(module, name) for module, name in found if name.islower()}


@cache
def reached() -> frozenset[Place]:
    """Return all that is reached from outside of the domain, one name leading to the next."""
    seen: set[Place] = set()
    waiting = list(of_product())
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        module, name = place
        for node in tree_of(module).body:
            if getattr(node, "name", "") == name or _assigns(node, name):
                waiting += named_in(node, module)
    return frozenset(seen)


def _assigns(node: ast.stmt, name: str) -> bool:
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return any(isinstance(one, ast.Name) and one.id == name for one in targets)
