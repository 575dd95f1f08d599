"""The difference of a commitment: what a period misses now, less what was charged for that."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from solde.domain.rating.charge import BilledLine, Proposal
from solde.domain.rating.recurring import Difference
from solde.domain.rating.whole import Piece, by_rate, whole_differences
from solde.domain.tax import Regime


def missing_differences(
    proposal: Proposal, lines: Sequence[BilledLine], regime: Regime
) -> Iterator[Difference]:
    """Yield what is missing now, less what was charged for it: by days where the rate changes."""
    pieces = [
        Piece(days, Fraction(one.quantity.total) * days.share_of(one.service), Decimal(1))
        for one in proposal.stretches
        if one.quantity.total
        for days in by_rate(proposal, one.service, lines, regime)
    ]
    return whole_differences(proposal, pieces, lines, regime)
