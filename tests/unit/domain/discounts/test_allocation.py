"""A discount over lines: it sums, by category and rate first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.discounts import Spread, spread
from solde.domain.errors import InvalidError
from solde.domain.money import Money


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("discount", "lines", "policy", "keys", "expected"),
    [
        # 10 % of 149.99: 33.33 and 66.67 at 20 %, 49.99 at 5.5 %
        (15_00, [33_33, 66_67, 49_99], Spread.LARGEST_REMAINDER, "aab", [3_33, 6_67, 5_00]),
        (10_00, [-50_00, 30_00, 0, 10_00], Spread.LARGEST_REMAINDER, "", [0, 7_50, 0, 2_50]),
        (1, [1_00, 1_00, 1_00], Spread.LARGEST_REMAINDER, "", [1, 0, 0]),
        (10_00, [60_00, 40_00], Spread.LAST_LINE, "", [6_00, 4_00]),
        (1_00, [1_00, 1_00, 1_00], Spread.LAST_LINE, "", [33, 33, 34]),
        (1_00, [1_00, 1_00, -1_00], Spread.LAST_LINE, "", [50, 50, 0]),
        (20_00, [15_00, 7_00], Spread.FILL, "", [15_00, 5_00]),
        (0, [15_00, 7_00], Spread.FILL, "", [0, 0]),
    ],
)
def test_shares_of_lines(discount, lines, policy, keys, expected) -> None:
    found = spread(eur(discount), [eur(line) for line in lines], policy, keys=keys)
    assert [one.minor for one in found] == expected


def test_more_than_all_lines_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"expected at most 3\.00, found 3\.01"):
        spread(eur(3_01), [eur(3_00), eur(-1_00)])


@given(
    lines=st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12),
    part=st.integers(0, 100),
    policy=st.sampled_from(Spread),
    keys=st.lists(st.sampled_from("ab"), min_size=12, max_size=12),
)
def test_shares_sum_to_the_discount(lines, part, policy, keys) -> None:
    base = sum(line for line in lines if line > 0)
    discount = base * part // 100
    found = spread(eur(discount), [eur(one) for one in lines], policy, keys=keys[: len(lines)])
    assert sum(one.minor for one in found) == discount
