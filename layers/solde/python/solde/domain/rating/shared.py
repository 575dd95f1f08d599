"""
Corrections bear their own original share of the discounts of the document that billed them (R4).

What is given back is what was invoiced: its net less that share. The shares of a key are kept in
the proportion of its net that they were given in, so that they are gone when the net is. What a
correction adds has the percentages too, since a period once covered stays covered; a fixed amount
is never more than it was.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from solde.domain.discounts import Reduction
from solde.domain.money import Money, Rounding
from solde.domain.rating.charge import BilledLine, Charge


def shared(charges: Sequence[Charge], lines: Sequence[BilledLine]) -> list[Charge]:
    """Give the charges of one key that correct its billed lines their shares."""
    given = sum(line.net.minor for line in lines if line.net.minor > 0)
    net = sum(line.net.minor for line in lines)
    found, shares = [], [_Share(name, lines, given) for name in _names(lines)]
    for charge in charges:
        if charge.listed:
            found.append(charge)
            continue
        net += charge.net.minor
        own = [share.moved(net) for share in shares]
        found.append(charge._replace(shares=tuple(one for one in own if one.amount.minor)))
    return found


def _names(lines: Sequence[BilledLine]) -> Iterator[Reduction]:
    """Yield a reduction of each grant, in the order in which they were taken."""
    seen = set()
    for line in lines:
        for one in line.shares:
            if one.grant_id not in seen:
                seen.add(one.grant_id)
                yield one


class _Share:
    """What one grant has taken off the lines of a key, as their net goes up and down."""

    def __init__(self, like: Reduction, lines: Sequence[BilledLine], given: int) -> None:
        amounts = [
            (line.net.minor, one.amount.minor)
            for line in lines
            for one in line.shares
            if one.grant_id == like.grant_id
        ]
        self._like = like
        self._standing = sum(amount for _, amount in amounts)
        most = sum(amount for net, amount in amounts if net > 0)
        self._part = Fraction(most, given) if given else Fraction(0)
        self._most = None if like.percent is not None else self._highest(amounts)

    @staticmethod
    def _highest(amounts: Sequence[tuple[int, int]]) -> int:
        standing = highest = 0
        for _, amount in amounts:
            standing += amount
            highest = max(highest, standing)
        return highest

    def moved(self, net: int) -> Reduction:
        """Return what is taken off more, or (negative) less, when the key's net is `net`."""
        code = self._like.amount.currency
        wanted = Money(max(net, 0), code).share(self._part, Rounding.HALF_AWAY).minor
        if self._most is not None:
            wanted = min(wanted, self._most)
        more, self._standing = wanted - self._standing, wanted
        return self._like._replace(amount=Money(more, code))
