"""Which invoice a transfer pays: what a payer wrote is evidence of different weight."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.banking.creditor_reference import creditor_reference
from solde.domain.banking.statement import BankEntry
from solde.domain.banking.transfer import (
    Candidate,
    from_body,
    matched,
    numbers_in,
    referred,
    to_body,
    transfer_of,
)
from solde.domain.money import Money
from solde.domain.payments import Misfit

EUR = Money(119_60, "EUR")
ENTRY = BankEntry("A1", EUR, date(2013, 6, 3), "Martin", "FR14", "", "FR-2013-000001", "E1")
ONE = Candidate("inv_1", "FR-2013-000001", "fr", EUR, known=True)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Facture FR-2013-000001 merci", ["FR-2013-000001"]),
        ("FACTURE fr2013000001", ["FR-2013-000001"]),
        ("FR 2013 / 000001, FR-2013-000002", ["FR-2013-000001", "FR-2013-000002"]),
        ("FR-DP-2013-000007 fr-lc-2013-1000001", ["FR-DP-2013-000007", "FR-LC-2013-1000001"]),
        ("FR-2013-000001 FR-2013-000001", ["FR-2013-000001"]),
        ("XFR-2013-000001", []),
        ("FR-2013-00001", []),
        ("FR14 2004 1010", []),
    ],
)
def test_numbers_are_found_however_they_are_written(text, numbers) -> None:
    assert list(numbers_in(text, "FR")) == numbers


def test_a_prefix_may_have_marks_of_its_own() -> None:
    assert list(numbers_in("acme.fr 2013 000001", "ACME/FR")) == ["ACME/FR-2013-000001"]


@pytest.mark.parametrize(
    ("structured", "found"),
    [
        (creditor_reference("FR-2013-000001"), 1),
        ("FR-2013-000001", 1),
        ("Facture FR-2013-000001", 0),
        ("RF18539007547034", 0),
        ("", 0),
    ],
)
def test_a_reference_is_one_number_and_nothing_else(structured, found) -> None:
    said = referred(replace(ENTRY, structured=structured), "FR")
    assert list(said) == ["FR-2013-000001"] * found


def test_a_reference_is_enough_whatever_the_amount() -> None:
    other = replace(ONE, open=Money(1, "EUR"), known=False)
    assert matched(ENTRY, [other], []) == "inv_1"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([], "found none"),
        ([ONE, replace(ONE, number="FR-2013-000002")], "found FR-2013-000001, FR-2013-000002"),
        ([replace(ONE, open=Money(119_61, "EUR"))], "expected 11961 EUR, open of FR-2013-000001"),
        ([replace(ONE, open=Money(119_60, "USD"))], "expected 11960 USD"),
        ([replace(ONE, known=False)], "expected a known account of who owes FR-2013-000001"),
    ],
)
def test_a_number_in_a_text_needs_amount_and_account(named, said) -> None:
    assert matched(ENTRY, [], [ONE]) == "inv_1"
    found = matched(ENTRY, [], named)
    assert isinstance(found, Misfit)
    assert said in found.reason


def test_the_same_booking_is_the_same_transfer_in_every_file() -> None:
    one = transfer_of("fr", "FR14", ENTRY)
    assert from_body(to_body(one)) == one
    assert one.id == transfer_of("fr", "FR14", replace(ENTRY, text="other")).id
    assert one.id != transfer_of("fr", "DE89", ENTRY).id
