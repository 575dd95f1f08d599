"""The difference of a usage charge: the price of the whole period, less what was billed of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from solde.domain.periods import Period
from solde.domain.pricing import Part, Priced, Quantity, price_part, price_quantity
from solde.domain.rating.allowance import price_above
from solde.domain.rating.charge import BilledLine, Proposal, Stretch
from solde.domain.rating.recurring import Difference
from solde.domain.rating.whole import Piece, runs_through, whole_differences
from solde.domain.tax import Regime, treatments


def metered_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> Iterator[Difference]:
    """
    Yield one difference per rate of tax; a late event moves the tiers of its own period.

    Stretches are counted to date: each is priced at its position in the period's count (R7).
    """
    if not lines and len(proposal.stretches) == 1 and _plain(proposal):
        return _first(proposal, regime)
    return whole_differences(proposal, _pieces(proposal, lines), lines, regime)


def _plain(proposal: Proposal) -> bool:
    begun = proposal.stretches[0].since
    return begun is None and proposal.total is None and not proposal.price.free_units


def _first(proposal: Proposal, regime: Regime) -> Iterator[Difference]:
    """Yield the price of a count that nobody else prices and nobody has billed: nearly all are."""
    (stretch,) = proposal.stretches
    exact, steps = price_quantity(proposal.price.model, stretch.quantity)
    units, service = stretch.quantity.total, stretch.service
    if exact or units:
        tax_class = proposal.product.tax_class
        (_, today), *_ = treatments(regime, tax_class, service, proposal.key.period)
        yield Difference(service, units, exact, today, steps, stretch.events)


def _pieces(proposal: Proposal, lines: Sequence[BilledLine]) -> Iterator[Piece]:
    stretches = _as_billed(proposal.stretches, lines)
    before: Quantity | None = None
    units, count = Decimal(0), 0
    for stretch in stretches:
        if stretch.since:
            before, count = stretch.since
            units = before.total
        priced = _priced(proposal, Part(stretch.quantity, before, stretches[-1].quantity))
        total = stretch.quantity.total
        more = total - units if units else total
        yield Piece(stretch.service, priced.exact, more, priced.steps, stretch.events - count)
        before, units, count = stretch.quantity, total, stretch.events


def _as_billed(stretches: Sequence[Stretch], lines: Sequence[BilledLine]) -> Sequence[Stretch]:
    """
    Join stretches that one line has billed: a cut that came later reopens nothing (R12).

    They are counted to date, so the last of them tells the quantity of all.
    """
    if not lines or len(stretches) < 2:  # noqa: PLR2004 - nothing to join
        return stretches
    joined = [stretches[0]]
    for stretch in stretches[1:]:
        start_on, before = stretch.service.start_on, joined[-1]
        if stretch.since is None and runs_through(lines, start_on):
            service = Period(before.service.start_on, stretch.service.end_on)
            joined[-1] = stretch._replace(service=service, since=before.since)
        else:
            joined.append(stretch)
    return joined


def _priced(proposal: Proposal, part: Part) -> Priced:
    price = proposal.price
    if proposal.total:
        part = part._replace(total=proposal.total)
    if price.free_units:
        return price_above(price.model, part, price.free_units)
    if part.before is None and part.total is part.after:
        return price_quantity(price.model, part.after)
    return price_part(price.model, part)
