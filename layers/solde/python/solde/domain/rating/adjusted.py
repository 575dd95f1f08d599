"""
Charges of a key on which something was credited by hand (R4, R5).

A credit lies evenly on its days and on the units of its line. Where these are taken back, so is
the credit: what goes back is the amount actually invoiced, less what was credited on it. Price
and credits of a key are summed exactly and rounded once (R3), so 100.00 less 20.00 of which 16 of
30 days are not used gives back 42.67.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from solde.domain.money import Money, minor_of
from solde.domain.rating.charge import BilledLine, Charge, Credited, LineCredit, Proposal
from solde.domain.rating.stands import Stand, plain_lines, stand_among

ZERO, NONE = Fraction(0), Decimal(0)

Plain = Callable[[Proposal, Sequence[BilledLine]], list[Charge]]
"""The charges of a key on which nothing was credited."""


class Given(NamedTuple):
    """
    What a credit by hand stands for, and the part of it that was not billed.

    Of a credit that moves something, `part` is rounded on top of `before` and `gross`: the exact
    and the rounded amount of its key ahead of it, before discounts.
    """

    stand: Stand
    billed: Fraction
    part: Credited | None = None
    before: Fraction = ZERO
    gross: int = 0

    @property
    def exact(self) -> Fraction:
        return self.stand.exact - self.billed


def adjusted(proposal: Proposal, lines: Sequence[BilledLine], plainly: Plain) -> list[Charge]:
    """Return the charges with what is credited by hand, or is not credited any more."""
    plain = plain_lines(lines)
    charges = plainly(proposal._replace(credits=()), plain)
    for one in list(_given(proposal, lines, plain, charges)):
        part = one.part
        if part and (part.exact or part.net):
            again = _was_released(one.stand.credit, lines)
            _add(charges, _line(proposal, one.stand, part), again=again)
    return charges


def credits_given(proposal: Proposal, lines: Sequence[BilledLine], plainly: Plain) -> list[Given]:
    """Return how each credit of a key stands, in the order in which they are rounded."""
    plain = plain_lines(lines)
    charges = plainly(proposal._replace(credits=()), plain)
    return list(_given(proposal, lines, plain, charges))


def _given(
    proposal: Proposal,
    lines: Sequence[BilledLine],
    plain: Sequence[BilledLine],
    charges: Sequence[Charge],
) -> Iterator[Given]:
    """Round price and credits of a key in one sum, which price begins (R3)."""
    found = list(_standing(proposal, lines, plain))
    price, minor = _sums(plain)
    more, new = _sums(charges)
    exact = price + more + sum((part.exact for line in lines for part in line.credited), ZERO)
    off = _rounded(price + more, proposal) - minor - new
    gross = _sums(lines)[1] + new + off
    # Where no credit moves, the first one has the unit that price and credit in one sum may move.
    all_still = not any(one.exact for one in found) and bool(charges)
    for place, one in enumerate(found):
        if not one.exact and not (all_still and not place):
            yield one
            continue
        after = _rounded(exact + one.exact, proposal)
        part = Credited(one.stand.credit.id, one.exact, after - gross)
        yield one._replace(part=part, before=exact, gross=gross)
        exact, gross = exact + one.exact, after


def _standing(
    proposal: Proposal, lines: Sequence[BilledLine], plain: Sequence[BilledLine]
) -> Iterator[Given]:
    for one in proposal.credits:
        stand = stand_among(one, proposal, plain)
        if stand is not None:
            billed = (part for line in lines for part in line.credited if part.id == one.id)
            yield Given(stand, sum((part.exact for part in billed), ZERO))


def _was_released(one: LineCredit, lines: Iterable[BilledLine]) -> bool:
    """Tell whether a credit went back with its days: what stands again was billed anew."""
    parts = (part for line in lines for part in line.credited)
    return any(part.id == one.id and part.exact > 0 for part in parts)


def _sums(some: Iterable[BilledLine | Charge]) -> tuple[Fraction, int]:
    exact, minor = ZERO, 0
    for one in some:
        exact, minor = exact + one.exact, minor + one.net.minor
    return exact, minor


def _rounded(exact: Fraction, proposal: Proposal) -> int:
    return minor_of(exact.numerator, exact.denominator, proposal.price.currency)


def _line(proposal: Proposal, stand: Stand, part: Credited) -> Charge:
    one, original = stand.credit, stand.original
    item = replace(proposal.item, description=one.reason or proposal.item.description)
    return Charge(
        key=proposal.key,
        subscription=proposal.subscription,
        item=item,
        price=proposal.price,
        product=proposal.product,
        service=one.days,
        units=NONE,
        exact=part.exact,
        net=Money(part.net, proposal.price.currency),
        treatment=original.treatment,
        steps=(),
        events=0,
        inputs=proposal.inputs,
        corrects=original,
        credited=(part,),
    )


def _add(charges: list[Charge], line: Charge, *, again: bool) -> None:
    """
    Put what a credit is released by into the lines that take its days back, none above nothing.

    A credit that counts `again` goes into the line that charges its days again: what corrected
    the document before was given back with it.
    """
    if line.exact >= 0:
        _release(charges, line)
        return
    for place, one in enumerate(charges):
        if one.units and again and _takes_again(one, line):
            charges[place] = _with(one, line.credited[0])
            return
    charges.append(line)


def _release(charges: list[Charge], line: Charge) -> None:
    """Begin with the line that gives back most: a line of nothing has no place on a note."""
    left = line.credited[0]
    for place in sorted(range(len(charges)), key=lambda at: charges[at].net.minor):
        one = charges[place]
        if one.units and one.net.minor < 0 and _same(one.corrects, line.corrects):
            minor = min(-one.net.minor, left.net)
            share = Fraction(minor, left.net) if left.net else Fraction(1)
            part = left._replace(exact=left.exact * share, net=minor)
            charges[place] = _with(one, part)
            left = left._replace(exact=left.exact - part.exact, net=left.net - part.net)
            if not left.exact and not left.net:
                return
    net = Money(left.net, line.net.currency)
    charges.append(line._replace(exact=left.exact, net=net, credited=(left,)))


def _with(one: Charge, part: Credited) -> Charge:
    net = Money(one.net.minor + part.net, one.net.currency)
    return one._replace(exact=one.exact + part.exact, net=net, credited=(*one.credited, part))


def _takes_again(one: Charge, line: Charge) -> bool:
    """Tell whether a charge bears a credit: it has room, its days, and no discounts of its own."""
    plain = not one.reductions and not one.allowances and not one.shares
    return (
        plain
        and one.net.minor + line.net.minor >= 0 > line.net.minor
        and bool(one.service.common(line.service))
    )


def _same(one: BilledLine | None, other: BilledLine | None) -> bool:
    return (
        one is not None
        and other is not None
        and one.invoice_id == other.invoice_id
        and one.service == other.service
    )
