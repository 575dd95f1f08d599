"""
Compare what should be billed with what has been: the difference is the next document's lines.

R3: for each rounding key the exact amounts are summed first and rounded once; a new line is the
rounded sum after it less the rounded sum before it, so that the lines of a key always add up to
the price of its present timeline, whatever was cut, credited or invoiced in between.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial

from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Reduction
from solde.domain.money import Money, minor_of
from solde.domain.proration import Proration
from solde.domain.rating.adjusted import Given, adjusted, credits_given
from solde.domain.rating.charge import Alike, BilledLine, Charge, ChargeKey, Proposal
from solde.domain.rating.layered import layered_differences
from solde.domain.rating.metered import metered_differences
from solde.domain.rating.missing import missing_differences
from solde.domain.rating.recurring import Difference, recurring_differences
from solde.domain.rating.reduced import Taken, reduced
from solde.domain.rating.shared import shared
from solde.domain.rating.stands import plain_lines
from solde.domain.tax import Regime

NOTHING = Fraction(0)
ANEW = "anew"
"""Under this name lie the charges of what is alike, where nothing was billed of it before."""
Differences = Callable[[Proposal, Sequence[BilledLine], Regime], Iterable[Difference]]


def compare(
    proposals: Iterable[Proposal], billed: Sequence[BilledLine], *, regime: Regime
) -> list[Charge]:
    """
    Return the charges and credits that bring what was billed to what is proposed.

    `billed` holds every line ever issued for the keys proposed, oldest first. A proposal whose
    inputs are those of its latest line makes none. A key that was billed and is proposed no more
    must come as a proposal without stretches.
    """
    by_key: dict[ChargeKey, list[BilledLine]] = defaultdict(list)
    for line in billed:
        by_key[line.key].append(line)
    charges: list[Charge] = []
    for proposal in proposals:
        lines = by_key[proposal.key] if by_key and proposal.key in by_key else []
        if not lines or lines[-1].inputs != proposal.inputs:
            charges += _told(_charges(proposal, lines, regime))
    return charges


def anew(proposal: Proposal, regime: Regime) -> list[Difference]:
    """Return what a key costs as its timeline stands, as if nothing had been billed of it."""
    return _differences(proposal, (), regime=regime)


def taken_off(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> list[tuple[tuple[Reduction, ...], Taken]]:
    """Return the discounts of what `compare` finds of a price, and what each is taken of."""
    plain = plain_lines(lines)
    found = reduced(proposal, plain, partial(_differences, regime=regime))
    return [(off, taken) for _, _, off, taken in found]


def untold(proposal: Proposal, lines: Sequence[BilledLine], regime: Regime) -> list[Charge]:
    """Return what `compare` leaves off of a proposal: exact amounts that come to nothing."""
    every = _charges(proposal, lines, regime)
    return every[len(_told(list(every))) :]


def given(proposal: Proposal, lines: Sequence[BilledLine], regime: Regime) -> list[Given]:
    """Return what each credit by hand on a key stands for, and how it moves what was billed."""
    return credits_given(proposal, lines, partial(_charges, regime=regime))


def _charges(proposal: Proposal, lines: Sequence[BilledLine], regime: Regime) -> list[Charge]:
    if proposal.credits:
        return adjusted(proposal, lines, partial(_charges, regime=regime))
    found = _rounded(proposal, lines, regime)
    if lines and any(line.shares for line in lines):
        found = shared(found, lines)
    if proposal.allowances:
        found = [one._replace(allowances=proposal.allowances) for one in found]
    return found


def _told(charges: list[Charge]) -> list[Charge]:
    """
    Leave off what comes to nothing at the end: no amount, no usage or discount to tell of.

    A zero that others follow is kept: the next comparison must find the sums that they were
    rounded from. So is one beside others of a price that is not prorated, cut where a rate changes:
    the days that lines were billed for are those of the whole amount.
    """
    while charges and _untold(charges[-1]) and not _completes(charges):
        charges.pop()
    return charges


def _completes(charges: Sequence[Charge]) -> bool:
    last = charges[-1]
    whole = last.price.proration is Proration.FULL_PERIOD and bool(last.exact)
    return whole and any(one.net.minor for one in charges)


def _untold(charge: Charge) -> bool:
    free = bool(charge.reductions) and charge.corrects is None
    return not charge.net.minor and charge.events <= 0 and not free


def _rounded(proposal: Proposal, lines: Sequence[BilledLine], regime: Regime) -> list[Charge]:
    """Round cumulatively, in the order of lines (R3)."""
    if proposal.discounts or (lines and any(line.reductions for line in lines)):
        return [
            _charge(proposal, one, net)._replace(reductions=off)
            for one, net, off, _ in reduced(proposal, lines, partial(_differences, regime=regime))
        ]
    alike = proposal.alike
    if alike is None or lines or alike.of is not proposal.stretches:
        return [_charge(proposal, one, net) for one, net in _nets(proposal, lines, regime)]
    if ANEW not in alike.kept:
        found = _nets(proposal, lines, regime)
        alike.kept[ANEW] = [(one, net, Alike(one.steps)) for one, net in found]
    return [_charge(proposal, *one) for one in alike.kept[ANEW]]


def _nets(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> list[tuple[Difference, Money]]:
    """Return each difference with what it adds to the rounded sum of those before it."""
    net_minor, exact = 0, NOTHING
    for line in lines:
        net_minor, exact = net_minor + line.net.minor, exact + line.exact
    code, found = proposal.price.currency, []
    for one in _differences(proposal, lines, regime=regime):
        exact = one.exact if exact is NOTHING else exact + one.exact
        after_minor = minor_of(*exact.as_integer_ratio(), code)
        found.append((one, Money(after_minor - net_minor, code)))
        net_minor = after_minor
    return found


def _differences(
    proposal: Proposal, lines: Sequence[BilledLine], *, regime: Regime
) -> list[Difference]:
    """Return what differs: credits before charges, then by start of service."""
    found = list(_way(proposal)(proposal, lines, regime))
    if len(found) > 1:
        found.sort(key=lambda one: (one.exact >= 0, one.service.start_on))
    return found


def _way(proposal: Proposal) -> Differences:
    if proposal.key.kind is ChargeKind.USAGE:
        return metered_differences
    if proposal.key.kind is ChargeKind.COMMITMENT:
        return missing_differences
    return layered_differences if proposal.price.proration.by_start else recurring_differences


def _charge(proposal: Proposal, one: Difference, net: Money, alike: Alike | None = None) -> Charge:
    return Charge(  # in the order of its fields: their names would take as long again
        proposal.key,
        proposal.subscription,
        proposal.item,
        proposal.price,
        proposal.product,
        one.service,
        one.units,
        one.exact,
        net,
        one.treatment,
        one.steps,
        one.events,
        proposal.inputs,
        one.corrects,
        alike=alike,
    )
