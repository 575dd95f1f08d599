"""
XML of banks: opened with care (no document type, no entity, elements of one namespace), or written.

Documents have a writer of their own, in a layer that who asks a bank does not have.
"""

import re
from html import escape
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from solde.domain.errors import InvalidError

Element = Any
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def opened(body: str, message: str) -> tuple[Element, str]:
    """
    Return the root of a message of ISO 20022, and its namespace in braces.

    Raises:
        InvalidError: it is no well-formed XML, or another message.

    """
    try:
        root = fromstring(body.encode(), forbid_dtd=True)
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


def el(tag: str, *children: str, **attributes: str) -> str:
    """Return an element around its children, which are XML already; none without any."""
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    inside = "".join(children)
    return f"<{tag}{said}>{inside}</{tag}>" if inside else ""


def text(tag: str, value: str, **attributes: str) -> str:
    """Return an element with a text, of signs that banks pass on; none for an empty one."""
    return el(tag, escape(value), **attributes) if value else ""
