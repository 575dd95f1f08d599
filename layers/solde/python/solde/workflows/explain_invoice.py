"""Explain an issued document: the document and its derivation tree, both as they were stored."""

from dataclasses import dataclass
from typing import Any

import orjson

from solde.domain.errors import NotFoundError
from solde.ports.billing import Header
from solde.ports.objects import ObjectStore
from solde.workflows.bill_run.trees import tree_of


@dataclass(frozen=True, slots=True)
class Derivation:
    """A closed document, and the tree that its amounts follow from."""

    document: dict[str, Any]
    tree: dict[str, Any]


def tree_told(header: Header, objects: ObjectStore) -> dict[str, Any] | None:
    """
    Read the tree of an issued document alone; None where it has none.

    Raises:
        StateConflictError: it is not the one that was stored with the document.

    """
    tree = tree_of(header, objects)
    return None if tree is None else orjson.loads(tree)


def derivation(header: Header, objects: ObjectStore) -> Derivation:
    """
    Read an issued document and its tree.

    Raises:
        NotFoundError: no tree was stored with the document.
        StateConflictError: the tree is not the one that was stored with it.

    """
    tree, place = tree_told(header, objects), header.place
    if tree is None:
        raise NotFoundError(f"explanation: expected a tree beside {header.id}, found none")
    body = objects.get_range(place.key, offset=place.offset, length=place.length)
    return Derivation(orjson.loads(body), tree)
