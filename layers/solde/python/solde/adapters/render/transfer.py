"""
The code that a banking app reads to fill in a transfer (EPC069-12, version 002).

Rows of its squares as text: the page draws them as one path, the paper as rectangles.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import segno

from solde.adapters.render.payment import SEPA_TRANSFER, payment_of
from solde.domain.invoicing.draft import ASK_NOTHING

MOST = 999_999_999_99
"""More euros than the code can ask for."""
NAME_MAX, TEXT_MAX = 70, 140
QUIET = 4
"""White squares that a reader wants around it."""
DARK = "1"


class Run(NamedTuple):
    """Dark squares beside each other."""

    x: int
    y: int
    width: int


def transfer_code(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the rows of the code; none where no transfer in euros to a known account is due."""
    payment = None if document["kind"] in ASK_NOTHING else payment_of(document)
    due = document["totals"]["due"]
    if payment is None or payment.means != SEPA_TRANSFER or not 0 < due <= MOST:
        return ()
    euros, cents = divmod(due, 100)
    name = " ".join(payment.account_name.split())[:NAME_MAX]
    said = ("BCD", "002", "1", "SCT", payment.bic, name, payment.iban, f"EUR{euros}.{cents:02d}")
    text = "\n".join([*said, "", "", payment.reference[:TEXT_MAX]])
    code = segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8")
    return tuple("".join(map(str, row)) for row in code.matrix)


def runs(rows: Sequence[str]) -> Iterator[Run]:
    """Yield the dark squares of rows, those beside each other as one."""
    for y, row in enumerate(rows):
        x = 0
        for square, found in groupby(row):
            width = len(list(found))
            if square == DARK:
                yield Run(x, y, width)
            x += width


def path(rows: Sequence[str]) -> str:
    """Return the squares as the path of an SVG, inside their quiet zone."""
    return "".join(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for x, y, width in runs(rows))
