"""
Which charges of a group tax keeps apart: prices with tax, two reasons of one category, and O.

EN 16931 gives a document one reason for each category (BR-E-01), and none beside O (BR-O-11).
"""

from collections.abc import Iterable, Iterator

from solde.domain.invoicing.consolidate import Group
from solde.domain.rating import Charge
from solde.domain.tax import Treatment

CATEGORY, INCLUDED = "tax_category", "tax_included"
OUTSIDE = "O"
Kind = tuple[str, str]
"""Category and reason of what goes apart; both empty for what goes together."""
TOGETHER: Kind = ("", "")


def apart(group: Group, policy: str) -> Iterable[Group]:
    """
    Return the group, or its parts in the order of their first charges.

    `policy` is how the seller takes tax out of prices; corrections follow their originals.
    """
    if not [one for one in group.charges if one.price.tax_included]:
        return _by_category(group)
    return _by_inclusion(group, policy)


def _by_inclusion(group: Group, policy: str) -> Iterator[Group]:
    parts: dict[str, list[Charge]] = {}
    for charge in group.charges:
        parts.setdefault(_policy(charge, policy), []).append(charge)
    for number, (inclusive, charges) in enumerate(parts.items()):
        said = INCLUDED if number else group.apart
        part = group._replace(charges=tuple(charges), inclusive=inclusive, apart=said)
        yield from _by_category(part)


def _policy(charge: Charge, policy: str) -> str:
    if not charge.price.tax_included:
        return ""
    return charge.corrects.inclusive if charge.corrects else policy


def _by_category(group: Group) -> Iterable[Group]:
    met = {id(one.treatment): one.treatment for one in group.charges}
    if len(met) == 1:
        return (group,)
    firsts: dict[str, str] = {}
    kinds = {identity: _kind(treatment, firsts) for identity, treatment in met.items()}
    if len(set(kinds.values())) <= 1:
        return (group,)
    parts: dict[Kind, list[Charge]] = {}
    for charge in group.charges:
        parts.setdefault(kinds[id(charge.treatment)], []).append(charge)
    return [
        group._replace(charges=tuple(charges), apart=CATEGORY if number else group.apart)
        for number, charges in enumerate(parts.values())
    ]


def _kind(treatment: Treatment, firsts: dict[str, str]) -> Kind:
    if treatment.category == OUTSIDE:
        return OUTSIDE, treatment.reason
    if firsts.setdefault(treatment.category, treatment.reason) == treatment.reason:
        return TOGETHER
    return treatment.category, treatment.reason
