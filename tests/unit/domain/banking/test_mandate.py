"""Mandates: which accounts can be debited, who may do it, and what a bank passes on."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.banking.mandate import Mandate, creditor_id, debited_account, passed_on
from solde.domain.errors import InvalidError, StateConflictError

SIGNED = date(2013, 5, 2)


def test_who_ended_it_uses_it_no_more() -> None:
    one = Mandate("man_1", "M1", "cus_1", "fr", "FR14", "Martin", SIGNED)
    assert one.usable
    assert not replace(one, revoked_on=SIGNED).usable
    assert not replace(one, stopped="AC04").usable


@pytest.mark.parametrize("text", ["DE98ZZZ09999999999", "FR72ZZZ123456"])
def test_examples_of_creditor_ids(text) -> None:
    assert creditor_id(f" {text[:4]} {text[4:]}") == text


@pytest.mark.parametrize("text", ["", "DE97ZZZ09999999999", "FR72", "FR72ZZZ"])
def test_what_its_digits_do_not_prove_is_no_creditor_id(text) -> None:
    with pytest.raises(StateConflictError, match="creditor_id"):
        creditor_id(text)


def test_an_account_outside_sepa_is_not_debited() -> None:
    assert debited_account("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    with pytest.raises(InvalidError, match="found BR"):
        debited_account("BR1800360305000010009795493C1")


def test_banks_pass_on_plain_letters() -> None:
    assert passed_on("Café & Fils, n°7 “Été”") == "Cafe . Fils, n7 Ete"
    assert passed_on("漢字") == "."
    assert passed_on("a" * 80) == "a" * 70
