"""Entries that balance, or are none."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solde.domain.errors import UnbalancedEntryError
from solde.domain.ledger import (
    Entry,
    Posting,
    entry,
    entry_of_document,
    entry_of_payment,
    entry_of_refund,
)
from solde.domain.money import Money


def moved(one: Entry) -> dict[str, int]:
    return {posting.account: posting.minor for posting in one.postings}


DOCUMENT = {
    "kind": "invoice",
    "currency": "EUR",
    "lines": [{"account": "706", "net": 100_00}, {"account": "707", "net": 50_00}],
    "taxes": [{"tax": 20_00}, {"tax": 2_75}],
    "totals": {"gross": 172_75},
}


def test_an_invoice_is_receivable_against_revenue_and_vat() -> None:
    assert moved(entry_of_document(DOCUMENT)) == {
        "411": 172_75,
        "4457": -22_75,
        "706": -100_00,
        "707": -50_00,
    }


def test_a_credit_note_is_its_mirror() -> None:
    invoice = moved(entry_of_document(DOCUMENT))
    note = moved(entry_of_document({**DOCUMENT, "kind": "credit_note"}))
    assert note == {account: -minor for account, minor in invoice.items()}


@pytest.mark.parametrize(
    ("rounding", "account"),
    [(-1, "658"), (1, "758")],
)
def test_what_a_price_with_tax_is_rounded_by_has_its_account(rounding: int, account: str) -> None:
    """150.00 and 22.75 of tax, charged as 172.74 or 172.76."""
    totals = {"gross": 172_75 + rounding, "rounding": rounding}
    booked = moved(entry_of_document({**DOCUMENT, "totals": totals}))
    assert (booked["411"], booked[account]) == (172_75 + rounding, -rounding)
    note = moved(entry_of_document({**DOCUMENT, "kind": "credit_note", "totals": totals}))
    assert note == {name: -minor for name, minor in booked.items()}


def test_money_that_fits_no_invoice_stays_visible() -> None:
    found = entry_of_payment(Money(120_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(found) == {"411": -100_00, "4191": -20_00, "512": 120_00}
    exact = entry_of_payment(Money(100_00, "EUR"), allocated=Money(100_00, "EUR"))
    assert moved(exact) == {"411": -100_00, "512": 100_00}  # what does not move is left out
    assert moved(entry_of_refund(Money(20_00, "EUR"))) == {"4191": 20_00, "512": -20_00}


def test_an_entry_that_is_off_cannot_be_made() -> None:
    with pytest.raises(UnbalancedEntryError, match="off by 1 EUR"):
        Entry("EUR", (Posting("411", 101), Posting("706", -100)))


@given(movements=st.dictionaries(st.sampled_from("abcdef"), st.integers(-(10**6), 10**6)))
def test_balances_of_entries_sum_to_zero(movements) -> None:
    balanced = {**movements, "z": -sum(movements.values())}
    balances = Counter(moved(entry("EUR", balanced)))
    assert sum(balances.values()) == 0
    assert all(balances.values())
