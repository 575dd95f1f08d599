"""Addresses: a row for each document of a file, that a printer can sort, fold and stamp by."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from solde.domain.invoicing.parties import address_document
from solde.domain.invoicing.postal import postal_lines
from solde.ports.printing import Paper

ADDRESS_LINES = 6
"""Four of a street, and two that may say the city and its postcode."""
HEADINGS = (
    "first_page",
    "last_page",
    "document",
    "kind",
    "customer",
    "name",
    *(f"address_{number}" for number in range(1, ADDRESS_LINES + 1)),
    "country",
    "as_printed",
    "sha256",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon, were it the first letter of a cell."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A document in its file, from page `first` on; `shown` is the customer as it names him."""

    paper: Paper
    first: int
    pages: int
    shown: Mapping[str, Any]


def address_list(placed: Sequence[Placed]) -> bytes:
    """
    Write the list as CSV (RFC 4180, UTF-8).

    The address is where the customer is now; `as_printed` says whether the paper has the same.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(map(_row, placed))
    return out.getvalue().encode()


def _row(one: Placed) -> Iterable[str | int]:
    header, customer = one.paper.header, one.paper.customer
    lines = postal_lines(customer.address)
    printed = (one.shown["name"], one.shown["address"])
    same = printed == (customer.name, address_document(customer.address))
    texts = [
        header.number,
        header.kind,
        customer.external_id or customer.id,
        customer.name,
        *lines,
        *[""] * (ADDRESS_LINES - len(lines)),
        customer.address.country,
        "yes" if same else "no",
        (header.documents or {})["pdf"].sha256,
    ]
    return one.first, one.first + one.pages - 1, *map(_defused, texts)


def _defused(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula, and a line from ending in a cell."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(FORMULA) or text.startswith(FORMULA) else flat
