"""The totals of a document with allowances and charges of its own (EN 16931, BR-CO-10 to 17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from solde.domain.money import Money, Rounding, money
from solde.domain.tax import TaxTotal, Treatment, tax_totals

Entry = tuple[Treatment, Money]


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """BT-106 to BT-115, and the breakdown by category and rate (BG-23)."""

    lines: Money
    allowances: Money
    charges: Money
    taxes: tuple[TaxTotal, ...]
    prepaid: Money

    @property
    def tax_exclusive(self) -> Money:
        return self.lines - self.allowances + self.charges

    @property
    def tax(self) -> Money:
        return sum((one.tax for one in self.taxes), Money(0, self.lines.currency))

    @property
    def tax_inclusive(self) -> Money:
        return self.tax_exclusive + self.tax

    @property
    def payable(self) -> Money:
        return self.tax_inclusive - self.prepaid


def document_totals(
    lines: Sequence[Entry],
    *,
    allowances: Sequence[Entry] = (),
    charges: Sequence[Entry] = (),
    prepaid: Money,
) -> DocumentTotals:
    """Sum lines, allowances and charges, and tax the base of each category and rate once."""
    taken = [(treatment, -amount) for treatment, amount in allowances]
    zero = Money(0, prepaid.currency)
    return DocumentTotals(
        lines=_sum(lines, zero),
        allowances=_sum(allowances, zero),
        charges=_sum(charges, zero),
        taxes=tax_totals([*lines, *taken, *charges]),
        prepaid=prepaid,
    )


def _sum(entries: Iterable[Entry], zero: Money) -> Money:
    return sum((amount for _, amount in entries), zero)


def line_net(
    quantity: Decimal,
    price: Decimal,
    base_quantity: Decimal,
    *,
    added: Money,
) -> Money:
    """Return quantity × price ÷ base quantity, rounded once with what is added (BT-131)."""
    exact = Fraction(quantity) * Fraction(price) / Fraction(base_quantity)
    return money(exact + Fraction(added.major), added.currency, Rounding.HALF_AWAY)
