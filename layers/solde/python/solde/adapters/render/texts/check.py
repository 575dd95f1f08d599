"""Texts of templates, checked when they are saved: what is not listed is refused, with where."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from solde.adapters.render.texts.known import KNOWN, LOOP, Names, Rows, said
from solde.adapters.render.texts.sandbox import FILTERS, TESTS, sandbox
from solde.domain.errors import InvalidError

CODE = re.compile(r"\{[{%#].*?(?:[}%#]\}|\Z)", re.DOTALL)
"""Where a text is no plain text."""
OPEN = "{% if "
CLOSE = " %}1{% endif %}"
ALLOWED = (
    *(nodes.Filter, nodes.Test, nodes.Const, nodes.Compare),
    *(nodes.Not, nodes.And, nodes.Or, nodes.CondExpr, nodes.Concat),
)
"""Expressions beside names."""
Known = Any
"""`str` for text, a mapping of names, or rows."""


class RefusedTextError(InvalidError):
    """A text or condition that is refused; it says line and column."""


def check(text: str, *, pointer: str, known: Names = KNOWN) -> None:
    """
    Prove that a text only names what there is, chooses, and walks given lists.

    Raises:
        RefusedTextError: it does not; or it is no Jinja.

    """
    _Checker(text, pointer, 0, known).run()


def check_condition(text: str, *, pointer: str, known: Names = KNOWN) -> None:
    """
    Prove that a condition is one expression, and nothing behind it.

    Raises:
        RefusedTextError: it is not.

    """
    source = f"{OPEN}{text}{CLOSE}"
    _Checker(source, pointer, len(OPEN), known).run(alone=True)


class _Checker:
    def __init__(self, source: str, pointer: str, shift: int, known: Names) -> None:
        self._source, self._pointer, self._shift = source, pointer, shift
        self._known = known

    def run(self, *, alone: bool = False) -> None:
        try:
            tree = sandbox().parse(self._source)
        except TemplateSyntaxError as wrong:
            message = f"expected Jinja, found: {wrong.message}"
            raise self._refused(wrong.lineno, "", message) from wrong
        except RecursionError as deep:
            raise self._too_deep() from deep
        if alone and not (len(tree.body) == 1 and isinstance(tree.body[0], nodes.If)):
            raise self._refused(1, "", "expected one condition, found more than that")
        try:
            for node in tree.body:
                self._statement(node, {}, looping=False)
            sandbox().compile(tree)
        except (RecursionError, SyntaxError) as deep:
            raise self._too_deep() from deep

    def _too_deep(self) -> RefusedTextError:
        return self._refused(1, "", "expected fewer conditions and brackets inside each other")

    def _statement(self, node: nodes.Node, scope: Mapping[str, Known], *, looping: bool) -> None:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        self._text(one, scope)
            case nodes.If():
                self._text(node.test, scope)
                for inner in (*node.body, *node.elif_, *node.else_):
                    self._statement(inner, scope, looping=looping)
            case nodes.For():
                self._loop(node, scope, looping=looping)
            case _:
                raise self._unwanted(node)

    def _loop(self, node: nodes.For, scope: Mapping[str, Known], *, looping: bool) -> None:
        """Allow one loop, over rows that there are, each under one name."""
        if looping or node.recursive:
            raise self._refused(node.lineno, "for", "expected no loop inside a loop")
        rows = self._expression(node.iter, scope)
        if not isinstance(rows, Rows):
            lists = said({name: one for name, one in self._known.items() if isinstance(one, Rows)})
            raise self._refused(node.lineno, "for", f"expected a loop over one of {lists}")
        if not isinstance(node.target, nodes.Name):
            raise self._refused(node.lineno, "for", "expected one name for each row")
        inner = {**scope, node.target.name: rows.names, "loop": LOOP}
        if node.test:
            self._text(node.test, inner)
        for one in (*node.body, *node.else_):
            self._statement(one, inner, looping=True)

    def _text(self, node: nodes.Node, scope: Mapping[str, Known]) -> None:
        """Prove that an expression is a value that can be written."""
        found = self._expression(node, scope)
        if isinstance(found, Rows):
            raise self._refused(node.lineno, _name(node), "expected a text, found a list: use for")
        if isinstance(found, Mapping):
            message = f"expected one of {said(found)} of it"
            raise self._refused(node.lineno, _name(node), message)

    def _expression(self, node: nodes.Node, scope: Mapping[str, Known]) -> Known:
        """Return what an expression is: text, names, or rows."""
        match node:
            case nodes.Name():
                return self._named(node, node.name, {**self._known, **scope}, "")
            case nodes.Getattr():
                below = self._expression(node.node, scope)
                whole = _dotted(node.node)
                return self._named(node, node.attr, below, f"{whole}." if whole else "")
            case nodes.Filter():
                self._listed(node, node.name, FILTERS, "filter")
            case nodes.Test():
                self._listed(node, node.name, TESTS, "test")
        if not isinstance(node, ALLOWED):
            raise self._unwanted(node)
        self._parts(node, scope)
        return ""

    def _parts(self, node: nodes.Node, scope: Mapping[str, Known]) -> None:
        for one in node.iter_child_nodes():
            if isinstance(one, nodes.Operand):
                self._operand(one.expr, scope)
            elif isinstance(one, nodes.Expr):
                self._text(one, scope)
            else:
                raise self._unwanted(one)

    def _operand(self, node: nodes.Node, scope: Mapping[str, Known]) -> None:
        """Allow to compare with a list of constants as well."""
        if isinstance(node, nodes.Tuple | nodes.List):
            for one in node.items:
                if not isinstance(one, nodes.Const):
                    raise self._refused(node.lineno, "in", "expected constants to compare with")
            return
        self._text(node, scope)

    def _named(self, node: nodes.Node, name: str, known: Known, before: str) -> Known:
        if not isinstance(known, Mapping):
            kind = "a list" if isinstance(known, Rows) else "text"
            message = f"expected nothing behind {before[:-1] or 'it'}, which is {kind}"
            raise self._refused(node.lineno, name, message)
        if name not in known:
            message = f"expected one of {said(known)}, found {before}{name}"
            raise self._refused(node.lineno, name, message)
        return known[name]

    def _listed(self, node: nodes.Node, name: str, names: tuple[str, ...], what: str) -> None:
        if name not in names:
            message = f"expected a {what} of {', '.join(names)}, found {name}"
            raise self._refused(node.lineno, name, message)

    def _unwanted(self, node: nodes.Node) -> RefusedTextError:
        kind = type(node).__name__.lower()
        message = f"expected names, conditions and loops over given lists only, found {kind}"
        return self._refused(node.lineno, _name(node), message)

    def _refused(self, line: int, word: str, message: str) -> RefusedTextError:
        column = self._column(line, word)
        return RefusedTextError(f"line {line}, column {column}: {message}", pointer=self._pointer)

    def _column(self, line: int, word: str) -> int:
        """Return where a word of the code of a line begins, or where its code does."""
        for region in CODE.finditer(self._source):
            for place in _places(region, word):
                before = self._source[:place]
                if before.count("\n") + 1 == line:
                    column = place - (before.rfind("\n") + 1) + 1
                    return max(1, column - (self._shift if line == 1 else 0))
        return 1


def _places(region: re.Match[str], word: str) -> Iterator[int]:
    if not word:
        yield region.start()
    for found in re.finditer(rf"\b{re.escape(word)}\b", region.group()) if word else ():
        yield region.start() + found.start()


def _name(node: nodes.Node) -> str:
    """Return the name at the end of an expression, as it is written; empty where it has none."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return str(node.attr)
        case nodes.Filter() | nodes.Test():
            return str(node.name)
        case nodes.Call() | nodes.Getitem():
            return _name(node.node)
    return ""


def _dotted(node: nodes.Node) -> str:
    """Return a chain of names as it is written; empty where it is none."""
    if isinstance(node, nodes.Getattr):
        before = _dotted(node.node)
        return f"{before}.{node.attr}" if before else ""
    return str(node.name) if isinstance(node, nodes.Name) else ""
