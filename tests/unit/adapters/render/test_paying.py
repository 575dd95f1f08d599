"""What there is to do about an amount, in words."""

from typing import Any

import pytest

from solde.adapters.render.paying import paying
from solde.adapters.render.words import words
from tests.support.structured import TEMPLATES, golden


@pytest.fixture
def invoice() -> dict[str, Any]:
    return golden()["closed-invoice"]


def said(document: dict[str, Any]) -> list[str]:
    return [one.replace("\xa0", " ") for one in paying(document, words(TEMPLATES, "fr"))]


def test_a_transfer_is_asked_for_with_its_reference(invoice) -> None:
    assert said(invoice) == [
        "Merci de régler 109,93 € au plus tard le 31 juillet 2027.",
        "Indiquez FR-2027-000042 en référence de votre paiement.",
    ]
    invoice["entity"]["registration"] |= {"payee": "Factor"}
    assert "Factor" in said(invoice)[-1]
    invoice["totals"] |= {"due": 0}
    assert said(invoice) == []


def test_a_debit_is_announced_with_amount_day_mandate_and_creditor(invoice) -> None:
    """What EPC 2025 asks of a pre-notification; of the account no more than it is known by."""
    invoice["entity"]["registration"] |= {"creditor_id": "FR72ZZZ123456"}
    facts = {"mandate_id": "RUM-1", "debtor_iban": "FR1420041010050500013M02606"}
    invoice["customer"]["registration"] |= facts
    first, second = said(invoice)
    for wanted in ("109,93 €", "31 juillet 2027", "RUM-1", "FR72ZZZ123456"):
        assert wanted in first
    assert second.endswith("2606.")
    assert "FR14" not in second


def test_a_card_is_charged_or_was(invoice) -> None:
    invoice["customer"]["registration"] |= {"card_last4": "4242"}
    assert "4242" in said(invoice)[0]
    assert "débités" in said(invoice)[0]
    invoice["totals"] |= {"prepaid": 109_93, "due": 0}
    assert said(invoice) == ["Réglé avec la carte se terminant par 4242."]
