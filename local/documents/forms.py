"""Every form of a closed document, each profile included, and why a form cannot be."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from local.documents.life import Document
from solde.adapters.render.html import document_html
from solde.adapters.render.look import PLAIN, Look
from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.adapters.render.xml import factur_x
from solde.domain.errors import InvalidError
from solde.domain.invoicing.profiles import FRENCH, NO_PROFILE, NORM, PEPPOL, carried
from solde.domain.templates import PAY
from solde.runtime.structured import structured

TEMPLATES = Path(__file__).parents[2] / "templates"
STRUCTURED = {
    "cii.xml": ("cii", NORM),
    "fr.cii.xml": ("cii", FRENCH),
    "ubl.xml": ("ubl", NORM),
    "peppol.xml": ("ubl", PEPPOL),
}
"""By the ending of its file: the syntax and the profile."""
PAGE = "https://factures.ateliers.example.test/i/exemple"
"""Where the button of a sample leads; a real one has a token of its own."""
ENDINGS = ("pdf", "html", *STRUCTURED)


class Form(NamedTuple):
    """A file, or why it cannot be: the rules that it would break."""

    ending: str
    body: bytes
    refused: str = ""


def forms(document: Document, look: Look = PLAIN) -> Iterator[Form]:
    """Yield page and PDF, with the document's own profile inside, then each profile as XML."""
    said, profile = words(TEMPLATES, document["language"]), carried(document)
    pay_url = PAGE if look.shows(PAY, usually=False) else ""
    shown = view(document, said, look, pay_url=pay_url)
    inside = b"" if profile == NO_PROFILE else factur_x(document, said, profile)
    yield Form("pdf", document_pdf(shown, TEMPLATES, invoice=inside))
    yield Form("html", document_html(shown, TEMPLATES).encode())
    for ending, (syntax, wanted) in STRUCTURED.items():
        try:
            yield Form(ending, structured(document, syntax, wanted, TEMPLATES))
        except InvalidError as refused:
            yield Form(ending, b"", str(refused))
