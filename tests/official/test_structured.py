"""
What official rules say of our XML: XSD of CII, Factur-X and UBL, EN 16931 and French Schematron.

What they let pass (a tax that is 99 cents off, a line that is not its product) is computed beside.

Peppol's own rules are not among what can be had; what they add is looked at by our reading of them.
Each document is read back, too.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from local.documents.reading.compare import differences
from local.documents.reading.opened import parsed
from local.documents.reading.read import read
from tests.golden.test_lives import plans
from tests.slow_model.histories import histories
from tests.slow_model.test_slow_model import lived
from tests.slow_model.told import History
from tests.support.official_rules import broken
from tests.support.own_rules import unequal
from tests.support.peppol_rules import peppol_broken
from tests.support.structured import (
    Document,
    between_businesses,
    golden,
    is_french,
    recorded,
    structured,
)

GOLDEN = golden()
DINARS = "KWD"
LIVES, MANY_LIVES = 4, 90


def wrong(document: Document) -> list[str]:
    """Check a document in the profile of its country; the code of a profile is all that differs."""
    in_euro = document["currency"] == "EUR" or "accounting" in document
    spanish = any(one["rate"] == "21" for one in document["taxes"])
    french = is_french(document) and in_euro and not spanish
    bodies = structured(document, "fr-ctc" if french else "en16931")
    found = [
        f"{syntax}: {one}" for syntax, body in bodies.items() for one in broken(body, french=french)
    ]
    found += peppol_broken(structured(document, "peppol")["ubl"])
    found += [
        f"read back: {one}"
        for body in bodies.values()
        for one in differences(read(parsed(body)), document)
    ]
    exact = document.get("inclusive", "base") == "base" and "tax_level" not in document
    return found + [one for one in unequal(bodies["ubl"]) if exact or not one.startswith("E3")]


PROFILES = [
    (name, profile)
    for name, document in GOLDEN.items()
    for profile in ("en16931", "fr-ctc", "peppol")
    if profile != "fr-ctc" or is_french(document)  # a seller elsewhere has no French mentions
]


@pytest.mark.parametrize(("name", "profile"), PROFILES)
def test_golden_documents_keep_the_rules_in_every_profile(name: str, profile: str) -> None:
    bodies = structured(GOLDEN[name], profile)
    if profile == "peppol":
        del bodies["cii"]  # Factur-X knows no such profile, and Peppol takes UBL
    for body in bodies.values():
        assert broken(body, french=profile == "fr-ctc") == []


def test_every_document_of_the_recorded_runs_keeps_the_rules() -> None:
    found = {name: wrong(document) for name, document in recorded()}
    assert {name: one for name, one in found.items() if one} == {}
    assert len(found) == 90


def documents_of(lives: range) -> Iterator[Document]:
    """Documents of lives of every kind, of French sellers and others, in euro."""
    for seed in lives:
        for plan in plans(seed):
            if not isinstance(plan, str):
                yield from (between_businesses(one) for one in plan)


def test_random_lives_keep_the_rules() -> None:
    assert [one for document in documents_of(range(LIVES)) for one in wrong(document)] == []


@pytest.mark.deep
def test_many_random_lives_keep_the_rules() -> None:
    count = 0
    for document in documents_of(range(LIVES, MANY_LIVES)):
        assert wrong(document) == []
        count += 1
    assert count >= 300


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(histories())
def test_histories_with_discounts_and_included_tax_keep_the_rules(history: History) -> None:
    keeps_the_rules(history)


@pytest.mark.deep
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(histories())
def test_many_histories_keep_the_rules(history: History) -> None:
    keeps_the_rules(history)


def keeps_the_rules(history: History) -> None:
    if history.currency == DINARS:
        return
    *_, (story, _, _) = lived(history)
    for one in story.documents:
        assert wrong(between_businesses(one)) == []


def untaxed(reason: str, mention: str) -> dict:
    """100.00, of which no tax is charged."""
    document = golden()["closed-invoice"]
    (line, *_) = document["lines"]
    line |= {"net": 100_00, "expression": {**line["expression"], "price": "100"}}
    line["tax"] |= {"category": "E", "rate": "0", "amount": 0}
    tax = {"category": "E", "rate": "0", "base": 100_00, "tax": 0, "reason": reason}
    document |= {"lines": [line], "taxes": [tax]}
    document["totals"] = {"net": 100_00, "tax": 0, "gross": 100_00, "prepaid": 0, "due": 100_00}
    document["mentions"].append({"code": mention})
    del document["envelope"]["mentions"]  # their words are those of its day
    return document


def test_a_small_business_without_vat_id_keeps_the_rules() -> None:
    """CGI 293 B."""
    document = untaxed("VATEX-FR-FRANCHISE", "franchise")
    del document["entity"]["registration"]["vat_id"]
    for body in structured(document, "fr-ctc").values():
        assert b"293 B" in body
        assert broken(body, french=True) == []


@pytest.mark.parametrize(
    ("reason", "mention", "words"),
    [
        ("VATEX-EU-D", "margin_travel", "Agences de voyages"),
        ("VATEX-EU-F", "margin_second_hand", "Biens d’occasion"),
        ("VATEX-EU-I", "margin_art", "Objets d’art"),
        ("VATEX-EU-J", "margin_antiques", "Objets de collection"),
    ],
)
def test_a_margin_scheme_is_the_reason_of_an_exemption(reason, mention, words) -> None:
    for body in structured(untaxed(reason, mention), "fr-ctc").values():
        assert body.decode().count(words) == 1
        assert reason in body.decode()
        assert broken(body, french=True) == []


def test_what_the_list_has_no_code_for_is_said_in_words() -> None:
    """UStG § 19, of a seller in Berlin with a VAT id."""
    document = untaxed("VATEX-DE-USTG19", "small_business") | {"language": "de"}
    document["entity"]["address"]["country"] = "DE"
    document["entity"]["registration"]["vat_id"] = "DE123456789"
    document["mentions"] = [{"code": "small_business"}]
    for body in structured(document, "en16931").values():
        assert body.decode().count("Kleinunternehmer gemäß § 19 UStG") == 1
        assert "USTG19" not in body.decode()
        assert broken(body, french=False) == []


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        ("<ram:DuePayableAmount>109.93<", "<ram:DuePayableAmount>109.92<", "BR-CO-16"),
        ("<ram:CategoryCode>S<", "<ram:CategoryCode>X<", "BR-"),
        ("<ram:SubjectCode>PMT<", "<ram:SubjectCode>AAI<", "BR-FR-05"),
        ("<ram:TypeCode>380<", "", "XSD"),
    ],
)
def test_the_rules_are_at_work(was: str, becomes: str, rule: str) -> None:
    """An amount, a code, a note or an element that is wrong is found: it is not silence."""
    body = structured(GOLDEN["closed-invoice"], "fr-ctc")["cii"].decode()
    assert was in body
    if not becomes:
        was, becomes = "<ram:TypeCode>380</ram:TypeCode>", ""
    found = broken(body.replace(was, becomes, 1).encode(), french=True)
    assert [one for one in found if one.startswith(rule)] != []


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        ('cbc:InvoicedQuantity unitCode="C62">3<', 'cbc:InvoicedQuantity unitCode="C62">4<', "E1"),
        ('<cbc:TaxAmount currencyID="EUR">15.79<', '<cbc:TaxAmount currencyID="EUR">15.80<', "E3"),
        ("<cbc:StartDate>2027-06-01<", "<cbc:StartDate>2027-06-02<", "E8"),
        ("<cbc:Percent>10<", "<cbc:Percent>20<", "E2"),
    ],
)
def test_what_they_let_pass_is_found(was: str, becomes: str, rule: str) -> None:
    body = structured(GOLDEN["closed-invoice"], "fr-ctc")["ubl"].decode()
    assert list(unequal(body.encode())) == []
    spoiled = body.replace(was, becomes, 1)
    assert spoiled != body
    assert rule in {one[:2] for one in unequal(spoiled.encode())}
