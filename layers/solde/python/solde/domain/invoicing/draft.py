"""
From a group of charges to the documents that bill it: an invoice, a credit note, or both.

Correction lines may be netted on an invoice only while every (category, rate) base and the total
stay at zero or above; otherwise all of the group's corrections go to a credit note (R15), whose
tax is counted over everything that was taken back of each original so far (R14).
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from solde.domain.invoicing.consolidate import Group
from solde.domain.invoicing.taken import NOTHING, Back, Taken, key_of
from solde.domain.money import Money
from solde.domain.rating import Charge
from solde.domain.tax import (
    Inclusive,
    TaxTotal,
    inclusive_totals,
    line_totals,
    net_shares,
    tax_on,
    tax_shares,
    tax_totals,
)

INVOICE = "invoice"
CREDIT_NOTE = "credit_note"
LATE_CHARGE = "late_charge"
"""Interest and a sum for an invoice that is paid late: outside VAT, of a series of its own."""
LATE_CREDIT = "late_credit"
"""A note that takes back late charges, of a series of its own: outside VAT as they are."""
DEPOSIT = "deposit"
"""An invoice of money in advance (386): it bills nothing, and what it takes is deducted later."""
PRO_FORMA = "pro_forma"
"""What an invoice would say, and no invoice."""
CORRECTIVE, SELF_BILLED, QUOTE = "corrective", "self_billed", "quote"
"""
Kinds that are rendered and that nothing makes yet: what takes the place of an invoice (384), what
a buyer writes for his seller (389: the entity buys, the customer sells), and an offer.
"""
KINDS = (INVOICE, DEPOSIT, CREDIT_NOTE, LATE_CHARGE, LATE_CREDIT, PRO_FORMA)
NOTES = (CREDIT_NOTE, LATE_CREDIT)
"""Kinds that give back: their amounts count against those of others."""
ASK_NOTHING = (*NOTES, PRO_FORMA, QUOTE, SELF_BILLED)
"""Kinds whose reader pays nothing: what is self-billed, its issuer pays."""


class Line(NamedTuple):
    charge: Charge
    tax: Money
    """The line's share of the tax of its category and rate; shown, never summed into totals."""
    net: Money
    """What the document counts: the charge's net, or its part of the base where tax is included."""


class Draft(NamedTuple):
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
        known = self.net + self.tax
        return known + self.rounding if self.group.inclusive else known

    @property
    def rounding(self) -> Money:
        """What net and tax miss of prices that include tax (BT-114)."""
        return Money(sum([total.rounding.minor for total in self.taxes]), self.net.currency)


def drafts(group: Group, taken: Taken = NOTHING) -> tuple[Draft, ...]:
    """
    Return the documents of a group of charges: one, or an invoice and a credit note.

    `taken` is what was taken back before of the documents that the group corrects.
    """
    charges = group.charges
    bases = [one.base for one in charges]
    totals = _totals(group, charges, bases)
    if _nets(group, totals):
        return (_draft(INVOICE, group, charges, bases, totals),)
    corrections = [one for one in charges if _gives_back(one)]
    rest = [one for one in charges if not _gives_back(one)]
    note = _note(group, corrections, taken)
    return (_invoice(group, rest), note) if rest else (note,)


def _nets(group: Group, totals: Sequence[TaxTotal]) -> bool:
    """Tell whether one invoice can bill it all; tax that is rounded per line is never netted."""
    if group.by_line and any(map(_gives_back, group.charges)):
        return False
    positive = all(total.base.minor >= 0 for total in totals)
    return positive and not all(map(_gives_back, group.charges))


def _gives_back(charge: Charge) -> bool:
    return charge.net.minor < 0 or (not charge.net.minor and charge.exact < 0)


def _totals(
    group: Group, charges: Sequence[Charge], bases: Sequence[Money]
) -> tuple[TaxTotal, ...]:
    amounts = [(one.treatment, base) for one, base in zip(charges, bases, strict=True)]
    if group.inclusive:
        return inclusive_totals(amounts, Inclusive(group.inclusive))
    return line_totals(amounts) if group.by_line else tax_totals(amounts)


def _invoice(group: Group, charges: Sequence[Charge]) -> Draft:
    bases = [one.base for one in charges]
    return _draft(INVOICE, group, charges, bases, _totals(group, charges, bases))


def _note(group: Group, charges: Sequence[Charge], taken: Taken) -> Draft:
    amounts = [-one.base for one in charges]
    sums = tax_totals([(one.treatment, net) for one, net in zip(charges, amounts, strict=True)])
    back = taken.of(charges, group.inclusive)
    totals = tuple(_taken(total, back, included=bool(group.inclusive)) for total in sums)
    return _draft(CREDIT_NOTE, group, charges, amounts, totals)._replace(back=back)


def _taken(total: TaxTotal, back: Sequence[Back], *, included: bool) -> TaxTotal:
    """Sum what is taken back of all originals at one rate; `total` has what is given back."""
    rate, code = key_of(total.treatment), total.base.currency
    mine = [one for one in back if key_of(one.treatment) == rate]
    return TaxTotal(
        total.treatment,
        Money(sum(one.base.minor for one in mine), code),
        Money(sum(one.tax.minor for one in mine), code),
        total.base if included else None,
    )


def _draft(
    kind: str,
    group: Group,
    charges: Sequence[Charge],
    amounts: Sequence[Money],
    totals: tuple[TaxTotal, ...],
) -> Draft:
    """Make a document of amounts with the sign that they have on it."""
    currency, nets = group.key.currency, amounts
    if group.by_line and kind == INVOICE:
        taxes: Sequence[Money] = [
            tax_on(net, one.treatment) for net, one in zip(amounts, charges, strict=True)
        ]
    else:
        taxes = _shares(charges, amounts, totals, tax_shares)
    if group.inclusive:
        policy = Inclusive(group.inclusive)
        nets = _shares(charges, amounts, totals, partial(net_shares, policy=policy))
    return Draft(
        kind=kind,
        group=group,
        lines=tuple(map(Line, charges, taxes, nets)),
        taxes=totals,
        net=Money(sum([total.base.minor for total in totals]), currency),
        tax=Money(sum([total.tax.minor for total in totals]), currency),
    )


def _shares(
    charges: Sequence[Charge],
    amounts: Sequence[Money],
    totals: Sequence[TaxTotal],
    share: Callable[[Sequence[Money], TaxTotal], Sequence[Money]],
) -> Sequence[Money]:
    """Give each line its part of what its category and rate comes to."""
    if len(totals) == 1:
        return share(amounts, totals[0])
    places: dict[tuple[str, Decimal], list[int]] = {}
    for place, one in enumerate(charges):
        rate = (one.treatment.category, one.treatment.percent)
        places.setdefault(rate, []).append(place)
    shares = list(amounts)
    for total in totals:
        mine = places[total.treatment.category, total.treatment.percent]
        for place, part in zip(mine, share([amounts[at] for at in mine], total), strict=True):
            shares[place] = part
    return shares
