"""The look of a document: the versions of templates that it pins, read once a process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from solde.adapters.render.look import PLAIN, Look, look_of
from solde.domain.templates import pinned
from solde.runtime import wiring
from solde.storage.templates import TemplateTable

KEPT = 128
"""How many looks a process remembers; versions never change."""


def look_for(document: Mapping[str, Any], issued_on: str) -> Look:
    """Return how a document looks that is issued on a day."""
    pins = pinned(document, issued_on)
    return _look(tuple(pins)) if pins else PLAIN


@lru_cache(maxsize=KEPT)
def _look(pins: tuple[tuple[str, int], ...]) -> Look:
    return look_of(TemplateTable(wiring.table()).pinned(pins))
