"""
A file from anywhere, opened with care: the XML of an invoice, or the attachment of a Factur-X.

XML with a document type or an entity is refused, and so is what is larger than an invoice can be.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from local.errors import LocalCloudError

BYTES_MAX = 20_000_000
"""An invoice of 5,000 lines has 8 MB as CII."""
ATTACHMENTS = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
Element = Any


class UnreadableError(LocalCloudError):
    """It is no structured invoice; the message says what was expected."""


def opened(path: Path) -> Element:
    """
    Return the root of the structured invoice that a file is or has inside.

    Raises:
        UnreadableError: it is none, is too large, or has what no invoice has.

    """
    if not path.is_file():
        raise UnreadableError(f"expected a file, found none at {path}")
    if path.stat().st_size > BYTES_MAX:
        raise UnreadableError(f"{path}: expected at most {BYTES_MAX} bytes")
    body = path.read_bytes()
    return parsed(attached(body) if body.startswith(b"%PDF") else body)


def parsed(body: bytes) -> Element:
    """
    Return the root of an XML.

    Raises:
        UnreadableError: it is not well-formed, or declares a document type or entities.

    """
    if len(body) > BYTES_MAX:
        raise UnreadableError(f"expected at most {BYTES_MAX} bytes of XML, found {len(body)}")
    try:
        return fromstring(body, forbid_dtd=True)
    except ParseError as error:
        raise UnreadableError(f"expected well-formed XML: {error}") from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError(f"expected no document type and no entities: {error}") from error


def attached(body: bytes) -> bytes:
    """
    Return the XML inside a PDF.

    Raises:
        UnreadableError: there is none, or the PDF cannot be read.

    """
    from pypdf import PdfReader  # noqa: PLC0415 - only who reads PDFs needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        inside = PdfReader(BytesIO(body)).attachments
        for name in ATTACHMENTS:
            if name in inside:
                return inside[name][0]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(f"expected a PDF that can be read: {error}") from error
    raise UnreadableError(f"expected one of {', '.join(ATTACHMENTS)} inside, found none")
