"""References of creditors (ISO 11649)."""

import pytest

from solde.domain.banking.creditor_reference import creditor_reference, referred_to


def test_the_standards_own_example() -> None:
    assert creditor_reference("539007547034") == "RF18539007547034"
    assert referred_to("RF18 5390 0754 7034") == "539007547034"


def test_a_number_of_ours_comes_back_without_its_marks() -> None:
    assert referred_to(creditor_reference("FR-2013-000001")) == "FR2013000001"


@pytest.mark.parametrize("text", ["RF19539007547034", "RF18", "FR-2013-000001", "", "RF18é"])
def test_what_is_no_reference(text) -> None:
    assert referred_to(text) == ""


def test_a_number_that_is_too_long_has_none() -> None:
    assert creditor_reference("A" * 21) != ""
    assert creditor_reference("A" * 22) == creditor_reference("-") == ""
