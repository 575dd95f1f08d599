"""Tax in gross prices, per line, rate, document and stage."""

from decimal import Decimal
from fractions import Fraction

import pytest

from solde.domain.money import Money, Rounding
from solde.domain.tax.policies import Inclusive, TaxLevel, compounded, extracted, taxes

D = Decimal


@pytest.mark.parametrize(
    ("gross", "percent", "policy", "expected"),
    [
        (9_99, "20", Inclusive.BASE, (8_33, 1_67, -1)),  # 10.00 less 0.01
        (8_99, "20", Inclusive.BASE, (7_49, 1_50, 0)),
        (29_97, "20", Inclusive.BASE, (24_98, 5_00, -1)),
        (9_99, "20", Inclusive.TAX, (8_32, 1_67, 0)),
        (2_99, "4", Inclusive.NET, (2_88, 11, 0)),
        (2_99, "4", Inclusive.BASE, (2_88, 12, -1)),
        (-9_99, "20", Inclusive.BASE, (-8_33, -1_67, 1)),
        (5_00, "0", Inclusive.BASE, (5_00, 0, 0)),
    ],
)
def test_tax_in_a_price(gross, percent, policy, expected) -> None:
    found = extracted(Money(gross, "EUR"), D(percent), policy)
    assert (found.net.minor, found.tax.minor, found.rounding.minor) == expected


THREE = [(Money(1_13, "EUR"), D(20))] * 3


@pytest.mark.parametrize(
    ("level", "total"),
    [(TaxLevel.RATE, 68), (TaxLevel.LINE, 69), (TaxLevel.INVOICE, 68)],  # 0.678; 3 × 0.23
)
def test_three_lines_of_1_13_at_20(level, total) -> None:
    shown, tax = taxes(THREE, level, Rounding.HALF_AWAY)
    assert tax.minor == total
    each = Fraction("0.23") if level is TaxLevel.LINE else Fraction("0.226")
    assert shown == (each,) * 3


def test_rates_are_rounded_apart_but_not_on_a_whole_document() -> None:
    lines = [(Money(1_02, "EUR"), D(10)), (Money(1_02, "EUR"), D(5))]  # 0.102 and 0.051
    assert taxes(lines, TaxLevel.RATE, Rounding.UP)[1].minor == 17  # 11 + 6
    assert taxes(lines, TaxLevel.INVOICE, Rounding.UP)[1].minor == 16


def test_a_later_stage_is_on_net_and_tax_so_far() -> None:
    net = Money(100_00, "CAD")
    found = compounded(net, [[D(1), D(6)], [D("0.5")]], Rounding.HALF_AWAY)
    assert [one.minor for one in found] == [7_00, 54]  # 0.535


def test_policies_are_stored_by_these_words() -> None:
    assert [one.value for one in TaxLevel] == ["line", "rate", "invoice"]
    assert [one.value for one in Inclusive] == ["base", "tax_from_gross", "net_rounded"]


def test_a_level_is_rounded_as_is_said() -> None:
    lines = [(Money(1_02, "EUR"), D(10)), (Money(1_02, "EUR"), D(10)), (Money(1_02, "EUR"), D(5))]
    # 0.102 each and 0.051
    assert taxes(lines, TaxLevel.LINE, Rounding.DOWN) == (
        (Fraction("0.1"), Fraction("0.1"), Fraction("0.05")),
        Money(25, "EUR"),
    )
    exact = (Fraction("0.102"), Fraction("0.102"), Fraction("0.051"))
    assert taxes(lines, TaxLevel.RATE, Rounding.DOWN) == (exact, Money(25, "EUR"))  # 20 + 5
    assert taxes(lines, TaxLevel.INVOICE, Rounding.UP) == (exact, Money(26, "EUR"))  # 0.255
