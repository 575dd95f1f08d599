"""
Discounts of documents: taken once off the charges that they are good for, then spread (R9).

Over the documents of a day they go by rank, then by (currency, lowest subscription). The base is
what is charged, never what is given back or corrected. A percentage is rounded once per document;
an amount is good for one billing period, whatever documents bill it: what they have given of it is
gone, what was given back is there again, and what finds no base is lost unless it is carried.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from solde.domain.discounts import Grant, Order, Reduction, spread
from solde.domain.invoicing.consolidate import Group
from solde.domain.money import Money
from solde.domain.rating import BilledLine, Charge

Given = Mapping[tuple[str, date], int]
"""Minor units that a grant has taken off, by its id and the first day of the billing period."""


class _Place(NamedTuple):
    """A charge that a grant is good for; `number` counts the grant's periods, from 0."""

    document: int
    line: int
    grant: Grant
    number: int


def given_by(lines: Iterable[BilledLine]) -> Given:
    """Add up what the grants have taken off issued lines."""
    return _summed(lines)


def allowed(
    groups: Sequence[Group], given: Given, order: Order = Order.PERCENT_FIRST
) -> tuple[Group, ...]:
    """Return the groups with the shares of their charges; `given` is what was given before."""
    charges = [list(group.charges) for group in groups]
    places = list(_places(groups))
    used = Counter(given)
    used.update(_summed(charge for group in groups for charge in group.charges))
    for grant in in_order({one.grant.id: one.grant for one in places}.values(), order):
        mine = [place for place in places if place.grant.id == grant.id]
        for document in in_turn(groups, {one.document for one in mine}):
            here = [one for one in mine if one.document == document]
            _take(grant, charges[document], here, used, order)
    return tuple(
        group._replace(charges=tuple(mine)) for group, mine in zip(groups, charges, strict=True)
    )


def _places(groups: Sequence[Group]) -> Iterator[_Place]:
    for document, group in enumerate(groups):
        for line, charge in enumerate(group.charges):
            if charge.allowances and charge.listed:
                for grant, number in charge.allowances:
                    yield _Place(document, line, grant, number)


def in_order(grants: Iterable[Grant], order: Order) -> list[Grant]:
    """By rank, percent before amount, then as granted (R8); or as granted, where that is said."""
    found = sorted(grants, key=_granted)
    if order is Order.AS_LISTED:
        return found
    return sorted(
        found, key=lambda one: (one.offer.discount.rank, one.offer.discount.percent is None)
    )


def _granted(one: Grant) -> tuple[date, str]:
    return one.from_on, one.id


def in_turn(groups: Sequence[Group], places: Iterable[int] | None = None) -> list[int]:
    """Return the places of groups in the order in which discounts come to their documents."""
    wanted = range(len(groups)) if places is None else places
    return sorted(wanted, key=lambda place: _rank(groups[place]))


def _rank(group: Group) -> tuple[str, str]:
    return group.key.currency, min(one.subscription.id for one in group.charges)


def _take(
    grant: Grant,
    charges: list[Charge],
    places: Sequence[_Place],
    used: Counter[tuple[str, date]],
    order: Order,
) -> None:
    """Take a grant off the charges of one document: an amount period by period."""
    if grant.offer.discount.amount is None:
        lines = [one.line for one in places]
        full = order is Order.EACH_ON_ORIGINAL
        bases = [charges[line].net if full else charges[line].base for line in lines]
        _spread(grant, charges, lines, grant.offer.discount.of(sum(bases[1:], bases[0])))
        return
    periods: dict[date, list[_Place]] = {}
    for place in places:
        periods.setdefault(charges[place.line].key.period.start_on, []).append(place)
    for start_on, those in sorted(periods.items()):
        left = _left(grant, start_on, those[0].number, used)
        taken = _spread(grant, charges, [one.line for one in those], left)
        used[grant.id, start_on] += taken


def _left(grant: Grant, start_on: date, number: int, used: Mapping[tuple[str, date], int]) -> Money:
    """Return what is left of an amount for a period; carried, of all periods up to it."""
    amount = grant.offer.discount.amount
    assert amount is not None  # noqa: S101 - the caller has looked
    if not grant.offer.carry:
        return Money(max(amount.minor - used.get((grant.id, start_on), 0), 0), amount.currency)
    before = sum(minor for (name, _), minor in used.items() if name == grant.id)
    return Money(max(amount.minor * grant.offer.granted_by(number) - before, 0), amount.currency)


def _spread(grant: Grant, charges: list[Charge], lines: Sequence[int], wanted: Money) -> int:
    discount = grant.offer.discount
    like = Reduction(grant.id, grant.offer.name, discount.percent, discount.rank, wanted)
    return spread_over(charges, lines, like)


def spread_over(charges: list[Charge], lines: Sequence[int], like: Reduction) -> int:
    """
    Spread an amount over lines, by category and rate first, and return how much that was.

    `like` says what it is taken for, and how much is wanted; no line comes to less than nothing.
    """
    bases = [charges[line].base for line in lines]
    whole = sum(bases[1:], bases[0])
    taken = min(like.amount, whole)
    if not taken.minor:
        return 0
    rates = [(charges[line].treatment.category, charges[line].treatment.percent) for line in lines]
    for line, share in zip(lines, spread(taken, bases, keys=rates), strict=True):
        if share.minor:
            one = like._replace(amount=share)
            charges[line] = charges[line]._replace(shares=(*charges[line].shares, one))
    return taken.minor


def _summed(lines: Iterable[BilledLine | Charge]) -> Counter[tuple[str, date]]:
    sums: Counter[tuple[str, date]] = Counter()
    for line in lines:
        for one in line.shares:
            sums[one.grant_id, line.key.period.start_on] += one.amount.minor
    return sums
