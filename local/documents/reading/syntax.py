"""How a syntax writes business terms: where each stands, which repeat, what is always the same."""

from collections.abc import Mapping
from typing import NamedTuple


class Group(NamedTuple):
    """
    What stands once, or `each` time that an element does; paths are those of ElementTree.

    A path may end in `@name`, which is an attribute. `fixed` is what this syntax wants written and
    what says nothing: its path and its text. `unless` is a path of which nothing may be there.
    """

    path: str
    terms: Mapping[str, str]
    fixed: Mapping[str, str] = {}
    inner: "tuple[Group, ...]" = ()
    each: bool = True


class Syntax(NamedTuple):
    names: Mapping[str, str]
    whole: Group
    day: str = ""
    """The local name of elements that hold a day without its hyphens."""
