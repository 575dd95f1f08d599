"""Totals with allowances and charges of the document."""

from decimal import Decimal

from solde.domain.invoicing.totals import document_totals, line_net
from solde.domain.money import Money
from solde.domain.tax import Treatment

D = Decimal
TWENTY, REDUCED = Treatment("S", D(20), "standard"), Treatment("S", D("5.5"), "reduced")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_each_rate_is_taxed_on_what_is_left_of_it() -> None:
    found = document_totals(
        [(TWENTY, eur(33_33)), (TWENTY, eur(66_67)), (REDUCED, eur(49_99))],
        allowances=[(TWENTY, eur(10_00)), (REDUCED, eur(5_00))],
        charges=[(TWENTY, eur(4_00))],
        prepaid=eur(50_00),
    )
    assert found.lines.minor == 149_99
    assert (found.allowances.minor, found.charges.minor) == (15_00, 4_00)
    assert found.tax_exclusive.minor == 138_99
    assert [(one.base.minor, one.tax.minor) for one in found.taxes] == [
        (44_99, 2_47),  # 2.47445
        (94_00, 18_80),
    ]
    assert (found.tax.minor, found.tax_inclusive.minor) == (21_27, 160_26)
    assert found.payable.minor == 110_26


def test_a_line_is_rounded_once_with_what_is_added() -> None:
    found = line_net(D("7"), D("19.99"), D(31), added=eur(-1_00))
    assert found.minor == 3_51  # 4.5138… less 1.00
