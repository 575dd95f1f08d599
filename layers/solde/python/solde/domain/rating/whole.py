"""The difference of a whole: what the days of a key cost now, less what was billed of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from solde.domain.periods import Period
from solde.domain.pricing import Step
from solde.domain.rating.charge import BilledLine, Proposal
from solde.domain.rating.recurring import Difference
from solde.domain.tax import Regime, Treatment, treatments

ZERO = Fraction(0)


class Piece(NamedTuple):
    """Days of a key with one rate of tax, and all that they cost."""

    service: Period
    exact: Fraction
    units: Decimal
    steps: tuple[Step, ...] = ()
    events: int = 0


def whole_differences(
    proposal: Proposal, pieces: Iterable[Piece], lines: Sequence[BilledLine], regime: Regime
) -> Iterator[Difference]:
    """
    Yield one difference for each piece that does not cost what was billed of it.

    What is given back is taken from the lines that billed it, one difference for each.
    """
    left, tax_class = list(lines), proposal.product.tax_class
    for piece in pieces:
        mine = [line for line in left if line.service.start_on in piece.service]
        left = [line for line in left if line.service.start_on not in piece.service]
        more, units = piece.exact, piece.units
        if mine:
            more -= _exact(mine)
            units -= _units(mine)
        if more or units:
            (_, today), *_ = treatments(regime, tax_class, piece.service, proposal.key.period)
            one = Difference(
                service=piece.service,
                units=units,
                exact=more,
                treatment=mine[-1].treatment if mine else today,
                steps=() if mine else piece.steps,
                events=piece.events - sum(line.count for line in mine),
                corrects=mine[-1] if mine else None,
            )
            yield from _taken(one, mine) if mine and more < 0 else (one,)
    yield from _given_back(left)


def by_rate(
    proposal: Proposal, service: Period, lines: Iterable[BilledLine], regime: Regime
) -> list[Period]:
    """Cut days where the rate of tax changes, but where a line was billed over that day (R12)."""
    tax_class, lines = proposal.product.tax_class, list(lines)
    cuts = [days for days, _ in treatments(regime, tax_class, service, proposal.key.period)]
    return [service] if any(runs_through(lines, days.start_on) for days in cuts[1:]) else cuts


def runs_through(lines: Iterable[BilledLine], day: date) -> bool:
    """Tell whether a line was billed over a day without a cut there: none comes later (R12)."""
    return any(line.service.start_on < day < line.service.end_on for line in lines)


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
