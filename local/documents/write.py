"""Write the samples: each document in each form that it can have, as NAME.ENDING."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from local.documents.forms import TEMPLATES, forms
from local.documents.life import Document
from local.documents.samples import look, sample, samples
from local.documents.statement import account
from solde.adapters.render.html import document_html
from solde.adapters.render.letter import reminder_view
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.statement import statement_view
from solde.adapters.render.view import View
from solde.adapters.render.words import words
from solde.domain.invoicing.canonical import canonical

OVERDUE, LETTER, STATEMENT = "domestic-b2b", "reminder-letter", "statement"


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
    yield write_letter(folder)
    yield write_statement(folder)


def write_letter(folder: Path) -> Written:
    """Write the second reminder of the first sample, which nobody has paid, as a letter."""
    document = sample(OVERDUE)
    said, due = words(TEMPLATES, document["language"]), document["totals"]["due"]
    shown = reminder_view(document, said, open_minor=due, level=2, on="2027-07-15")
    return _paper(folder, LETTER, shown)


def write_statement(folder: Path) -> Written:
    """Write the account of the first sample's customer, who has paid a part of it."""
    said = account()
    return _paper(folder, STATEMENT, statement_view(said, words(TEMPLATES, said["language"])))


def _paper(folder: Path, name: str, shown: View) -> Written:
    (folder / f"{name}.pdf").write_bytes(document_pdf(shown, TEMPLATES))
    (folder / f"{name}.html").write_text(document_html(shown, TEMPLATES), encoding="utf-8")
    return Written(name, ("pdf", "html"), ())


def write_one(folder: Path, name: str, document: Document) -> Written:
    """Write the forms of a document, and the closed document itself as NAME.json."""
    (folder / f"{name}.json").write_bytes(canonical(document))
    endings, refused = [], []
    for form in forms(document, look(name)):
        if form.refused:
            refused.append((form.ending, form.refused))
        else:
            (folder / f"{name}.{form.ending}").write_bytes(form.body)
            endings.append(form.ending)
    return Written(name, tuple(endings), tuple(refused))
