"""
Texts of templates, filled in: no globals, few filters, bounded in length.

`check` has proved that a text only names given values; the sandbox stands behind it. What comes out
is plain text: the page that sets it escapes it, and the paper knows no markup.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import Template, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

CHARS_MAX = 10_000
"""What a text may come to in a document; the rest is cut."""
CUT = "…"
FILTERS = ("default", "lower", "trim", "upper")
TESTS = ("defined",)


class Missing(Undefined):
    """A value that a document has not: nothing on paper, and what it lacks in a preview."""

    def __str__(self) -> str:
        return ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Missing) or other == ""

    def __hash__(self) -> int:
        return 0


class Marked(Missing):
    """What a preview shows of a missing value."""

    def __str__(self) -> str:
        return f"[? {self._undefined_name}]"


@cache
def sandbox() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=Missing, trim_blocks=True, lstrip_blocks=True)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in TESTS}
    return made


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    return sandbox().from_string(text)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with its values, cut where it grows too long."""
    parts: list[str] = []
    room = CHARS_MAX
    for part in _compiled(text).generate(values):
        if len(part) > room:
            parts.append(part[:room] + CUT)
            break
        parts.append(part)
        room -= len(part)
    return "".join(parts).strip()


def holds(condition: str, values: Mapping[str, Any]) -> bool:
    """Say whether a condition holds; none at all does."""
    if not condition:
        return True
    return bool(filled(f"{{% if {condition} %}}1{{% endif %}}", values))
