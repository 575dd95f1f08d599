"""When tax becomes chargeable, and what of it a payment makes so."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.tax.chargeability import NATURES, OPTIONS, due_at, freed, moved

TWO_RATES = {"S/20": 20_00, "S/5.5": 2_75}
"""100.00 at 20 % and 50.00 at 5.5 %: 172.75 in all."""


@pytest.mark.parametrize(
    ("nature", "category", "option", "at"),
    [
        ("services", "S", "payment", "payment"),
        ("services", "S", "debits", "issue"),
        ("services", "S", "issue", ""),
        ("goods", "S", "payment", "delivery"),
        ("goods", "S", "debits", "delivery"),
        ("goods", "S", "issue", ""),
        ("services", "AE", "payment", "supply"),
        ("goods", "K", "debits", "supply"),
        ("services", "AE", "issue", ""),
        ("services", "E", "payment", ""),
        ("services", "O", "payment", ""),
        ("goods", "Z", "payment", ""),
        ("goods", "G", "debits", ""),
    ],
)
def test_goods_services_and_reverse_charge(nature, category, option, at) -> None:
    assert due_at(nature, category, option) == at


def test_the_words_are_those_of_the_api() -> None:
    assert (OPTIONS, NATURES) == (("issue", "debits", "payment"), ("services", "goods"))


@pytest.mark.parametrize(
    ("before", "after", "minor"),
    [
        (0, 100_00, 13_17),  # 20.00 × 100 ÷ 172.75 = 11.577…, 2.75 × 100 ÷ 172.75 = 1.591…
        (100_00, 172_75, 9_58),  # 8.42 and 1.16
        (0, 172_75, 22_75),
        (172_75, 100_00, -9_58),  # a bank took 72.75 back
        (172_75, 0, -22_75),
        (40_00, 40_00, 0),
    ],
)
def test_what_is_paid_frees_its_share_of_each_rate(before: int, after: int, minor: int) -> None:
    assert moved(TWO_RATES, 172_75, before=before, after=after) == minor


def test_each_rate_is_rounded_alone() -> None:
    assert freed({"S/20": 20_00}, 172_75, settled=100_00) == 11_58
    assert freed({"S/5.5": 2_75}, 172_75, settled=100_00) == 1_59


def test_where_nothing_waits_nothing_is_freed() -> None:
    assert freed({}, 172_75, settled=172_75) == 0
    assert freed({"S/20": 0}, 0, settled=0) == 0
    assert moved({}, 0, before=0, after=10) == 0


@given(
    taxes=st.lists(st.integers(0, 10_000), min_size=1, max_size=3),
    steps=st.lists(st.integers(0, 50_000), max_size=6),
)
def test_however_it_is_paid_all_of_it_is_freed_once(taxes, steps) -> None:
    waiting = {f"S/{rate}": tax for rate, tax in enumerate(taxes)}
    total = 50_000
    ways = [0, *steps, total]
    found = [moved(waiting, total, before=here, after=there) for here, there in pairwise(ways)]
    assert sum(found) == sum(taxes)
