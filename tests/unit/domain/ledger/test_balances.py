"""The trial balance: opening, both sides, closing, and that it sums to zero."""

import pytest

from solde.domain.errors import UnbalancedEntryError
from solde.domain.ledger import Balance, balanced, opened, post


def test_a_month_of_entries() -> None:
    """An invoice of 120.00, its payment of 100.00, and a credit note of 12.00."""
    balances = opened([Balance("411", "EUR", 0, 50_00, 0), Balance("706", "EUR", 0, 0, 50_00)])
    post(balances, "EUR", {"411": 120_00, "706": -100_00, "4457": -20_00})
    post(balances, "EUR", {"512": 100_00, "411": -100_00})
    post(balances, "EUR", {"411": -12_00, "706": 10_00, "4457": 2_00})
    assert balanced(balances) == (
        Balance("411", "EUR", 50_00, 120_00, 112_00),
        Balance("4457", "EUR", 0, 2_00, 20_00),
        Balance("512", "EUR", 0, 100_00, 0),
        Balance("706", "EUR", -50_00, 10_00, 100_00),
    )
    assert [one.closing for one in balanced(balances)] == [58_00, -18_00, 100_00, -140_00]


@pytest.mark.parametrize(("minor", "debit", "credit"), [(1, 1, 0), (-1, 0, 1), (0, 0, 0)])
def test_a_posting_is_of_one_side(minor, debit, credit) -> None:
    assert Balance("411", "EUR", 5).moved(minor) == Balance("411", "EUR", 5, debit, credit)


def test_even_accounts_do_not_open_the_next_month() -> None:
    before = [Balance("4191", "EUR", 20_00, 0, 20_00), Balance("512", "EUR", 0, 7, 0)]
    assert opened(before) == {("EUR", "512"): Balance("512", "EUR", 7)}


def test_each_currency_balances_for_itself() -> None:
    balances = opened([])
    post(balances, "EUR", {"411": 1, "706": -1})
    post(balances, "USD", {"411": 2})
    with pytest.raises(UnbalancedEntryError, match="expected 0 USD, found 2"):
        balanced(balances)
