"""From an element to business terms by their codes; what is read by no term is told as well."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from local.documents.reading.cii import CII
from local.documents.reading.opened import Element, UnreadableError
from local.documents.reading.syntax import Group, Syntax
from local.documents.reading.ubl import CREDIT_NOTE, INVOICE

SYNTAXES = {
    f"{{{CII.names['rsm']}}}CrossIndustryInvoice": ("cii", CII),
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": ("ubl", INVOICE),
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": ("ubl", CREDIT_NOTE),
}
OF_TAX = ("TaxAmount", "TaxTotalAmount")
DIGITS = 8
"""Of a day without hyphens."""


class Read(NamedTuple):
    """Terms by code, those that repeat with their place: `BT-131[2]`; texts that no term has."""

    syntax: str
    credit_note: bool
    terms: Mapping[str, str]
    unread: tuple[str, ...]


def read(root: Element) -> Read:
    """
    Return the business terms of an invoice.

    Raises:
        UnreadableError: its root is of no syntax that is known here.

    """
    if root.tag not in SYNTAXES:
        raise UnreadableError(
            f"expected a CrossIndustryInvoice, Invoice or CreditNote, found {root.tag}"
        )
    name, syntax = SYNTAXES[root.tag]
    reader = _Reader(syntax)
    terms = {code: text for code, text in reader.terms(root, syntax.whole, "") if text}
    currencies = terms.get("BT-5", ""), terms.get("BT-6", "")
    return Read(
        name,
        syntax is CREDIT_NOTE,
        _taxes(terms),
        tuple(reader.unread(root, *currencies)),
    )


def _taxes(terms: dict[str, str]) -> dict[str, str]:
    """Tell the tax in the document's currency (BT-110) from the one that is booked (BT-111)."""
    found = {code: text for code, text in terms.items() if not code.startswith("TAX")}
    for code, amount in terms.items():
        if code.startswith("TAX["):
            own = terms.get(code.replace("TAX", "TAX-IN")) == terms.get("BT-5")
            found["BT-110" if own else "BT-111"] = amount
    return found


class _Reader:
    """Reads groups, and remembers which elements had a term."""

    def __init__(self, syntax: Syntax) -> None:
        self._names, self._day = syntax.names, syntax.day
        self._met: set[Element] = set()

    def terms(self, above: Element, group: Group, place: str) -> Iterator[tuple[str, str]]:
        found = above.findall(group.path, self._names) if group.path else [above]
        for number, one in enumerate(found if group.each else found[:1], 1):
            here = f"{place}.{number}".lstrip(".") if group.each else place
            suffix = f"[{here}]" if here else ""
            for code, path in group.terms.items():
                yield f"{code}{suffix}", self._text(one, path)
            for path, text in group.fixed.items():
                self._fixed(one, path, text)
            for inner in group.inner:
                yield from self.terms(one, inner, here)

    def unread(self, root: Element, own: str, booked: str) -> Iterator[str]:
        """Yield what no term has: texts, and amounts in another currency than the document's."""
        for one in root.iter():
            text = (one.text or "").strip()
            name = one.tag.rpartition("}")[2]
            if text and one not in self._met:
                yield f"{name}: {text}"
            currency = one.get("currencyID", own)
            if currency != own and not (name in OF_TAX and currency == booked):
                yield f"{name} in {currency}: {text}"

    def _text(self, above: Element, path: str) -> str:
        path, _, attribute = path.partition("@") if "[@" not in path else (path, "", "")
        one = above.find(path, self._names) if path else above
        if one is None:
            return ""
        if attribute:
            return str(one.get(attribute, ""))
        self._met.add(one)
        text = (one.text or "").strip()
        if self._day and one.tag.endswith(self._day) and len(text) == DIGITS:
            return f"{text[:4]}-{text[4:6]}-{text[6:]}"
        return text

    def _fixed(self, above: Element, path: str, text: str) -> None:
        one = above.find(path, self._names)
        if one is not None and (one.text or "").strip() == text:
            self._met.add(one)
