"""Amendments applied: what counted before is taken back, and what counts now is counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from solde.domain.catalog import Meter
from solde.domain.periods import day_of, month_after
from solde.domain.usage.event import EPOCH, MICROSECOND, Event
from solde.domain.usage.lineage import Lineage
from solde.ports.objects import ObjectStore
from solde.ports.usage import Payer
from solde.workflows.rate_usage.amendment import Amendment, amendments_in
from solde.workflows.rate_usage.moved import Moved
from solde.workflows.rate_usage.originals import Original
from solde.workflows.rate_usage.state import HORIZON_MONTHS, Execution

ByIdentity = Mapping[str, Amendment]


@dataclass(frozen=True, slots=True)
class Amended:
    """
    What became of amendments.

    Those that wait name an event that is not there yet; `outdone` ones, by another of the same
    event, are among those applied, now or before.
    """

    moved: Moved
    applied: Sequence[Amendment]
    waiting: Sequence[Amendment]
    beyond: Sequence[Amendment]
    outdone: Sequence[Amendment]


class Rated(Protocol):
    def find(self, identities: Collection[str], /) -> Mapping[str, Original]:
        """Return those of some events that are rated and amend none."""
        ...


class Amends:
    """`executions` are those whose amendments stand; `rated` finds what they amend in the end."""

    def __init__(
        self,
        as_of: date,
        executions: Sequence[Execution],
        rated: Rated,
        meters: Iterable[Meter],
        objects: ObjectStore,
    ) -> None:
        self._horizon_on = month_after(as_of, -HORIZON_MONTHS)
        self._executions = executions
        self._objects = objects
        self._rated = rated
        self._moved = Moved(meters)

    def apply(self, pending: Sequence[Amendment]) -> Amended:
        names = {name for one in pending for name in (one.event.identity, one.target)}
        before = related(names, self._executions, self._objects)
        new = {one.event.identity: one for one in pending if one.event.identity not in before}
        trees = self._trees(before, new)
        originals = self._rated.find([root for root in trees if root])
        waiting = [one for root in trees if root not in originals for one in trees[root]]
        beyond = [
            one
            for root, original in originals.items()
            if self._beyond(original, trees[root])
            for one in trees[root]
        ]
        late = {one.event.identity for one in beyond}
        ready = {
            one.event.identity: one._replace(waits=False)
            for root in originals
            for one in trees[root]
            if one.event.identity not in late
        }
        outdone = self._apply(before, ready, originals)
        applied = [ready[name] for name in sorted(ready)]
        return Amended(self._moved, applied, waiting, beyond, outdone)

    def _trees(self, before: ByIdentity, new: ByIdentity) -> dict[str, list[Amendment]]:
        """Return what is new by what it amends in the end; a ring has an end of its own."""
        lineage = _lineage(before, new)
        trees: dict[str, list[Amendment]] = {}
        for identity in sorted(new):
            trees.setdefault(lineage.root(identity) or "", []).append(new[identity])
        return trees

    def _beyond(self, original: Original, tree: Iterable[Amendment]) -> bool:
        days = [_day(one.event, one.payer) for one in tree if one.payer]
        return min([original.day, *days]) < self._horizon_on

    def _apply(
        self, before: ByIdentity, ready: dict[str, Amendment], originals: Mapping[str, Original]
    ) -> list[Amendment]:
        """Move what counts now, and return what is outdone now."""
        was, now = _lineage(before, {}), _lineage(before, ready)
        outdone: list[Amendment] = []
        for root in sorted({now.root(identity) or "" for identity in ready}):
            old, new = was.standing(root), now.standing(root)
            if old != new:
                self._take_back(old, before, originals)
                self._count(new, ready)
            names = set(now.outdone(root)).difference(was.outdone(root))
            outdone += [ready.get(name) or before[name] for name in sorted(names)]
        return outdone

    def _take_back(
        self, identity: str | None, before: ByIdentity, originals: Mapping[str, Original]
    ) -> None:
        if identity is not None and identity in before:
            one = before[identity]
            if one.payer:
                self._moved.take_back(one.event, one.payer, _day(one.event, one.payer), one.meters)
        elif identity is not None:
            original = originals[identity]
            self._moved.take_back(original.event, original.payer, original.day, original.meters)

    def _count(self, identity: str | None, ready: dict[str, Amendment]) -> None:
        if identity is not None and (payer := ready[identity].payer):
            event = ready[identity].event
            codes = self._moved.count(event, payer, _day(event, payer))
            ready[identity] = ready[identity]._replace(meters=codes)


def related(
    identities: Collection[str], executions: Sequence[Execution], objects: ObjectStore
) -> dict[str, Amendment]:
    """Return what was applied and hangs together with some events, however far apart."""
    names = set(identities)
    found: dict[str, Amendment] = {}
    size = -1
    while size < len(found):
        size = len(found)
        for one in _applied(executions, objects):
            identity, target = one.event.identity, one.target
            if not names.isdisjoint((identity, target)):
                found[identity] = one
                names |= {identity, target}
    return found


def _applied(executions: Iterable[Execution], objects: ObjectStore) -> Iterable[Amendment]:
    for execution in executions:
        if execution.amended:
            rows = amendments_in(execution.amended, objects)
            yield from (one for one in rows if not one.waits)


def _lineage(before: ByIdentity, new: ByIdentity) -> Lineage:
    return Lineage(one.link for one in (*before.values(), *new.values()))


def _day(event: Event, payer: Payer) -> date:
    return day_of(EPOCH + event.at_us * MICROSECOND, payer.zone)
