"""
What a credit by hand stands for: its share of the days and units that the timeline still has.

A credit lies evenly on its days and on the units of its line; where these are taken back, so is the
credit.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from solde.domain.catalog import ChargeKind
from solde.domain.money import Money
from solde.domain.rating.charge import BilledLine, LineCredit, Proposal

ZERO, ALL, NONE = Fraction(0), Fraction(1), Decimal(0)
TIMED = (ChargeKind.ADVANCE, ChargeKind.ARREARS)


class Served(NamedTuple):
    """Days of a credit on which so many units of its line are there."""

    days: int
    units: Decimal


class Stand(NamedTuple):
    """A credit, the line that it lies on (as if without credits), and what is left of that."""

    credit: LineCredit
    original: BilledLine
    share: Fraction
    served: tuple[Served, ...] = ()
    """Where days and units are counted: their products ÷ (days × units of the line) are `share`."""

    @property
    def exact(self) -> Fraction:
        """What it comes to now, in major units: negative gives back."""
        if self.credit.withdrawn:
            return ZERO
        share = min(Fraction(self.share, self.credit.held), ALL)
        return -Fraction(self.credit.amount.major) * share


def stand(credit: LineCredit, proposal: Proposal, lines: Sequence[BilledLine]) -> Stand | None:
    """Return how a credit stands among the lines of its key; None where its line is not there."""
    return stand_among(credit, proposal, plain_lines(lines))


def stand_among(
    credit: LineCredit, proposal: Proposal, plain: Sequence[BilledLine]
) -> Stand | None:
    """Return the same among lines that are without what was credited on them."""
    place = _place(credit, plain)
    if place is None:
        return None
    line = plain[place]
    if not proposal.stretches:
        return Stand(credit, line, ZERO)
    if proposal.key.kind not in TIMED or not proposal.price.proration.by_days:
        return Stand(credit, line, ALL)
    served = tuple(_served(credit, proposal, plain, place))
    found = sum((one.days * Fraction(one.units) for one in served), ZERO)
    whole = credit.days.days * Fraction(line.units)
    return Stand(credit, line, Fraction(found, whole), served)


def held(credit: LineCredit, proposal: Proposal, lines: Sequence[BilledLine]) -> Fraction:
    """Return the share of a credit's days and units that the timeline has, from 0 to 1."""
    found = stand(credit, proposal, lines)
    return ZERO if found is None else found.share


def plain_lines(lines: Sequence[BilledLine]) -> list[BilledLine]:
    """Return lines as they would be without credits by hand, and none that is only such."""
    return [plain_line(line) for line in lines if _charges_something(line)]


def plain_line(line: BilledLine) -> BilledLine:
    """Return a line as it would be without what was credited on it."""
    if not line.credited:
        return line
    exact = sum((part.exact for part in line.credited), ZERO)
    minor = sum(part.net for part in line.credited)
    net = Money(line.net.minor - minor, line.net.currency)
    return replace(line, exact=line.exact - exact, net=net, credited=())


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


def _served(
    credit: LineCredit, proposal: Proposal, plain: Sequence[BilledLine], place: int
) -> list[Served]:
    """Count the units of the line on the days of the credit: above those of earlier lines."""
    line = plain[place]
    low = sum((one.units for one in plain[:place] if _over(one, line)), NONE)
    return [
        Served(common.days, max(NONE, min(stretch.quantity.total - low, line.units)))
        for stretch in proposal.stretches
        if (common := stretch.service.common(credit.days))
    ]


def _over(one: BilledLine, line: BilledLine) -> bool:
    return line.service.start_on in one.service


def _charges_something(line: BilledLine) -> bool:
    """Tell whether a line is more than a credit by hand."""
    if not line.credited:
        return True
    exact = line.exact - sum((part.exact for part in line.credited), ZERO)
    return bool(exact or line.units or line.reductions)
