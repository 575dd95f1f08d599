"""The look of a document: the versions of templates that it pins, read once a process."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from solde.adapters.render.look import PLAIN, Logo, Look, logo_of, look_of
from solde.domain.errors import NotFoundError
from solde.domain.templates import pinned
from solde.runtime import wiring
from solde.storage.templates import TemplateTable

KEPT = 128
"""How many looks a process remembers; versions never change."""


def look_for(document: Mapping[str, Any], issued_on: str, *, drawn: bool = True) -> Look:
    """Return how a document looks that is issued on a day; a mail wants no logo (`drawn`)."""
    pins = pinned(document, issued_on)
    return _look(tuple(pins), drawn=drawn) if pins else PLAIN


@lru_cache(maxsize=KEPT)
def _look(pins: tuple[tuple[str, int], ...], *, drawn: bool) -> Look:
    layers = TemplateTable(wiring.table()).pinned(pins)
    identity = logo_of(layers) if drawn else ""
    return look_of(layers, stored_logo(identity) if identity else None)


def logo_key(identity: str) -> str:
    return f"logos/{identity}.png"


def stored_logo(identity: str) -> Logo:
    """
    Read a logo.

    Raises:
        NotFoundError: there is none of this id.

    """
    from solde.adapters.render.logo import logo_from  # noqa: PLC0415 - Pillow, for few documents

    body = wiring.archive().get(logo_key(identity))
    if body is None:
        raise NotFoundError(
            f"logo: expected one that was uploaded, found {identity[:40]!r}", pointer="/logo"
        )
    return logo_from(identity, body)
