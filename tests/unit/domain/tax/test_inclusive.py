"""What is charged with tax stays to the cent; base and tax are taken out of it by rate (R13)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.money import Money
from solde.domain.tax import Inclusive, Treatment, inclusive_totals, net_shares, taken_out

D = Decimal
S20, S10, S4 = (Treatment("S", D(rate)) for rate in (20, 10, 4))
BASE, TAX, NET = Inclusive.BASE, Inclusive.TAX, Inclusive.NET


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("policy", "treatment", "gross", "parts"),
    [
        (BASE, S20, 9_99, (8_33, 1_67, -1)),  # 9.99 ÷ 1.2 = 8.325
        (BASE, S20, 8_99, (7_49, 1_50, 0)),
        (BASE, S20, 29_97, (24_98, 5_00, -1)),
        (BASE, S4, 2_99, (2_88, 12, -1)),
        (TAX, S20, 9_99, (8_32, 1_67, 0)),
        (NET, S4, 2_99, (2_88, 11, 0)),
        (BASE, S20, -9_99, (-8_33, -1_67, 1)),
        (BASE, Treatment("Z", D(0)), 9_99, (9_99, 0, 0)),
    ],
)
def test_a_gross_amount_by_policy(policy, treatment, gross, parts) -> None:
    (total,) = inclusive_totals([(treatment, eur(gross))], policy)
    assert (total.base.minor, total.tax.minor, total.rounding.minor) == parts
    assert total.gross == eur(gross)


def test_rates_are_taken_out_apart() -> None:
    found = inclusive_totals([(S20, eur(9_99)), (S10, eur(1_00)), (S20, eur(9_99))], BASE)
    assert [(one.base.minor, one.tax.minor, one.rounding.minor) for one in found] == [
        (91, 9, 0),  # 1.00 ÷ 1.1 = 0.909…
        (16_65, 3_33, 0),  # 19.98 ÷ 1.2
    ]


def test_lines_share_the_base_by_what_they_charge() -> None:
    """3 × 9.99: 24.98 is 8.33, 8.33 and 8.32."""
    amounts = [eur(9_99)] * 3
    (total,) = inclusive_totals([(S20, one) for one in amounts], BASE)
    assert [one.minor for one in net_shares(amounts, total, BASE)] == [8_33, 8_33, 8_32]


def test_a_credit_beside_a_charge_has_its_own_share() -> None:
    """29.97 − 9.99: 24.98 for the charge, and 16.65 in all leave −8.33."""
    amounts = [eur(29_97), eur(-9_99)]
    (total,) = inclusive_totals([(S20, one) for one in amounts], BASE)
    assert [one.minor for one in net_shares(amounts, total, BASE)] == [24_98, -8_33]


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=6),
    st.sampled_from((S20, S4, Treatment("S", D("5.5")))),
    st.sampled_from(Inclusive),
)
def test_all_parts_taken_back_are_the_whole(grosses, treatment, policy) -> None:
    before, parts = 0, []
    for gross in grosses:
        parts.append(taken_out(eur(gross), treatment, policy, before=before))
        before += gross
    (whole,) = inclusive_totals([(treatment, eur(before))], policy)
    assert sum(one.net.minor for one in parts) == whole.base.minor
    assert sum(one.tax.minor for one in parts) == whole.tax.minor
    assert sum(one.rounding.minor for one in parts) == whole.rounding.minor


def test_a_credit_adds_nothing_to_what_is_charged() -> None:
    """0.02 ÷ 1.2 is 0.02, and the 0.01 that is left is 0.01: so the credit is 0.01."""
    amounts = [eur(2), eur(-1)]
    (total,) = inclusive_totals([(S20, one) for one in amounts], BASE)
    assert [one.minor for one in net_shares(amounts, total, BASE)] == [2, -1]


@pytest.mark.parametrize(
    ("before", "parts"),
    [
        (0, (2_78, 56, -1)),  # 3.33 ÷ 1.2 = 2.775; 0.556
        (3_33, (2_77, 55, 1)),  # 6.66: 5.55 and 1.11 in all
        (6_66, (2_78, 56, -1)),  # 9.99: 8.33 and 1.67 in all
    ],
)
def test_thirds_of_9_99_are_given_back_one_after_the_other(before: int, parts) -> None:
    found = taken_out(eur(3_33), S20, BASE, before=before)
    assert (found.net.minor, found.tax.minor, found.rounding.minor) == parts
