"""The samples by name, each a closed document that the engine has made."""

from collections.abc import Iterator

from local.documents.life import Document
from local.documents.samples import corrected, discounted, paid, priced, taxed, worded

GROUPS = (
    taxed.SAMPLES,
    discounted.SAMPLES,
    corrected.SAMPLES,
    paid.SAMPLES,
    priced.SAMPLES,
    worded.SAMPLES,
)


def sample(name: str) -> Document:
    """Return one document by its name."""
    return next(group[name]() for group in GROUPS if name in group)


def samples() -> Iterator[tuple[str, Document]]:
    """Yield each name with its document, in the order in which they are listed."""
    for group in GROUPS:
        for name, made in group.items():
            yield name, made()
