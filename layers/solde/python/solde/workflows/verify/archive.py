"""Archive: each stored form against its digest, the numbers against the register."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from solde.domain.invoicing.canonical import digest
from solde.ports.audit import Stored
from solde.ports.billing import Header, PackSlice
from solde.ports.objects import ObjectStore
from solde.ports.pro_formas import ProForma
from solde.workflows.bill_run.trees import beside

FOLDERS = ("documents/", "packs/")


class Place(NamedTuple):
    """A form of a document: where its bytes lie, and their digest."""

    form: str
    key: str
    offset: int
    length: int
    sha256: str


class Held(NamedTuple):
    """A document as it was issued, by its number."""

    number: str
    places: tuple[Place, ...]


def held(stored: Stored) -> Iterator[Held]:
    """Yield every document that the table knows, with all that is stored of it."""
    yield from map(held_of, numbered(stored))


def numbered(stored: Stored) -> list[Header | ProForma]:
    return [*stored.headers, *stored.pro_formas]


def held_of(one: Header | ProForma) -> Held:
    """Return a document with all that is stored of it."""
    places = [_place("json", one.place, one.sha256)]
    places += [_place(form, it.place, it.sha256) for form, it in (one.documents or {}).items()]
    if isinstance(one, Header) and one.tree:
        offset, length, sha256 = one.tree
        places.append(Place("tree", beside(one.place.key), offset, length, sha256))
    return Held(one.number, tuple(places))


def registered(stored: Stored) -> set[str]:
    """Return the numbers that the register has given; those of a run that is issuing, apart."""
    issuing = {run.id for run in stored.runs if not run.status.terminal}
    return {
        f"{one.series}-{number:06d}"
        for one in stored.records
        if one.run_id not in issuing
        for number in range(one.first, one.last + 1)
    }


def archive_checked(
    documents: Iterable[Held],
    numbers: Collection[str],
    objects: ObjectStore,
    watch: Callable[[int], None] = lambda _count: None,
) -> Iterator[str]:
    """
    Yield what differs, is missing, or is there and was never registered.

    One object is held at a time. `watch` is told how many forms were looked at of each.
    """
    places: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    found = set()
    for one in documents:
        found.add(one.number)
        for place in one.places:
            places[place.key].append((one.number, place))
    yield from (f"{one}: not registered" for one in sorted(found - set(numbers)))
    yield from (f"{one}: missing: no document" for one in sorted(set(numbers) - found))
    for key, mine in sorted(places.items()):
        yield from _object(key, mine, objects.get(key))
        watch(len(mine))
    for folder in FOLDERS:
        for key in objects.list_keys(folder):
            if key not in places:
                yield f"{key}: not registered: no document lies there"


def _object(key: str, mine: list[tuple[str, Place]], body: bytes | None) -> Iterator[str]:
    if body is None:
        yield from (f"{number} {one.form}: missing: {key}" for number, one in mine)
        return
    end = 0
    for number, one in sorted(mine, key=lambda row: (row[1].offset, row[0])):
        if body[end : one.offset].strip():
            yield f"{key}: not registered: bytes {end} to {one.offset}"
        if digest(body[one.offset : one.offset + one.length]) != one.sha256:
            yield f"{number} {one.form}: differs from its digest {one.sha256}: {key}"
        end = max(end, one.offset + one.length)
    if body[end:].strip():
        yield f"{key}: not registered: bytes {end} to {len(body)}"


def _place(form: str, at: PackSlice, sha256: str) -> Place:
    return Place(form, at.key, at.offset, at.length, sha256)
