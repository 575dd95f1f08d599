"""Statements in XML: both shapes that banks send, and what no honest statement has."""

from datetime import date

import pytest

from solde.adapters.bank.camt053 import statements
from solde.domain.errors import InvalidError
from solde.domain.money import Money
from tests.support.camt import ACCOUNT, PAYER, camt053, entry

EUR = [Money(minor, "EUR") for minor in (119_60, 70_00)]


def test_what_came_and_what_went() -> None:
    text = camt053(
        entry("A1", "119.60", text="Facture FR-2013-000001", structured="RF18539007547034"),
        entry("A2", "30.00", sign="DBIT"),
        opening="70.00",
        closing="159.60",
    )
    (found,) = statements(text)
    came, went = found.entries
    assert (found.account, found.opening, found.closing) == (
        ACCOUNT,
        Money(70_00, "EUR"),
        Money(159_60, "EUR"),
    )
    assert (came.reference, came.amount, came.booked_on) == ("A1", EUR[0], date(2013, 6, 3))
    assert (came.name, came.iban, came.text) == ("Martin", PAYER, "Facture FR-2013-000001")
    assert (came.structured, came.end_to_end) == ("RF18539007547034", "")
    assert went.amount == Money(-30_00, "EUR")


def test_the_later_version_wraps_names_and_states() -> None:
    text = camt053(entry("A1", "119.60", version="08"), version="08")
    (came,) = statements(text)[0].entries
    assert (came.name, came.amount) == ("Martin", EUR[0])
    assert statements(camt053(entry("A1", "119.60", status="PDNG")))[0].entries == ()


def test_what_was_booked_together_is_told_apart() -> None:
    text = camt053(entry("A1", "119.60", parts=("100.00", "19.60")))
    found = statements(text)[0].entries
    assert [(one.reference, one.amount.minor) for one in found] == [
        ("A1/1", 100_00),
        ("A1/2", 19_60),
    ]
    with pytest.raises(InvalidError, match="expected parts of 11960, found 11000"):
        statements(camt053(entry("A1", "119.60", parts=("100.00", "10.00"))))


def test_what_the_bank_does_not_name_is_named_by_what_it_says() -> None:
    text = camt053(entry("", "1.00"), entry("", "1.00"), entry("", "2.00"))
    names = [one.reference for one in statements(text)[0].entries]
    assert len(set(names)) == 3
    assert [name[-2:] for name in names] == ["-1", "-2", "-1"]
    assert names == [one.reference for one in statements(text)[0].entries]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1e2", "a decimal"),
        ("-1.00", "a decimal"),
        ("1.005", "at most 2 decimals"),
        ("NaN", "a decimal"),
        ("1,00", "a decimal"),
        ("١.00", "a decimal"),
    ],
)
def test_an_amount_is_a_plain_decimal(amount, said) -> None:
    with pytest.raises(InvalidError, match=said):
        statements(camt053(entry("A1", amount)))


def test_a_comment_hides_no_digit() -> None:
    (found,) = statements(camt053(entry("A1", "1<!-- -->19.60")))[0].entries
    assert found.amount == EUR[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "well-formed"),
        ("<Document/>", "expected a camt.053 document"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "without a document type"),
        ("<!DOCTYPE x><x/>", "without a document type"),
        (camt053().replace("camt.053.001.02", "camt.052.001.02"), "expected a camt.053"),
        (camt053().replace("iso:std:iso", "iso:std:evil"), "expected a camt.053"),
        (camt053().replace(ACCOUNT, "FR7612345"), "account number"),
        (camt053(entry("A1", "1.00")).replace("2013-06-03", "2013-06-31"), "a day"),
        (camt053(entry("A1", "1.00")).replace("CRDT", "BOTH"), "CRDT or DBIT"),
        (camt053(entry("A1", "1.00")).replace('"EUR"', '"EUX"'), "ISO 4217"),
    ],
)
def test_what_is_no_statement_is_refused(text, said) -> None:
    with pytest.raises(InvalidError, match=said):
        statements(text)


def test_a_file_without_a_statement_says_nothing() -> None:
    empty = camt053().partition("<Stmt>")[0] + "</BkToCstmrStmt></Document>"
    with pytest.raises(InvalidError, match="expected a statement"):
        statements(empty)
