"""What the law wants said on a document, in the words that it was issued with."""

from collections.abc import Iterator, Mapping
from typing import Any

from solde.adapters.render.words import Words
from solde.domain.invoicing.legal import text_of, texts

Document = Mapping[str, Any]


def mentions_of(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Yield code and text of each; one that is not wanted on the day of issue has none."""
    for mention, text in _pairs(document):
        if text:
            yield mention["code"], words.filled(text, mention)


def mention_of(document: Document, words: Words, code: str, **fields: str) -> str:
    """Return the text of one, also where it is not among the document's mentions."""
    for mention, text in _pairs(document):
        if mention["code"] == code:
            return words.filled(text, {**mention, **fields})
    country, day = document["entity"]["address"]["country"], document["envelope"]["issued_on"]
    return words.filled(text_of(code, country, document["language"], day), fields)


def _pairs(document: Document) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield mentions with their words: the envelope's, else (older ones) those of the day."""
    envelope = document["envelope"]
    said = envelope.get("mentions") or texts(document, envelope["issued_on"])
    return zip(document["mentions"], said, strict=True)
