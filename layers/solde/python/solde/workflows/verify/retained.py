"""Retained: each object says it is kept as long as the law wants, and is locked where all are."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from solde.domain.invoicing.retention import kept_until
from solde.ports.audit import Stored
from solde.ports.objects import Retention
from solde.workflows.verify.archive import held_of, numbered


def retention_checked(
    stored: Stored, country_of: Callable[[str], str], objects: Retention, today: date
) -> Iterator[str]:
    """
    Yield what says too short a time, or is locked for too short a time.

    An object with several documents is kept for the one that is kept longest; `country_of` is that
    of an entity. A lock is asked for while its day is still to come, `today` by the wall clock.
    """
    wanted: dict[str, date] = defaultdict(lambda: date.min)
    for one in numbered(stored):
        until = kept_until(country_of(one.entity), one.issued_on)
        for place in held_of(one).places:
            wanted[place.key] = max(wanted[place.key], until)
    locks = objects.locks()
    for key, until in sorted(wanted.items()):
        found = objects.retained(key)
        if found is None:
            continue
        if found.kept_until is None or found.kept_until < until:
            yield f"{key}: kept until {found.kept_until}: expected {until}"
        locked = found.locked_until
        if locks and until >= today and (locked is None or locked < until):
            yield f"{key}: locked until {locked}: expected {until}"
