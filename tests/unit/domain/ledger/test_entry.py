"""Entries that balance, or are none."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import UnbalancedEntryError
from solde.domain.ledger import Entry, Posting, entry


def test_an_entry_that_is_off_cannot_be_made() -> None:
    with pytest.raises(UnbalancedEntryError, match="off by 1 EUR"):
        Entry("EUR", (Posting("411", 101), Posting("706", -100)))


@given(movements=st.dictionaries(st.sampled_from("abcdef"), st.integers(-(10**6), 10**6)))
def test_balances_of_entries_sum_to_zero(movements) -> None:
    balanced = {**movements, "z": -sum(movements.values())}
    balances = Counter({one.account: one.minor for one in entry("EUR", balanced).postings})
    assert sum(balances.values()) == 0
    assert all(balances.values())


def test_movements_are_the_postings_by_account() -> None:
    booked = entry("EUR", {"411": 120, "706": -100, "4457": -20, "512": 0})
    assert booked.movements == {"411": 120, "4457": -20, "706": -100}
