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

from solde.domain.catalog import ChargeKind
from solde.domain.money import Money, minor_of
from solde.domain.rating.charge import BilledLine, Charge, Credited, LineCredit, Proposal

ZERO, NONE = Fraction(0), Decimal(0)
TIMED = (ChargeKind.ADVANCE, ChargeKind.ARREARS)

Plain = Callable[[Proposal, Sequence[BilledLine]], list[Charge]]
"""The charges of a key on which nothing was credited."""


def adjusted(proposal: Proposal, lines: Sequence[BilledLine], plainly: Plain) -> list[Charge]:
    """Return the charges with what is credited by hand, or is not credited any more."""
    plain = [_plain(line) for line in lines if _charges_something(line)]
    charges = plainly(proposal._replace(credits=()), plain)
    moves = list(_moves(proposal, lines, plain))
    price, minor = _sums(plain)
    more, new = _sums(charges)
    credit = sum((part.exact for line in lines for part in line.credited), ZERO)
    off = _rounded(price + more, proposal) - minor - new
    stands = _sums(lines)[1] + new
    if not any(exact for _, exact, _ in moves) and charges and moves:
        moves = moves[:1]  # price and credit are rounded in one sum: a unit may move
    else:
        moves = [one for one in moves if one[1]]
    for one, exact, original in moves:
        credit += exact
        after = _rounded(price + more + credit, proposal) - off
        part = Credited(one.id, exact, after - stands)
        stands = after
        if part.exact or part.net:
            again = _was_released(one, lines)
            _add(charges, _line(proposal, one, original, part), again=again)
    return charges


def _was_released(one: LineCredit, lines: Iterable[BilledLine]) -> bool:
    """Tell whether a credit went back with its days: what stands again was billed anew."""
    parts = (part for line in lines for part in line.credited)
    return any(part.id == one.id and part.exact > 0 for part in parts)


def _sums(some: Iterable[BilledLine | Charge]) -> tuple[Fraction, int]:
    exact, minor = ZERO, 0
    for one in some:
        exact, minor = exact + one.exact, minor + one.net.minor
    return exact, minor


def _moves(
    proposal: Proposal, lines: Sequence[BilledLine], plain: Sequence[BilledLine]
) -> Iterator[tuple[LineCredit, Fraction, BilledLine]]:
    """Yield what each credit stands for now, less what was billed of it: negative gives back."""
    for one in proposal.credits:
        place = _place(one, plain)
        if place is None:
            continue
        original = plain[place]
        billed = sum(
            (part.exact for line in lines for part in line.credited if part.id == one.id), ZERO
        )
        stands = ZERO if one.withdrawn else _held(one, proposal, plain, place)
        share = min(Fraction(stands, one.held), Fraction(1))
        yield one, -Fraction(one.amount.major) * share - billed, original


def held(credit: LineCredit, proposal: Proposal, lines: Sequence[BilledLine]) -> Fraction:
    """Return the share of a credit's days and units that the timeline has, from 0 to 1."""
    plain = [_plain(line) for line in lines if _charges_something(line)]
    place = _place(credit, plain)
    return ZERO if place is None else _held(credit, proposal, plain, place)


def _place(credit: LineCredit, plain: Sequence[BilledLine]) -> int | None:
    return next(
        (
            place
            for place, line in enumerate(plain)
            if line.invoice_id == credit.invoice_id and line.service == credit.service
            if line.exact > 0
        ),
        None,
    )


def _held(
    credit: LineCredit, proposal: Proposal, plain: Sequence[BilledLine], place: int
) -> Fraction:
    """Return the share of the credit's days and units that the timeline still has."""
    if not proposal.stretches:
        return ZERO
    timed = proposal.key.kind in TIMED and proposal.price.proration.by_days
    if not timed:
        return Fraction(1)
    line = plain[place]
    low = sum((one.units for one in plain[:place] if _over(one, line)), NONE)
    found = ZERO
    for stretch in proposal.stretches:
        if common := stretch.service.common(credit.days):
            above = stretch.quantity.total - low
            units = Fraction(max(NONE, min(above, line.units)))
            found += Fraction(common.days * units, Fraction(line.units))
    return Fraction(found, credit.days.days)


def _over(one: BilledLine, line: BilledLine) -> bool:
    return line.service.start_on in one.service


def _charges_something(line: BilledLine) -> bool:
    """Tell whether a line is more than a credit by hand."""
    if not line.credited:
        return True
    exact = line.exact - sum((part.exact for part in line.credited), ZERO)
    return bool(exact or line.units or line.reductions)


def _plain(line: BilledLine) -> BilledLine:
    """Return a line as it would be without what was credited on it."""
    if not line.credited:
        return line
    exact = sum((part.exact for part in line.credited), ZERO)
    minor = sum(part.net for part in line.credited)
    net = Money(line.net.minor - minor, line.net.currency)
    return replace(line, exact=line.exact - exact, net=net, credited=())


def _rounded(exact: Fraction, proposal: Proposal) -> int:
    return minor_of(exact.numerator, exact.denominator, proposal.price.currency)


def _line(proposal: Proposal, one: LineCredit, original: BilledLine, part: Credited) -> Charge:
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
