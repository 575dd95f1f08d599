"""
From a group of charges to the documents that bill it: an invoice, a credit note, or both.

Correction lines may be netted on an invoice only while every (category, rate) base and the total
stay at zero or above; otherwise all of the group's corrections go to a credit note (R15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from solde.domain.invoicing.consolidate import Group
from solde.domain.money import Money
from solde.domain.rating import Charge
from solde.domain.tax import TaxTotal, tax_shares, tax_totals

INVOICE = "invoice"
CREDIT_NOTE = "credit_note"


class Line(NamedTuple):
    charge: Charge
    tax: Money
    """The line's share of the tax of its category and rate; shown, never summed into totals."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document without number, issue date and due date. Amounts of a credit note are positive."""

    kind: str
    group: Group
    lines: tuple[Line, ...]
    taxes: tuple[TaxTotal, ...]
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        return self.net + self.tax


def drafts(group: Group) -> tuple[Draft, ...]:
    """Return the documents of a group of charges: one, or an invoice and a credit note."""
    charges = group.charges
    totals = tax_totals([(one.treatment, one.net) for one in charges])
    if all(total.base.minor >= 0 for total in totals):
        return (_draft(INVOICE, group, charges, [one.net for one in charges], totals),)
    corrections = [one for one in charges if _gives_back(one)]
    rest = [one for one in charges if not _gives_back(one)]
    note = _taxed(CREDIT_NOTE, group, corrections, sign=-1)
    return (_taxed(INVOICE, group, rest, sign=1), note) if rest else (note,)


def _gives_back(charge: Charge) -> bool:
    return charge.net.minor < 0 or (not charge.net.minor and charge.exact < 0)


def _taxed(kind: str, group: Group, charges: Sequence[Charge], *, sign: int) -> Draft:
    nets = [Money(sign * one.net.minor, one.net.currency) for one in charges]
    totals = tax_totals([(one.treatment, net) for one, net in zip(charges, nets, strict=True)])
    return _draft(kind, group, charges, nets, totals)


def _draft(
    kind: str,
    group: Group,
    charges: Sequence[Charge],
    nets: Sequence[Money],
    totals: tuple[TaxTotal, ...],
) -> Draft:
    currency = group.key.currency
    return Draft(
        kind=kind,
        group=group,
        lines=tuple(map(Line, charges, _shares(charges, nets, totals))),
        taxes=totals,
        net=Money(sum([total.base.minor for total in totals]), currency),
        tax=Money(sum([total.tax.minor for total in totals]), currency),
    )


def _shares(
    charges: Sequence[Charge], nets: Sequence[Money], totals: Sequence[TaxTotal]
) -> Sequence[Money]:
    """Show each line its part of the tax of its category and rate."""
    if len(totals) == 1:
        return tax_shares(nets, totals[0])
    places: dict[tuple[str, Decimal], list[int]] = {}
    for place, one in enumerate(charges):
        rate = (one.treatment.category, one.treatment.percent)
        places.setdefault(rate, []).append(place)
    shares = list(nets)
    for total in totals:
        mine = places[total.treatment.category, total.treatment.percent]
        for place, share in zip(mine, tax_shares([nets[at] for at in mine], total), strict=True):
            shares[place] = share
    return shares
