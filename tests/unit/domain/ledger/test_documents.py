"""Documents as entries: what is owed against revenue, VAT and what was rounded."""

import pytest

from solde.domain.ledger import Entry, entry_of_document


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


def test_what_a_deposit_is_rounded_by_is_owed_with_the_rest_of_it() -> None:
    """9.99 at 20 %: 8.33 + 1.67 - 0.01; 8.32 are owed to the customer."""
    deposit = {
        "kind": "deposit",
        "deposit": {"id": "dep_1", "order": "BC-7"},
        "currency": "EUR",
        "lines": [{"account": "4191", "net": 8_33, "with_tax": 9_99}],
        "taxes": [{"tax": 1_67}],
        "totals": {"gross": 9_99, "rounding": -1},
    }
    assert moved(entry_of_document(deposit)) == {"411": 9_99, "4191": -8_32, "4457": -1_67}
