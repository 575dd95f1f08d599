"""What shall be given back of an invoice: of lines, an amount over all of it, or the whole."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from solde.domain.credit.remains import Remains
from solde.domain.discounts import spread
from solde.domain.errors import InvalidError
from solde.domain.money import Money

ByLine = Mapping[int, int]
"""Minor units by the number of a line, in the prices of the document; none is 0."""


class LineWanted(NamedTuple):
    """`minor` is None for all that is left of the line."""

    line: int
    minor: int | None = None


def by_lines(left: Remains, wanted: Sequence[LineWanted]) -> ByLine:
    """
    Return what each line gives back.

    Raises:
        InvalidError: less is left of a line, of its category and rate, or of the document.

    """
    found: dict[int, int] = {}
    for place, one in enumerate(wanted):
        if one.line in found:
            raise InvalidError(
                f"lines: expected each once, found line {one.line} twice",
                pointer=f"/lines/{place}/line",
            )
        most = left.of(one.line)
        if not most:
            raise InvalidError(
                f"line: expected one of which something is left, found 0 on line {one.line}",
                pointer=f"/lines/{place}/line",
            )
        minor = most if one.minor is None else one.minor
        if not 0 < minor <= most:
            raise _too_much(minor, most, f"of line {one.line}", f"/lines/{place}/amount")
        found[one.line] = minor
        left = left.after(one.line, minor)
    return found


def by_amount(left: Remains, minor: int) -> ByLine:
    """
    Spread an amount over what is left: first over categories and rates, then over lines (R2).

    Raises:
        InvalidError: less is left.

    """
    every = whole(left)
    if not 0 < minor <= left.total:
        raise _too_much(minor, left.total, "of the invoice", "/amount")
    rates = {one.line: one.rate for one in left.lines}
    amounts = [Money(most, left.currency) for most in every.values()]
    shares = spread(Money(minor, left.currency), amounts, keys=[rates[line] for line in every])
    return {line: part.minor for line, part in zip(every, shares, strict=True) if part.minor}


def whole(left: Remains) -> ByLine:
    """
    Return all that is left, line by line.

    Raises:
        InvalidError: nothing is.

    """
    found = {one.line: minor for one, minor in left.each() if minor}
    if not found:
        raise InvalidError(
            "invoice: expected one of which something is left, found 0", pointer="/invoice"
        )
    return found


def _too_much(found: int, most: int, of: str, pointer: str) -> InvalidError:
    return InvalidError(
        f"amount: expected 1 to {most}, which is left {of}, found {found}"
        + (f", {found - most} too much" if found > most else ""),
        pointer=pointer,
    )
