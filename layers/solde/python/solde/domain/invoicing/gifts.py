"""
Gifts: taken off documents after all other discounts, and spread over lines as these are (R9, R22).

Over the documents of a day each goes by (currency, lowest subscription), and takes no more than
there is: neither of it, nor of the charges that it is good for. What is given back or corrected
bears its own share, and moves no gift.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from solde.domain.discounts import Gift, Left, Reduction
from solde.domain.invoicing.allowances import in_turn, spread_over
from solde.domain.invoicing.consolidate import Group
from solde.domain.money import Money
from solde.domain.rating import Charge


def without_gifts(groups: Sequence[Group], gifts: Sequence[Left]) -> tuple[Group, ...]:
    """Return the groups with the shares of gifts, which are taken in their order."""
    charges = [list(group.charges) for group in groups]
    for gift, minor in gifts:
        left = Money(minor, gift.amount.currency)
        for place in in_turn(groups):
            if left.minor and groups[place].key.currency == left.currency:
                left -= _taken(gift, left, charges[place])
    return tuple(
        group._replace(charges=tuple(mine)) for group, mine in zip(groups, charges, strict=True)
    )


def _taken(gift: Gift, left: Money, charges: list[Charge]) -> Money:
    lines = [
        place
        for place, one in enumerate(charges)
        if one.listed and gift.good_for(one.key.kind.value, one.product.id)
    ]
    if not lines:
        return Money(0, left.currency)
    like = Reduction(gift.id, gift.name, None, gift.rank, left, gift.wallet)
    return Money(spread_over(charges, lines, like), left.currency)


def gifts_of(document: Mapping[str, Any]) -> dict[str, int]:
    """Return what a document has taken of gifts, by their ids: minor units."""
    found: dict[str, int] = {}
    for one in document.get("allowances", ()):
        if "wallet" in one:
            found[one["id"]] = found.get(one["id"], 0) + one["amount"]
    return found
