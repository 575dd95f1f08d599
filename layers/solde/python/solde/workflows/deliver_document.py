"""Deliver: the stored forms of an issued document, each with its digest and where it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from solde.domain.errors import NotFoundError
from solde.ports.billing import PackSlice, Rendered

JSON = "json"
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "cii": "application/xml",
    "ubl": "application/xml",
}
SUFFIXES = {"cii": "cii.xml", "ubl": "ubl.xml"}


class Delivered(Protocol):
    """What the head of a document says of where it lies, invoice or not."""

    @property
    def sha256(self) -> str: ...

    @property
    def place(self) -> PackSlice: ...

    @property
    def documents(self) -> Mapping[str, Rendered] | None: ...


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a document; the closed document itself is `json`."""

    name: str
    content_type: str
    sha256: str
    place: PackSlice

    @property
    def suffix(self) -> str:
        """What a downloaded file of it is called after its dot."""
        return SUFFIXES.get(self.name, self.name)


def stored_forms(header: Delivered) -> Sequence[Form]:
    """Return the closed document and what was rendered from it, which follows its issue."""
    forms = [Form(JSON, "application/json", header.sha256, header.place)]
    for name, one in sorted((header.documents or {}).items()):
        forms.append(Form(name, TYPES[name], one.sha256, one.place))
    return forms


def stored_form(header: Delivered, name: str) -> Form:
    """
    Return one form.

    Raises:
        NotFoundError: it is none, or is not rendered yet.

    """
    forms = stored_forms(header)
    found = next((one for one in forms if one.name == name), None)
    if found is None:
        known = [one.name for one in forms]
        raise NotFoundError(f"document: expected one of {known}, found {name[:40]!r}")
    return found
