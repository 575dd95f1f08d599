"""What is settled, by rate: parts add up to the whole, and go back as they came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.settlement.collected import collected

TWO = {"S/20": 100_00, "S/5.5": 100_00}  # 120.00 and 105.50 with tax: 225.50


@pytest.mark.parametrize(
    ("bases", "before", "after", "found"),
    [
        ({"S/20": 100_00}, 0, 120_00, {"S/20": 120_00}),
        ({"S/20": 100_00}, 0, 1, {"S/20": 1}),
        (TWO, 0, 225_50, {"S/20": 120_00, "S/5.5": 105_50}),
        (TWO, 0, 112_75, {"S/20": 60_00, "S/5.5": 52_75}),
        (TWO, 225_50, 112_75, {"S/20": -60_00, "S/5.5": -52_75}),
        ({"S/20": 100_00, "E/0": 50_00}, 0, 17_00, {"S/20": 12_00, "E/0": 5_00}),
        ({"S/20": 100_00, "Z/": 20_00}, 0, 14_00, {"S/20": 12_00, "Z/": 2_00}),
        ({"S/20": 100_00, "S/10": -5_00}, 0, 10_00, {"S/20": 10_00}),
        ({}, 0, 10_00, {}),
        ({"S/20": 0}, 0, 10_00, {}),
        (TWO, 10_00, 10_00, {}),
    ],
)
def test_by_rate(bases, before, after, found) -> None:
    assert collected(bases, "EUR", before=before, after=after) == found


@given(st.lists(st.integers(1, 225_50), min_size=1, max_size=5))
def test_parts_add_up_to_the_whole(parts) -> None:
    total, sums = 0, dict.fromkeys(TWO, 0)
    for part in parts:
        step = collected(TWO, "EUR", before=total, after=total + part)
        assert sum(step.values()) == part
        for name, minor in step.items():
            sums[name] += minor
        total += part
    assert sums == {**dict.fromkeys(TWO, 0), **collected(TWO, "EUR", before=0, after=total)}
