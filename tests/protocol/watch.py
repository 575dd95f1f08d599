"""What must hold at every step, and not only at rest: what moves one way never moves back."""

from collections.abc import Iterator

from solde.storage.table import Item, Key

NEXT = {
    "planning": {"planned", "cancelled"},
    "planned": {"approved", "cancelled"},
    "approved": {"sealed", "cancelled"},
    "sealed": {"closed"},
    "closed": set(),
    "cancelled": set(),
}
"""Which status of a run may follow another."""
FORWARD = {
    "HEAD": ("n", "last_on"),
    "B#0#FRA": ("rev", "through"),
}
"""By sort key: the attributes that never fall, nor go once they are there."""


def moved_back(key: Key, before: Item | None, after: Item | None) -> Iterator[str]:
    """Yield what a write has moved that it may not."""
    if before is None:
        return
    where = f"{key.pk} {key.sk}"
    if after is None:
        if key.pk.startswith(("R#", "RUN")) or key.sk.startswith("I#"):
            yield f"{where}: deleted"
        return
    if key.pk.startswith("R#") and key.sk.startswith("S#") and before != after:
        yield f"{where}: a record was written over"
    yield from _status(where, before, after)
    for name in FORWARD.get(key.sk, ()):
        if name in before and (name not in after or after[name] < before[name]):
            yield f"{where}: {name} {before[name]} → {after.get(name)}"


def _status(where: str, before: Item, after: Item) -> Iterator[str]:
    was, is_now = before.get("status"), after.get("status")
    if where.startswith("RUN#") and is_now != was and is_now not in NEXT.get(str(was), ()):
        yield f"{where}: {was} → {is_now}"
