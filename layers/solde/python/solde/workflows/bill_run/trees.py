"""
Derivation trees beside the packs that they explain: write-once, one line a document, same ranks.

The trees of drafts are pinned by digest in the entries of their batch, hence in the digest of the
plan that is approved; at issue they go beside the closed documents, and each header has the digest
of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from solde.domain.errors import StateConflictError
from solde.domain.explanation import explained
from solde.domain.invoicing.canonical import canonical, digest
from solde.domain.invoicing.plan import CustomerPlan
from solde.ports.billing import Header, PackSlice, Tree
from solde.ports.objects import ObjectStore

JSON_LINES = "application/jsonl"
PACK, TREES = ".jsonl", ".trees.jsonl"


def beside(pack: str) -> str:
    """Return the key of the trees of a pack."""
    return pack.removesuffix(PACK) + TREES


class Written(NamedTuple):
    """A plan as bytes: its drafts and their trees, a line each."""

    drafts: bytes
    trees: bytes


def written(plan: CustomerPlan) -> Written:
    """Return the one form in bytes of a plan, which is stored, pinned and replayed."""
    bodies = [canonical(one) for one in plan.documents]
    return Written(b"".join([one + b"\n" for one in bodies]), tree_lines(explained(plan), bodies))


def tree_lines(trees: Sequence[Mapping[str, Any]], drafts: Sequence[bytes]) -> bytes:
    """Return trees as lines, each with the digest of the draft that it explains."""
    return b"".join(
        [
            canonical({"draft": digest(body), **tree}) + b"\n"
            for tree, body in zip(trees, drafts, strict=bool(trees))
        ]
    )


def put_beside(
    objects: ObjectStore, pack: str, body: bytes, *, kept_until: date | None = None
) -> str:
    """Store the trees of a pack unless they are there; return the digest of what is."""
    if objects.put_new(beside(pack), body, content_type=JSON_LINES, kept_until=kept_until):
        return digest(body)
    return digest(objects.get(beside(pack)) or b"")


def pins(objects: ObjectStore, packs: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of the trees of some packs; of those not known, as they are stored."""
    found = {}
    for pack in dict.fromkeys(packs):
        if pack in known:
            found[pack] = known[pack]
        elif body := objects.get(beside(pack)):
            found[pack] = digest(body)
    return found


@dataclass(slots=True)
class PackedTrees:
    """The trees of the drafts of a batch, read pack by pack, and proved to be those pinned."""

    objects: ObjectStore
    pinned: Mapping[str, str]
    _read: dict[str, list[bytes]] = field(default_factory=dict)
    _at: dict[str, tuple[int, int]] = field(default_factory=dict)

    def of(self, drafts: PackSlice, pack: bytes) -> list[bytes]:
        """
        Return the trees of the drafts in a range of their pack; none where none were made.

        Raises:
            StateConflictError: they are not those that were approved with the plan.

        """
        if not drafts.length or drafts.key not in self.pinned:
            return []
        if drafts.key not in self._read:
            self._read[drafts.key] = self._proved(drafts.key)
        seen, rank = self._at.get(drafts.key, (0, 0))
        if drafts.offset < seen:
            seen, rank = 0, 0
        rank += pack.count(b"\n", seen, drafts.offset)
        self._at[drafts.key] = drafts.offset, rank
        count = pack.count(b"\n", drafts.offset, drafts.offset + drafts.length)
        return self._read[drafts.key][rank : rank + count]

    def _proved(self, pack: str) -> list[bytes]:
        body = self.objects.get(beside(pack)) or b""
        expected, found = self.pinned[pack], digest(body)
        if found != expected:
            raise StateConflictError(f"trees of {pack}: expected digest {expected}, found {found}")
        return body.splitlines()


def put_trees(
    objects: ObjectStore, pack: str, trees: Sequence[bytes], *, kept_until: date | None = None
) -> list[Tree | None]:
    """Store the trees of closed documents, b"" where there is none, and say where each lies."""
    if not any(trees):
        return [None] * len(trees)
    put_beside(objects, pack, b"".join(tree + b"\n" for tree in trees), kept_until=kept_until)
    places: list[Tree | None] = []
    offset = 0
    for tree in trees:
        places.append(Tree(offset, len(tree), digest(tree)) if tree else None)
        offset += len(tree) + 1
    return places


def tree_of(header: Header, objects: ObjectStore) -> bytes | None:
    """
    Read the tree of an issued document; None where it has none.

    Raises:
        StateConflictError: it is not the one that was stored with the document.

    """
    if header.tree is None:
        return None
    key, place = beside(header.place.key), header.tree
    body = objects.get_range(key, offset=place.offset, length=place.length)
    if (found := digest(body)) != place.sha256:
        raise StateConflictError(
            f"tree of {header.id}: expected digest {place.sha256}, found {found}"
        )
    return body
