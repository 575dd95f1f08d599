"""
Which event counts where later ones correct or cancel it.

An event that another names counts no more; what names it counts in its place, or nothing does where
that is a cancellation. Of several that name the same event the one of the latest time counts, of
those of one time the one of the greater identity. So what counts follows from the events alone, in
whatever order they came.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Link(NamedTuple):
    """An event that amends another, both by their identities."""

    at_us: int
    identity: str
    target: str
    cancels: bool


class Lineage:
    def __init__(self, links: Iterable[Link]) -> None:
        self._links = {link.identity: link for link in links}
        self._children: dict[str, list[Link]] = {}
        for link in self._links.values():
            self._children.setdefault(link.target, []).append(link)

    def root(self, identity: str) -> str | None:
        """Return the event that amends none, at the end of what an event amends; None in a ring."""
        seen: set[str] = set()
        while (link := self._links.get(identity)) is not None:
            if identity in seen:
                return None
            seen.add(identity)
            identity = link.target
        return identity

    def standing(self, root: str) -> str | None:
        """Return what counts in the place of a root: itself, a correction, or nothing."""
        last = None
        for last in self._path(root):  # noqa: B007 - the last is what is wanted
            pass
        if last is None:
            return root
        return None if last.cancels else last.identity

    def outdone(self, root: str) -> Iterator[str]:
        """Yield what amends an event that another amends instead, and what amends that."""
        waiting = [link for link in self._children.get(root, ()) if link is not self.first(root)]
        for step in self._path(root):
            first = self.first(step.identity)
            waiting += [one for one in self._children.get(step.identity, ()) if one is not first]
        while waiting:
            link = waiting.pop()
            yield link.identity
            waiting += self._children.get(link.identity, ())

    def _path(self, root: str) -> Iterator[Link]:
        at = root
        while (link := self.first(at)) is not None:
            yield link
            at = link.identity

    def first(self, identity: str) -> Link | None:
        """Return what an event is amended by: of several the one that counts."""
        return max(self._children.get(identity, ()), default=None)
