"""The samples by name, each a closed document that the engine has made."""

from collections.abc import Iterator

from local.documents.life import Document
from local.documents.samples import corrected, discounted, own, paid, priced, taxed, worded
from solde.adapters.render.look import PLAIN, Look

GROUPS = (
    taxed.SAMPLES,
    discounted.SAMPLES,
    corrected.SAMPLES,
    paid.SAMPLES,
    priced.SAMPLES,
    worded.SAMPLES,
    own.SAMPLES,
)


def look(name: str) -> Look:
    """Return how a sample looks: those that need a template have one."""
    return own.LOOKS.get(name, PLAIN)


def sample(name: str) -> Document:
    """Return one document by its name."""
    return next(group[name]() for group in GROUPS if name in group)


def samples() -> Iterator[tuple[str, Document]]:
    """Yield each name with its document, in the order in which they are listed."""
    for group in GROUPS:
        for name, made in group.items():
            yield name, made()
