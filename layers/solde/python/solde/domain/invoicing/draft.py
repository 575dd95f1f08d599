"""
From a group of charges to the documents that bill it: an invoice, a credit note, or both.

Correction lines may be netted on an invoice only while every (category, rate) base and the total
stay at zero or above; otherwise all of the group's corrections go to a credit note (R15), whose
tax is counted over everything that was taken back of each original so far (R14).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from solde.domain.invoicing.consolidate import Group
from solde.domain.invoicing.taken import NOTHING, Back, Taken, key_of
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
    back: tuple[Back, ...] = ()
    """Of a credit note: what it takes back, by original, category and rate."""

    @property
    def gross(self) -> Money:
        return self.net + self.tax


def drafts(group: Group, taken: Taken = NOTHING) -> tuple[Draft, ...]:
    """
    Return the documents of a group of charges: one, or an invoice and a credit note.

    `taken` is what was taken back before of the documents that the group corrects.
    """
    charges = group.charges
    totals = tax_totals([(one.treatment, one.base) for one in charges])
    if all(total.base.minor >= 0 for total in totals) and not all(map(_gives_back, charges)):
        return (_draft(INVOICE, group, charges, [one.base for one in charges], totals),)
    corrections = [one for one in charges if _gives_back(one)]
    rest = [one for one in charges if not _gives_back(one)]
    note = _note(group, corrections, taken)
    return (_invoice(group, rest), note) if rest else (note,)


def _gives_back(charge: Charge) -> bool:
    return charge.net.minor < 0 or (not charge.net.minor and charge.exact < 0)


def _invoice(group: Group, charges: Sequence[Charge]) -> Draft:
    nets = [one.base for one in charges]
    totals = tax_totals([(one.treatment, one.base) for one in charges])
    return _draft(INVOICE, group, charges, nets, totals)


def _note(group: Group, charges: Sequence[Charge], taken: Taken) -> Draft:
    nets = [-one.base for one in charges]
    bases = tax_totals([(one.treatment, net) for one, net in zip(charges, nets, strict=True)])
    back = taken.of(charges)
    totals = tuple(replace(total, tax=_tax_back(total, back)) for total in bases)
    return replace(_draft(CREDIT_NOTE, group, charges, nets, totals), back=back)


def _tax_back(total: TaxTotal, back: Sequence[Back]) -> Money:
    rate = key_of(total.treatment)
    mine = [one.tax.minor for one in back if key_of(one.treatment) == rate]
    return Money(sum(mine), total.base.currency)


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
