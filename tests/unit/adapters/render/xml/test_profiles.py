"""What profiles differ in: process and notes."""

from typing import Any

import pytest

from solde.adapters.render.words import words
from solde.adapters.render.xml.profiles import notes_of, process_of, settled
from tests.support.structured import TEMPLATES, golden


@pytest.fixture
def invoice() -> dict[str, Any]:
    """109.93, nothing of it paid; two products, both services."""
    return golden()["closed-invoice"]


def sold(document: dict[str, Any], *natures: str) -> None:
    for line, nature in zip(document["lines"], natures, strict=True):
        line["product"]["nature"] = nature


@pytest.mark.parametrize(
    ("natures", "process"),
    [
        (("services", "services", "services"), "S1"),
        (("goods", "goods", "goods"), "B1"),
        (("goods", "services", "goods"), "M1"),
    ],
)
def test_france_wants_the_nature_of_what_is_sold(invoice, natures, process) -> None:
    sold(invoice, *natures)
    assert process_of(invoice, "fr-ctc") == process


@pytest.mark.parametrize(
    ("prepaid", "process"),
    [
        ([{"id": "p", "amount": 109_92}], "S1"),
        ([{"id": "p", "amount": 109_93}], "S2"),
        ([{"id": "d", "amount": 50_00, "deposit": "dep_1"}], "S4"),
        ([{"id": "d", "amount": 109_93, "deposit": "dep_1"}], "S2"),
    ],
)
def test_france_wants_how_far_it_is_paid(invoice, prepaid, process) -> None:
    paid = sum(one["amount"] for one in prepaid)
    invoice |= {"prepaid": prepaid}
    invoice["totals"] |= {"prepaid": paid, "due": 109_93 - paid}
    assert process_of(invoice, "fr-ctc") == process
    assert settled(invoice) is (process == "S2")


def test_a_credit_note_is_not_settled(invoice) -> None:
    invoice["totals"] |= {"prepaid": 109_93, "due": 0}
    assert not settled(invoice | {"kind": "credit_note"})


def test_peppol_has_its_own_process_and_the_norm_needs_none(invoice) -> None:
    assert process_of(invoice, "peppol") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    assert process_of(invoice, "en16931") == ""


def test_notes_have_their_subject_and_france_says_whom_they_are_for(invoice) -> None:
    invoice["mentions"].append({"code": "reverse_charge"})
    del invoice["envelope"]["mentions"]  # their words are those of its day
    found = dict(notes_of(invoice, words(TEMPLATES, "fr"), "fr-ctc"))
    assert list(found) == ["AAB", "PMD", "PMT", "BAR"]
    assert "40\xa0€" in found["PMT"]
    assert found["BAR"] == "B2B"


@pytest.mark.parametrize(
    ("business", "facts", "treated"),
    [
        (True, {"siren": "998877665"}, "B2B"),
        (True, {"vat_id": "DE123456789"}, "B2BINT"),
        (False, {}, "B2C"),
    ],
)
def test_whom_it_is_for(invoice, business, facts, treated) -> None:
    invoice["customer"] |= {"business": business, "registration": facts}
    assert ("BAR", treated) in notes_of(invoice, words(TEMPLATES, "fr"), "fr-ctc")


def test_a_credit_note_asks_for_no_payment_unless_france_wants_it_said() -> None:
    note = golden()["closed-credit-note"]
    assert list(notes_of(note, words(TEMPLATES, "fr"), "peppol")) == []
    assert len(list(notes_of(note, words(TEMPLATES, "fr"), "fr-ctc"))) == 4


@pytest.mark.parametrize(
    ("mention", "said"),
    [
        ({"code": "late_penalty_agreed", "percent": "12.5"}, "au taux annuel de 12,5\xa0%"),
        ({"code": "late_penalty_public"}, "majoré de 8 points"),
    ],
)
def test_whatever_rate_of_late_payment_is_said_has_its_subject(invoice, mention, said) -> None:
    others = [one for one in invoice["mentions"] if one["code"] != "late_penalty"]
    del invoice["envelope"]["mentions"]  # their words are those of its day
    told = invoice | {"mentions": [*others, mention]}
    found = dict(notes_of(told, words(TEMPLATES, "fr"), "fr-ctc"))
    assert sorted(found) == ["AAB", "BAR", "PMD", "PMT"]
    assert said in found["PMD"]
