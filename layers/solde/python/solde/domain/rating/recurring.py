"""The difference of a recurring charge: where the quantity of a day is not what was billed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from solde.domain.periods import Period
from solde.domain.pricing import Quantity, Step, exact_amount, price_quantity
from solde.domain.proration import Proration, share
from solde.domain.rating.charge import BilledLine, Proposal, Stretch
from solde.domain.tax import Regime, Treatment, treatments

ZERO = Decimal(0)


class Difference(NamedTuple):
    """An exact change over some days, before it is rounded; negative gives back."""

    service: Period
    units: Decimal
    exact: Fraction
    treatment: Treatment
    steps: tuple[Step, ...] = ()
    events: int = 0
    corrects: BilledLine | None = None


class _Move(NamedTuple):
    """A change of quantity: taken from the line that billed the units, or added to the latest."""

    before: Decimal
    after: Decimal
    billed: BilledLine | None


_Stage = tuple[Period, tuple[_Move, ...]]
"""Days on which the same moves are to be made."""


def recurring_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> list[Difference]:
    """Return one difference per run of days; credits keep the treatment they were billed at."""
    wanted, whole = proposal.stretches, proposal.key.period
    if proposal.price.proration is Proration.FULL_PERIOD:
        whole = _covered([line.service for line in lines] or [one.service for one in wanted])
        wanted = tuple(Stretch(whole, one.quantity) for one in wanted)
    if not lines:
        return [one for stretch in wanted for one in _new(proposal, stretch, whole, regime)]
    return [
        difference
        for service, moves in _joined(_stages(wanted, lines))
        for move in moves
        for difference in _differences(proposal, service, whole, move, regime)
    ]


def _covered(services: Sequence[Period]) -> Period:
    """
    Return the days that a price which is not prorated was, or is to be, billed for.

    Once billed they stay: what begins or ends later in the period changes nothing.
    """
    return Period(min(one.start_on for one in services), max(one.end_on for one in services))


def _new(
    proposal: Proposal, wanted: Stretch, whole: Period, regime: Regime
) -> Iterator[Difference]:
    """Price days of which nothing was billed, split where the rate of tax changes."""
    exact, steps = price_quantity(proposal.price.model, wanted.quantity)
    units, policy = wanted.quantity.total, proposal.price.proration
    tax_class, period = proposal.product.tax_class, proposal.key.period
    for days, treatment in treatments(regime, tax_class, wanted.service, period):
        part = exact if days == whole else exact * _share(policy, days, whole)
        yield Difference(days, units, part, treatment, steps)


def _stages(wanted: Sequence[Stretch], lines: Sequence[BilledLine]) -> Iterator[_Stage]:
    """
    Cut the days wherever a quantity or a billed line begins or ends: never more than days.

    The lines that cover a day are carried along from cut to cut, oldest first, so that a long
    history costs no more than what it has billed.
    """
    days: set[date] = set()
    for service in (*(one.service for one in wanted), *(line.service for line in lines)):
        days |= {service.start_on, service.end_on}
    begins: dict[date, list[tuple[int, BilledLine]]] = {}
    for place, line in enumerate(lines):
        begins.setdefault(line.service.start_on, []).append((place, line))
    totals = {one.service.start_on: one for one in wanted}
    covering: list[tuple[int, BilledLine]] = []
    stretch: Stretch | None = None
    for start_on, end_on in pairwise(sorted(days)):
        covering = [each for each in covering if each[1].service.end_on > start_on]
        if more := begins.get(start_on):
            covering = sorted(covering + more, key=itemgetter(0))
        stretch = totals.get(start_on, stretch)
        served = stretch is not None and start_on in stretch.service
        after = stretch.quantity.total if stretch and served else ZERO
        if moves := tuple(_moves([line for _, line in covering], after)):
            yield Period(start_on, end_on), moves


def _moves(covering: Sequence[BilledLine], after: Decimal) -> Iterator[_Move]:
    """Take back the units that were billed last first, each from its own line."""
    standing: list[tuple[BilledLine, Decimal]] = []
    latest = None
    for line in covering:
        if line.units > 0:
            latest = line
            standing.append((line, line.units))
        else:
            _take(standing, -line.units)
    before = sum((units for _, units in standing), ZERO)
    if after > before:
        yield _Move(before, after, latest)
    for line, units in _take(standing, before - after):
        yield _Move(before, before - units, line)
        before -= units


def _take(
    standing: list[tuple[BilledLine, Decimal]], units: Decimal
) -> list[tuple[BilledLine, Decimal]]:
    """Remove units from the end of the list, and return whose they were."""
    taken = []
    while units > 0 and standing:
        line, has = standing.pop()
        taken.append((line, min(has, units)))
        if has > units:
            standing.append((line, has - units))
        units -= taken[-1][1]
    return taken


def _joined(stages: Iterable[_Stage]) -> Iterator[_Stage]:
    """Join neighbours that differ in nothing but their days."""
    held: _Stage | None = None
    for service, moves in stages:
        if held and held[0].end_on == service.start_on and held[1] == moves:
            held = (Period(held[0].start_on, service.end_on), moves)
            continue
        if held:
            yield held
        held = (service, moves)
    if held:
        yield held


def _differences(
    proposal: Proposal, service: Period, whole: Period, move: _Move, regime: Regime
) -> Iterator[Difference]:
    """Price a move over its days; what is newly charged is split where the rate of tax changes."""
    model = proposal.price.model
    after = price_quantity(model, Quantity(move.after))
    exact, steps = after.exact, after.steps
    if move.before:
        exact, steps = exact - exact_amount(model, Quantity(move.before)), ()
    parts = treatments(regime, proposal.product.tax_class, service, proposal.key.period)
    if move.billed is not None and move.after < move.before:
        parts = ((service, move.billed.treatment),)
    policy = proposal.price.proration
    for days, treatment in parts:
        part = exact if days == whole else exact * _share(policy, days, whole)
        units = move.after - move.before
        yield Difference(days, units, part, treatment, steps, corrects=move.billed)


def _share(policy: Proration, days: Period, whole: Period) -> Fraction:
    if policy is Proration.THIRTY_360:
        return share(policy, days, whole)
    return days.share_of(whole)
