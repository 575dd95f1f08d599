"""What a lot paid in advance is good for, and the tax inside it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.settlement import EVERYTHING, Funds, Scope


@pytest.mark.parametrize(
    ("scope", "good"),
    [
        (EVERYTHING, True),
        (Scope(kinds=frozenset({"usage", "advance"})), True),
        (Scope(kinds=frozenset({"advance"})), False),
        (Scope(products=frozenset({"calls"})), True),
        (Scope(products=frozenset({"seats"})), False),
        (Scope(rates=frozenset({"S/20"})), True),
        (Scope(rates=frozenset({"S/5.5"})), False),
        (Scope(frozenset({"usage"}), frozenset({"seats"})), False),
        (Scope(frozenset({"advance"}), frozenset({"calls"})), False),
        (Scope(frozenset({"usage"}), frozenset({"calls"}), frozenset({"S/5.5"})), False),
        (Scope(frozenset({"usage"}), frozenset({"calls"}), frozenset({"S/20", "S/5.5"})), True),
    ],
)
def test_all_that_a_scope_says_must_fit(scope, good) -> None:
    assert scope.good_for("usage", "calls", "S/20") is good


def test_tax_goes_with_what_goes() -> None:
    """20.00 in 120.00: 54.00 hold 9.00, and 0.01 holds 0.0017."""
    held = Funds("wal", 120_00, tax=20_00)
    assert [held.tax_of(one) for one in (0, 1, 54_00, 120_00)] == [0, 0, 9_00, 20_00]
    assert Funds("wal", 120_00).tax_of(54_00) == 0
    assert Funds("wal", 0).tax_of(0) == 0
    # 0.17 in 1.00: 0.0051, 0.085 away from zero, 0.1683
    cents = Funds("wal", 1_00, tax=17)
    assert [cents.tax_of(one) for one in (3, 50, 99)] == [1, 9, 17]


def test_what_was_taken_back_took_its_tax_along() -> None:
    """Of 120.00 with 20.00, 30.00 with 8.00 went back: 12.00 in 90.00, so 7.20 in 54.00."""
    held = Funds("wal", 120_00, tax=20_00, back=30_00, tax_back=8_00)
    assert [held.tax_of(one) for one in (54_00, 90_00)] == [7_20, 12_00]
    assert Funds("wal", 120_00, tax=20_00, back=120_00, tax_back=20_00).tax_of(0) == 0


def test_funds_say_only_what_they_were_told() -> None:
    """Rank 50, for ever, for everything, untaxed, paid, nothing lost, of no order or invoice."""
    plain = Funds("wal", 5)
    assert plain == Funds("wal", 5, 50, None, Scope(), 0, 0, 0, "", "", 0, 0)
    assert Scope() == Scope(frozenset(), frozenset(), frozenset())


@given(put=st.integers(1, 10_000), share=st.integers(0, 100), cuts=st.lists(st.integers(0, 10_000)))
def test_however_it_is_cut_the_tax_is_used_up_with_the_money(put, share, cuts) -> None:
    held = Funds("wal", put, tax=put * share // 100)
    at = [0, *sorted(min(one, put) for one in cuts), put]
    steps = [held.tax_of(b) - held.tax_of(a) for a, b in pairwise(at)]
    assert sum(steps) == held.tax
    assert all(one >= 0 for one in steps)
