"""How a document asks for its money: by debit, by card, by transfer, to whom."""

from typing import Any

import pytest

from solde.adapters.render.payment import attachments_of, payee_of, payment_of
from tests.support.structured import golden

IBAN = "FR7630006000011234567890189"
DEBIT = {"mandate_id": "RUM-1", "debtor_iban": "FR14 2004 1010"}
CREDITOR = {"creditor_id": "FR72ZZZ123456"}


@pytest.fixture
def invoice() -> dict[str, Any]:
    return golden()["closed-invoice"]


def test_a_transfer_goes_to_the_account_of_the_seller(invoice) -> None:
    paid = payment_of(invoice)
    assert (paid.means, paid.iban, paid.bic) == ("58", IBAN, "AGRIFRPP")
    assert (paid.account_name, paid.reference) == (invoice["entity"]["name"], "FR-2027-000042")
    assert payment_of(invoice | {"currency": "USD"}).means == "30"
    del invoice["entity"]["registration"]["iban"]
    assert payment_of(invoice) is None


def test_a_debit_needs_a_mandate_and_a_creditor(invoice) -> None:
    invoice["customer"]["registration"] |= DEBIT
    assert payment_of(invoice).means == "58"
    invoice["entity"]["registration"] |= CREDITOR
    paid = payment_of(invoice)
    assert (paid.means, paid.mandate, paid.creditor) == ("59", "RUM-1", "FR72ZZZ123456")
    assert (paid.debtor_iban, paid.iban) == ("FR1420041010", "")
    assert payment_of(invoice | {"currency": "USD"}).means == "49"


def test_a_card_is_named_before_and_after_it_has_paid(invoice) -> None:
    invoice["customer"]["registration"] |= {"card_last4": "4242"}
    paid = payment_of(invoice)
    assert (paid.means, paid.card, paid.network, paid.iban) == ("48", "4242", "unknown", "")
    invoice["totals"] |= {"prepaid": 109_93, "due": 0}
    assert payment_of(invoice).card == "4242"
    invoice["totals"] |= {"prepaid": 0}
    assert payment_of(invoice) is None


def test_nobody_is_asked_by_a_credit_note_or_a_quote(invoice) -> None:
    assert payment_of(invoice | {"kind": "quote"}) is None
    invoice["entity"]["registration"] |= {"payee": "Factor"}
    note = invoice | {"kind": "credit_note"}
    assert (payment_of(note), payee_of(note)) == (None, None)


def test_a_payee_has_the_account(invoice) -> None:
    assert payee_of(invoice) is None
    invoice["entity"]["registration"] |= {"payee": "Factor", "payee_siren": "552100554"}
    assert (payee_of(invoice).name, payee_of(invoice).siren) == ("Factor", "552100554")
    assert payment_of(invoice).account_name == "Factor"


def test_what_a_buyer_writes_pays_his_supplier(invoice) -> None:
    invoice["customer"]["registration"] |= {"iban": "DE02"}
    assert payment_of(invoice | {"kind": "self_billed"}).iban == "DE02"


def test_attachments_are_named_by_reference(invoice) -> None:
    assert list(attachments_of(invoice)) == []
    (one,) = attachments_of(invoice | {"attachments": [{"id": "BL-1", "url": "https://a.test"}]})
    assert (one.id, one.description, one.url) == ("BL-1", "", "https://a.test")
