"""The file of direct debits: it fits the schema of ISO 20022, and is the same every time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from solde.adapters.bank.pain008 import SPACE, pain008
from solde.domain.banking.debit import debit_of
from solde.domain.banking.mandate import Mandate
from solde.domain.money import Money
from solde.ports.debits import Creditor, DebitBatch

SCHEMA = Path(__file__).resolve().parents[3] / "support" / "schemas" / "pain.008.001.08.xsd"
CREDITOR = Creditor("Solde Démo", "FR72ZZZ123456", "FR1420041010050500013M02606", "PSSTFRPPXXX")
BATCH = DebitBatch(
    "ddb_" + "0" * 26, "fr", datetime(2013, 6, 3, 5, tzinfo=UTC), ("att_1", "att_2"), 219_60
)
SIGNED = date(2013, 5, 2)
MANDATE = Mandate("man_1", "M-1", "cus_1", "fr", "DE89370400440532013000", "Müller & Söhne", SIGNED)


def debits():
    first, day = Money(119_60, "EUR"), date(2013, 6, 17)
    one = debit_of(("att_1", "inv_1", 1, first), ("fr", "FR-2013-000001"), MANDATE, day)
    used = replace(MANDATE, first="att_1")
    second = ("att_2", "inv_2", 1, Money(100_00, "EUR"))
    return [one, debit_of(second, ("fr", "FR-2013-000002"), used, day)]


def told(path: str) -> list[str]:
    root = etree.fromstring(pain008(BATCH, debits(), CREDITOR))
    return [one.text for one in root.iterfind(f".//{path}", {None: SPACE})]


def test_it_fits_the_schema() -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(pain008(BATCH, debits(), CREDITOR)))
    plain = replace(CREDITOR, bic="")
    schema.assertValid(etree.fromstring(pain008(BATCH, debits()[:1], plain)))


def test_the_schema_refuses_what_is_none() -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    wrong = pain008(BATCH, debits(), replace(CREDITOR, iban="not an account"))
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(wrong))


def test_debits_of_a_day_and_sequence_stand_together_and_add_up() -> None:
    assert told("NbOfTxs") == ["2", "1", "1"]
    assert told("CtrlSum") == ["219.60", "119.60", "100.00"]
    assert told("PmtInf/PmtTpInf/SeqTp") == ["FRST", "RCUR"]
    assert told("ReqdColltnDt") == ["2013-06-17", "2013-06-17"]
    assert told("EndToEndId") == ["att-1", "att-2"]
    assert told("CreDtTm") == ["2013-06-03T05:00:00"]


def test_names_are_in_the_letters_of_banks() -> None:
    assert told("Dbtr/Nm") == ["Muller . Sohne"] * 2
    assert told("Cdtr/Nm") == ["Solde Demo"] * 2


def test_the_order_of_debits_changes_nothing() -> None:
    given = debits()
    assert pain008(BATCH, given, CREDITOR) == pain008(BATCH, given[::-1], CREDITOR)
