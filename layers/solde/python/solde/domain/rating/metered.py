"""The difference of a usage charge: the price of the whole period, less what was billed of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from solde.domain.periods import Period
from solde.domain.pricing import Part, Priced, Quantity, price_part, price_quantity
from solde.domain.rating.charge import BilledLine, Proposal, Stretch
from solde.domain.rating.recurring import Difference
from solde.domain.tax import Regime, Treatment, treatments

ZERO = Fraction(0)


def metered_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> Iterator[Difference]:
    """
    Yield one difference per rate of tax; a late event moves the tiers of its own period.

    Stretches are counted to date: each is priced at its position in the period's count (R7). What
    is given back is taken from the lines that billed it, one difference for each.
    """
    left, tax_class = list(lines), proposal.product.tax_class
    stretches = _as_billed(proposal.stretches, lines)
    before, units, count = _begin(proposal)
    for stretch in stretches:
        mine = [line for line in left if line.service.start_on in stretch.service]
        left = [line for line in left if line.service.start_on not in stretch.service]
        priced = _priced(proposal, Part(stretch.quantity, before, stretches[-1].quantity))
        more, more_units = priced.exact, stretch.quantity.total
        if mine or units:
            more -= _exact(mine)
            more_units -= units + _units(mine)
        if more or more_units:
            (_, today), *_ = treatments(regime, tax_class, stretch.service, proposal.key.period)
            one = Difference(
                service=stretch.service,
                units=more_units,
                exact=more,
                treatment=mine[-1].treatment if mine else today,
                steps=() if mine else priced.steps,
                events=stretch.count - count - sum(line.count for line in mine),
                corrects=mine[-1] if mine else None,
            )
            yield from _taken(one, mine) if mine and more < 0 else (one,)
        before, units, count = stretch.quantity, stretch.quantity.total, stretch.count
    yield from _given_back(left)


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
        if any(_runs_through(line.service, start_on) for line in lines):
            service = Period(before.service.start_on, stretch.service.end_on)
            joined[-1] = Stretch(service, stretch.quantity, stretch.count)
        else:
            joined.append(stretch)
    return joined


def _runs_through(service: Period, day: date) -> bool:
    return service.start_on < day < service.end_on


def _begin(proposal: Proposal) -> tuple[Quantity | None, Decimal, int]:
    """Return the count where the service begins, its units and its events."""
    counted = proposal.counted
    if counted is None or counted.before is None:
        return None, Decimal(0), 0
    return counted.before, counted.before.total, counted.events


def _priced(proposal: Proposal, part: Part) -> Priced:
    model, counted = proposal.price.model, proposal.counted
    if part.before is None and part.total is part.after and counted is None:
        return price_quantity(model, part.after)
    if counted and counted.total:
        part = part._replace(total=counted.total)
    return price_part(model, part)


def _given_back(lines: Sequence[BilledLine]) -> Iterator[Difference]:
    """Give back what was billed of days that are served no more: one difference per rate."""
    by_rate: dict[Treatment, list[BilledLine]] = {}
    for line in lines:
        by_rate.setdefault(line.treatment, []).append(line)
    for treatment, mine in by_rate.items():
        if exact := _exact(mine):
            start_on = min(line.service.start_on for line in mine)
            end_on = max(line.service.end_on for line in mine)
            whole = Difference(
                service=Period(start_on, end_on),
                units=-_units(mine),
                exact=-exact,
                treatment=treatment,
                events=-sum(line.count for line in mine),
                corrects=mine[0],
            )
            yield from _taken(whole, mine)


def _taken(whole: Difference, lines: Sequence[BilledLine]) -> Iterator[Difference]:
    """
    Split what is given back over the lines that stand, those billed last first.

    Units and events are told once, with the first. What goes below nothing, as a signed meter
    may, corrects no line.
    """
    wanted, told = -whole.exact, whole
    for line, has in reversed(_standing(lines)):
        if wanted > 0:
            part = min(has, wanted)
            yield told._replace(exact=-part, treatment=line.treatment, corrects=line)
            wanted, told = wanted - part, whole._replace(units=Decimal(0), events=0)
    if wanted:
        yield told._replace(exact=-wanted, corrects=None)


def _standing(lines: Sequence[BilledLine]) -> list[tuple[BilledLine, Fraction]]:
    """Return the lines that are not given back, oldest first, with what is left of each."""
    left: list[tuple[BilledLine, Fraction]] = []
    for line in lines:
        if line.exact > 0:
            left.append((line, line.exact))
        wanted = -line.exact
        while wanted > 0 and left:
            last, has = left.pop()
            if has > wanted:
                left.append((last, has - wanted))
            wanted -= has
    return left


def _exact(lines: Iterable[BilledLine]) -> Fraction:
    return sum((line.exact for line in lines), ZERO)


def _units(lines: Iterable[BilledLine]) -> Decimal:
    return sum((line.units for line in lines), Decimal(0))
