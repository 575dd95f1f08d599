"""A file beside the document that it should say, term by term."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from local.documents.life import Document
from local.documents.reading.read import Read
from local.documents.reading.told import profile_of, told

NUMBERS = frozenset((*range(92, 94), 96, *range(106, 118), 119, 129, 131, 136, 146, 149, 152))
"""Terms that are numbers: 12.5 and 12.50 are the same."""
CODE = re.compile(r"BT-(\d+)(?:\[[\d.]+\])?")
NOTHING = "nothing"


class Difference(NamedTuple):
    term: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.term}: expected {self.expected}, found {self.found}"


def differences(found: Read, document: Document) -> Iterator[Difference]:
    """Yield each term that is not as the document has it, then what no term has."""
    profile = profile_of(dict(found.terms))
    expected = told(document, profile, found.syntax)
    for term in sorted({*expected, *found.terms}, key=_order):
        ours, theirs = expected.get(term, ""), found.terms.get(term, "")
        if not _same(term, ours, theirs):
            yield Difference(term, ours or NOTHING, theirs or NOTHING)
    for text in found.unread:
        yield Difference("no term", NOTHING, text)


def _same(term: str, ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    code = CODE.fullmatch(term)
    if not (ours and theirs and code and int(code[1]) in NUMBERS):
        return _plain(ours) == _plain(theirs)
    try:
        return Decimal(ours) == Decimal(theirs)
    except ArithmeticError:
        return False


def _plain(text: str) -> str:
    """White space at the ends, and line breaks of other systems, say nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _order(term: str) -> tuple[list[int], str]:
    return [int(one) for one in re.findall(r"\d+", term)], term
