"""XML of a bank, opened with care: no document type, no entity, and elements of one namespace."""

import re
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from solde.domain.errors import InvalidError

Element = Any


def opened(text: str, message: str) -> tuple[Element, str]:
    """
    Return the root of a message of ISO 20022, and its namespace in braces.

    Raises:
        InvalidError: it is no well-formed XML, or another message.

    """
    try:
        root = fromstring(text.encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as wrong:
        raise InvalidError(
            f"content: expected well-formed XML without a document type, found {wrong}",
            pointer="/content",
        ) from wrong
    found = re.fullmatch(
        rf"(\{{urn:iso:std:iso:20022:tech:xsd:{re.escape(message)}\.001\.[0-9]{{2}}\}})Document",
        root.tag,
    )
    if not found:
        raise InvalidError(
            f"content: expected a {message} document, found {root.tag!r:.100}", pointer="/content"
        )
    return root, found[1]


def text_of(element: Element, path: str, space: str) -> str:
    """Return the text at a path of names, spaces taken together; empty where there is none."""
    found = element.find("/".join(f"{space}{name}" for name in path.split("/")))
    return "" if found is None else " ".join("".join(found.itertext()).split())


def all_of(element: Element, path: str, space: str) -> list[Element]:
    found: list[Element] = element.findall("/".join(f"{space}{name}" for name in path.split("/")))
    return found
