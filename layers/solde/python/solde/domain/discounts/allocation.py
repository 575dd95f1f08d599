"""A discount of a group of lines, spread over them so that it sums to the cent (R2, R9)."""

from collections.abc import Hashable, Sequence
from enum import Enum
from fractions import Fraction

from solde.domain.errors import InvalidError
from solde.domain.money import Money, Rounding


class Spread(Enum):
    """
    LARGEST_REMAINDER shares by amount, first over the keys (category and rate), then in each.

    LAST_LINE rounds each share and gives the rest to the last line; FILL takes the lines in order.
    """

    LARGEST_REMAINDER = "largest_remainder"
    LAST_LINE = "last_line"
    FILL = "fill"


def spread(
    discount: Money,
    lines: Sequence[Money],
    policy: Spread = Spread.LARGEST_REMAINDER,
    *,
    keys: Sequence[Hashable] = (),
) -> tuple[Money, ...]:
    """
    Return the share of each line; lines that are not positive have none.

    `keys`, one a line, says which lines have their share of the discount rounded together.

    Raises:
        InvalidError: the discount is more than all lines together.

    """
    bases = [max(line.minor, 0) for line in lines]
    if discount.minor > sum(bases):
        whole = Money(sum(bases), discount.currency)
        raise InvalidError(f"discount: expected at most {whole.major}, found {discount.major}")
    if not discount.minor:
        return (discount,) * len(lines)
    match policy:
        case Spread.FILL:
            return _filled(discount, bases)
        case Spread.LAST_LINE:
            return _last_line(discount, bases)
        case Spread.LARGEST_REMAINDER:
            return _by_key(discount, bases, keys or [None] * len(lines))


def _by_key(discount: Money, bases: Sequence[int], keys: Sequence[Hashable]) -> tuple[Money, ...]:
    places: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    sums = [sum(bases[place] for place in those) for those in places.values()]
    shares = [Money(0, discount.currency)] * len(bases)
    for those, part in zip(places.values(), discount.split(sums), strict=True):
        if not part.minor:
            continue
        mine = part.split([bases[place] for place in those])
        for place, share in zip(those, mine, strict=True):
            shares[place] = share
    return tuple(shares)


def _last_line(discount: Money, bases: Sequence[int]) -> tuple[Money, ...]:
    last = max(place for place, base in enumerate(bases) if base)
    whole, left = sum(bases), discount
    shares = [discount.share(Fraction(base, whole), Rounding.HALF_AWAY) for base in bases]
    for place, share in enumerate(shares):
        left -= share if place != last else Money(0, share.currency)
    shares[last] = left
    return tuple(shares)


def _filled(discount: Money, bases: Sequence[int]) -> tuple[Money, ...]:
    left, shares = discount.minor, []
    for base in bases:
        shares.append(Money(min(left, base), discount.currency))
        left -= shares[-1].minor
    return tuple(shares)
