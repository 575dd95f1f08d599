"""Write the samples: each document in each form that it can have, as NAME.ENDING."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from local.documents.forms import forms
from local.documents.life import Document
from local.documents.samples import samples
from solde.domain.invoicing.canonical import canonical


class Written(NamedTuple):
    """What was written of a document, and the endings that it has not, each with the reason."""

    name: str
    endings: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def write(folder: Path) -> Iterator[Written]:
    """Write all samples into a folder, and yield each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in samples():
        yield write_one(folder, name, document)


def write_one(folder: Path, name: str, document: Document) -> Written:
    """Write the forms of a document, and the closed document itself as NAME.json."""
    (folder / f"{name}.json").write_bytes(canonical(document))
    endings, refused = [], []
    for form in forms(document):
        if form.refused:
            refused.append((form.ending, form.refused))
        else:
            (folder / f"{name}.{form.ending}").write_bytes(form.body)
            endings.append(form.ending)
    return Written(name, tuple(endings), tuple(refused))
