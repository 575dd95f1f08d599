"""Tax on the summed base, and its share per line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import InvalidError
from solde.domain.money import Money
from solde.domain.tax import (
    TaxTotal,
    Treatment,
    line_totals,
    tax_on,
    tax_shares,
    tax_totals,
)
from solde.domain.tax.totals import signed_shares

D = Decimal
TWENTY, REDUCED = Treatment("S", D(20)), Treatment("S", D("5.5"), "reduced")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_three_lines_of_1_13_are_taxed_together() -> None:
    (total,) = tax_totals([(TWENTY, eur(1_13))] * 3)
    assert (total.base.minor, total.tax.minor) == (3_39, 68)  # not 3 × 0.23
    assert [one.minor for one in tax_shares([eur(1_13)] * 3, total)] == [23, 23, 22]


def test_each_rate_has_its_own_base() -> None:
    found = tax_totals([(TWENTY, eur(100_00)), (REDUCED, eur(50_00)), (TWENTY, eur(-20_00))])
    assert [(one.treatment.percent, one.base.minor, one.tax.minor) for one in found] == [
        (D("5.5"), 50_00, 2_75),
        (D(20), 80_00, 16_00),
    ]


def test_a_charge_never_shows_negative_tax() -> None:
    nets = [eur(10_03), eur(-5_01), eur(0)]
    (total,) = tax_totals([(TWENTY, net) for net in nets])
    assert total.tax.minor == 1_00  # 20 % of 5.02
    assert [one.minor for one in tax_shares(nets, total)] == [2_01, -1_01, 0]


@given(nets=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=9))
def test_shares_sum_to_the_tax(nets) -> None:
    amounts = [eur(net) for net in nets]
    (total,) = tax_totals([(TWENTY, net) for net in amounts])
    assert sum(one.minor for one in tax_shares(amounts, total)) == total.tax.minor


def test_no_tax_on_nothing() -> None:
    total = TaxTotal(TWENTY, eur(0), eur(0))
    assert tax_shares([eur(0), eur(0)], total) == (eur(0), eur(0))
    assert tax_on(eur(-1), TWENTY).minor == 0
    assert tax_on(eur(-3), TWENTY).minor == -1  # 0.6 away from zero


def test_currencies_are_not_added() -> None:
    with pytest.raises(InvalidError, match="currency: expected EUR, found USD"):
        tax_totals([(TWENTY, eur(1)), (TWENTY, Money(1, "USD"))])


def test_a_line_of_nothing_leaves_its_share_to_the_others() -> None:
    """Tax counted up may differ from base × rate: 0.01 of 0.03 and 0.00, where 0.006 is due."""
    total = TaxTotal(Treatment("S", Decimal(20)), Money(3, "EUR"), Money(0, "EUR"))
    assert tax_shares([Money(3, "EUR"), Money(0, "EUR")], total) == (
        Money(0, "EUR"),
        Money(0, "EUR"),
    )


@pytest.mark.parametrize(
    ("gross", "rounding"), [(None, 0), (eur(9_99), -1), (eur(10_00), 0), (eur(10_01), 1)]
)
def test_what_base_and_tax_miss_of_a_gross_amount(gross, rounding: int) -> None:
    assert TaxTotal(TWENTY, eur(8_33), eur(1_67), gross).rounding == eur(rounding)


@pytest.mark.parametrize(
    ("weights", "whole", "of_charges", "shares"),
    [
        ([1, 1, 1], 10, 99, [4, 3, 3]),  # without a credit the charges share it all
        ([3, 0], 5, 99, [5, 0]),
        ([0, 0], 0, 0, [0, 0]),
        ([10, -5], 50, 100, [100, -50]),
        ([10, -5, 0, -5], 0, 101, [101, -51, 0, -50]),
        ([-3, -1], -8, 0, [-6, -2]),  # credits alone
        ([-1], -1, 7, [-1]),  # what charges would have had is nobody's
        ([1, -2, 1], 3, 5, [3, -2, 2]),
    ],
)
def test_charges_and_credits_are_split_apart(weights, whole, of_charges, shares) -> None:
    found = signed_shares(weights, eur(whole), eur(of_charges))
    assert [one.minor for one in found] == shares


def test_totals_come_by_category_and_then_by_rate() -> None:
    exempt = Treatment("E", D(0), reason="VATEX-EU-132")
    nets = [(TWENTY, eur(1_00)), (exempt, eur(2_00)), (REDUCED, eur(3_00)), (exempt, eur(1))]
    found = [(one.treatment, one.base.minor, one.tax.minor) for one in tax_totals(nets)]
    assert found == [(exempt, 2_01, 0), (REDUCED, 3_00, 17), (TWENTY, 1_00, 20)]
    assert tax_totals([]) == ()


def test_a_credit_adds_nothing_to_what_is_charged() -> None:
    """20 % of 0.02 is nothing, and so is that of the 0.01 that is left."""
    (total,) = tax_totals([(TWENTY, eur(2)), (TWENTY, eur(-1))])
    assert tax_shares([eur(2), eur(-1)], total) == (eur(0), eur(0))


def test_per_line_each_rate_sums_the_tax_of_its_own_lines() -> None:
    """1.13 at 20 % has 0.23 (0.226), at 5.5 % 0.06 (0.06215); the sums would have 0.45 and 0.12."""
    found = line_totals([(TWENTY, eur(1_13)), (REDUCED, eur(1_13))] * 2)
    assert [(one.treatment.percent, one.base.minor, one.tax.minor) for one in found] == [
        (REDUCED.percent, 2_26, 12),
        (TWENTY.percent, 2_26, 46),
    ]
    assert line_totals([]) == ()


def test_a_line_of_nothing_has_no_tax_shown() -> None:
    (total,) = tax_totals([(TWENTY, eur(0)), (TWENTY, eur(5))])
    assert [one.minor for one in tax_shares([eur(0), eur(5)], total)] == [0, 1]
