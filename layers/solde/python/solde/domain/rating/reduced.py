"""
Lines with discounts: the net of a key is its rounded sum less discounts, each rounded (R3, R8).

A new line is that net after it less that net before it; so is each discount on it. Hence the lines
ever issued for a key sum to the net of its present timeline, whatever was granted or ended since.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Grant, Order, Reduction, discounted
from solde.domain.money import Money, Rounding, minor_of
from solde.domain.periods import Period
from solde.domain.rating.charge import BilledLine, Proposal
from solde.domain.rating.recurring import Difference

TIMED = (ChargeKind.ADVANCE, ChargeKind.ARREARS)
WHOLE, NOTHING, ZERO = Fraction(1), Fraction(0), Decimal(0)

Off = Mapping[str, Reduction]
"""What is taken off in all, by grant."""


class Taken(NamedTuple):
    """
    Where the discounts of a line come from: they are what is taken off by now, less what was.

    `share` is that of the days on which fixed amounts run. Where the timeline has nothing any more,
    `left` is the part of the exact amount that was billed which stands after the line.
    """

    had: Off
    share: Fraction
    left: Fraction | None = None


Line = tuple[Difference, Money, tuple[Reduction, ...], Taken]
Differences = Callable[[Proposal, Sequence[BilledLine]], Sequence[Difference]]
"""(what should be billed, what was) → what differs, in the order of lines."""


def reduced(
    proposal: Proposal, lines: Sequence[BilledLine], differences: Differences
) -> Iterator[Line]:
    """
    Yield the differences of a key with their nets and what is taken off them.

    What is on the timeline no more gives its discounts back in step with its price. Where more is
    taken off now than when the key was billed, one line says so; where less is, or where many
    lines have billed it, they are given back, and all is charged anew: what is given back later
    must have been billed by one line.
    """
    if lines and proposal.stretches:
        off = _regranted(proposal, lines)
        if off and len(lines) == 1 and all(one.amount.minor > 0 for one in off):
            share = _shared(proposal, [(lines[0].service, lines[0].units)])
            yield (*_regrant(lines[0], off), Taken(_summed(lines), share))
        elif off:
            gone = proposal._replace(stretches=())
            yield from _changed(gone, lines, differences(gone, lines))
            lines = ()
    yield from _changed(proposal, lines, differences(proposal, lines), regranted=True)


def _regranted(proposal: Proposal, lines: Sequence[BilledLine]) -> tuple[Reduction, ...]:
    """Return what would be taken off what was billed by now, less what was."""
    gross = Money(sum(_gross(line) for line in lines), proposal.price.currency)
    today = _today(proposal, gross, _shared(proposal, [(one.service, one.units) for one in lines]))
    return _change(_summed(lines), today)


def _regrant(
    line: BilledLine, off: Sequence[Reduction]
) -> tuple[Difference, Money, tuple[Reduction, ...]]:
    more = Difference(line.service, ZERO, NOTHING, line.treatment, corrects=line)
    return more, -sum((one.amount for one in off[1:]), off[0].amount), tuple(off)


def _changed(
    proposal: Proposal,
    lines: Sequence[BilledLine],
    found: Sequence[Difference],
    *,
    regranted: bool = False,
) -> Iterator[Line]:
    """Round cumulatively; `regranted` says that what was billed has today's discounts by now."""
    code = proposal.price.currency
    exact = sum((line.exact for line in lines), NOTHING)
    units = [(line.service, line.units) for line in lines]
    billed, of_all = _summed(lines), exact
    before, gross = billed, minor_of(exact.numerator, exact.denominator, code)
    if regranted and lines and proposal.stretches:
        before = _today(proposal, Money(gross, code), _shared(proposal, units))
    for one in found:
        exact += one.exact
        units.append((one.service, one.units))
        after_gross = minor_of(exact.numerator, exact.denominator, code)
        share, left = _shared(proposal, units), None
        if proposal.stretches:
            after = _today(proposal, Money(after_gross, code), share)
        else:
            left = Fraction(exact, of_all) if of_all else NOTHING
            after = _left(billed, left)
        off = _change(before, after)
        net = after_gross - gross - sum(each.amount.minor for each in off)
        yield one, Money(net, code), off, Taken(before, share, left)
        before, gross = after, after_gross


def reductions(
    grants: Sequence[Grant], gross: Money, share: Fraction, order: Order
) -> tuple[Reduction, ...]:
    """Return what grants take off an amount, in their order; fixed amounts run by days (R4)."""
    off = discounted(gross, [_part(one.offer.discount, share) for one in grants], order)
    return tuple(
        Reduction(
            one.id, one.offer.name, one.offer.discount.percent, one.offer.discount.rank, amount
        )
        for one, amount in zip(grants, off, strict=True)
    )


def _part(discount: Discount, share: Fraction) -> Discount:
    if discount.amount is None or share == WHOLE:
        return discount
    return replace(discount, amount=discount.amount.share(share, Rounding.HALF_AWAY))


def _today(proposal: Proposal, gross: Money, share: Fraction) -> Off:
    """Return what is taken off now."""
    return {
        one.grant_id: one for one in reductions(proposal.discounts, gross, share, proposal.order)
    }


def _shared(proposal: Proposal, units: Sequence[tuple[Period, Decimal]]) -> Fraction:
    """
    Return the share of the period's days that fixed amounts run, of `units` that were charged.

    Where each unit is charged from its own beginning, lines do not tell their days: the timeline
    does.
    """
    policy = proposal.price.proration
    if proposal.key.kind not in TIMED or not policy.by_days:
        return WHOLE
    if policy.by_start:
        units = [(one.service, one.quantity.total) for one in proposal.stretches]
    return _served(units, proposal.key.period)


def _served(units: Sequence[tuple[Period, Decimal]], whole: Period) -> Fraction:
    """Return the share of the days on which there is anything at all."""
    moves: dict[date, Decimal] = {}
    for service, more in units:
        moves[service.start_on] = moves.get(service.start_on, ZERO) + more
        moves[service.end_on] = moves.get(service.end_on, ZERO) - more
    days, standing = 0, ZERO
    for here, following in pairwise(sorted(moves)):
        standing += moves[here]
        days += (following - here).days if standing > 0 else 0
    return Fraction(days, whole.days)


def _summed(lines: Sequence[BilledLine]) -> Off:
    off: dict[str, Reduction] = {}
    for line in lines:
        for one in line.reductions:
            held = off.get(one.grant_id)
            off[one.grant_id] = held._replace(amount=held.amount + one.amount) if held else one
    return off


def _left(billed: Off, share: Fraction) -> Off:
    return {
        identity: one._replace(amount=one.amount.share(share, Rounding.HALF_AWAY))
        for identity, one in billed.items()
    }


def _change(before: Off, after: Off) -> tuple[Reduction, ...]:
    """Return what is taken off more, or (negative) less; what stays is left out."""
    changed = []
    for identity, one in {**before, **after}.items():
        zero = Money(0, one.amount.currency)
        held = before[identity].amount if identity in before else zero
        holds = after[identity].amount if identity in after else zero
        if held != holds:
            changed.append(one._replace(amount=holds - held))
    return tuple(sorted(changed, key=lambda one: (one.rank, one.percent is None)))


def _gross(line: BilledLine) -> int:
    return line.net.minor + sum(one.amount.minor for one in line.reductions)
