"""
Which charges of a group tax keeps apart: two reasons of one category, and O from all others.

EN 16931 gives a document one reason for each category (BR-E-01), and none beside O (BR-O-11).
"""

from collections.abc import Iterator
from dataclasses import replace

from solde.domain.invoicing.consolidate import Group
from solde.domain.rating import Charge
from solde.domain.tax import Treatment

APART = "tax_category"
OUTSIDE = "O"
Kind = tuple[str, str]
"""Category and reason of what goes apart; both empty for what goes together."""
TOGETHER: Kind = ("", "")


def apart(group: Group) -> Iterator[Group]:
    """Yield the group, or its parts in the order of their first charges."""
    met = {id(one.treatment): one.treatment for one in group.charges}
    firsts: dict[str, str] = {}
    kinds = {identity: _kind(treatment, firsts) for identity, treatment in met.items()}
    if len(set(kinds.values())) <= 1:
        yield group
        return
    parts: dict[Kind, list[Charge]] = {}
    for charge in group.charges:
        parts.setdefault(kinds[id(charge.treatment)], []).append(charge)
    for number, charges in enumerate(parts.values()):
        yield replace(group, charges=tuple(charges), apart=APART if number else group.apart)


def _kind(treatment: Treatment, firsts: dict[str, str]) -> Kind:
    if treatment.category == OUTSIDE:
        return OUTSIDE, treatment.reason
    if firsts.setdefault(treatment.category, treatment.reason) == treatment.reason:
        return TOGETHER
    return treatment.category, treatment.reason
