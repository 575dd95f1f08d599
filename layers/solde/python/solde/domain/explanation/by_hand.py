"""The tree of a credit note by hand: what was asked for, and what was left of each line (R14)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from solde.domain.credit import LineLeft, LineWanted, Remains
from solde.domain.explanation.back import backs
from solde.domain.explanation.tree import SCHEMA
from solde.domain.invoicing.amounts import charged
from solde.domain.invoicing.document import ENGINE
from solde.domain.invoicing.draft import Draft
from solde.domain.invoicing.taken import Taken

GIVEN_BACK = "given_back"
LINES, AMOUNT, WHOLE = "lines", "amount", "whole"


class Asked(NamedTuple):
    """Lines in the order in which they were named, or an amount over all, or with neither all."""

    lines: Sequence[LineWanted] = ()
    minor: int | None = None
    again: bool = False
    """Whether the lines are cancelled, to be billed again."""


def by_hand(
    original: Mapping[str, Any], left: Remains, asked: Asked, draft: Draft, taken: Taken
) -> dict[str, Any]:
    """Return the tree of a note; `left` and `taken` are what was there before it."""
    given = {
        line.charge.corrects.line: -line.charge.net.minor
        for line in draft.lines
        if line.charge.corrects
    }
    rows = list(_rows(original, left, asked, given))
    places = {row["line"]: place for place, row in enumerate(rows)}
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "lines": [{"how": GIVEN_BACK, "row": places[number]} for number in given],
        "tariffs": [],
        "asked": {**_asked(asked), "left": rows},
        "back": backs(draft, taken),
    }


def _asked(one: Asked) -> dict[str, Any]:
    again = {"again": True} if one.again else {}
    if one.lines:
        return {"how": LINES, **again}
    return {"how": WHOLE, **again} if one.minor is None else {"how": AMOUNT, "amount": one.minor}


def _rows(
    original: Mapping[str, Any], left: Remains, asked: Asked, given: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    """Yield what was left of each line after those before it, and what it gives back."""
    issued = {one["line"]: charged(one) for one in original["lines"]}
    for number in [one.line for one in asked.lines or left.lines]:
        one = next(each for each in left.lines if each.line == number)
        most = left.of(number)
        if most:
            yield _row(one, left, issued[number], given.get(number, 0))
        # An amount is spread over what each line gives back where all is taken.
        left = left.after(number, given.get(number, 0) if asked.lines else most)


def _row(one: LineLeft, left: Remains, issued: int, amount: int) -> dict[str, Any]:
    return {
        "line": one.line,
        "rate": one.rate,
        "charged": issued,
        "of_line": one.minor,
        "of_charge": left.charges[one.charge],
        "of_rate": left.rates[one.rate],
        "left": left.of(one.line),
        "amount": amount,
    }
