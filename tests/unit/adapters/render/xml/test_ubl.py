"""UBL: what golden files and official rules do not show."""

from lxml import etree

from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, ubl
from tests.support.official_rules import broken
from tests.support.structured import TEMPLATES, golden

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def written(name: str, profile: str) -> etree._Element:
    document = golden()[name]
    terms = business_terms(document, words(TEMPLATES, document["language"]), profile)
    return etree.fromstring(ubl(terms))


def test_a_credit_note_has_a_root_of_its_own_and_no_due_date() -> None:
    note, invoice = written("closed-credit-note", "fr-ctc"), written("closed-invoice", "fr-ctc")
    assert etree.QName(note).localname == "CreditNote"
    assert [one.text for one in note.iter(f"{CBC}CreditNoteTypeCode")] == ["381"]
    assert list(note.iter(f"{CBC}DueDate")) == []
    assert [one.text for one in invoice.iter(f"{CBC}DueDate")] == ["2027-07-31"]


def test_peppol_reads_one_note_and_france_the_code_of_each() -> None:
    (one,) = written("closed-invoice", "peppol").findall(f"{CBC}Note")
    assert "#" not in one.text
    coded = [one.text for one in written("closed-invoice", "fr-ctc").findall(f"{CBC}Note")]
    assert [one[:5] for one in coded] == ["#AAB#", "#PMD#", "#PMT#", "#BAR#"]


def test_peppol_has_what_its_own_rules_want() -> None:
    """R001, R004, R007, R003, R010, R020: codes of process and norm, a reference, addresses."""
    found = written("closed-invoice", "peppol")
    assert found.findtext(f"{CBC}ProfileID") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    assert found.findtext(f"{CBC}CustomizationID") == (
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    )
    assert found.findtext(f"{CBC}BuyerReference") == "AE-1"
    assert len(list(found.iter(f"{CBC}EndpointID"))) == 2


def test_hostile_texts_stay_texts() -> None:
    document = golden()["closed-invoice"]
    document["entity"]["name"] = "<a> & \x00"
    body = ubl(business_terms(document, words(TEMPLATES, "fr"), "fr-ctc"))
    assert etree.fromstring(body).findtext(f".//{CBC}RegistrationName") == "<a> & \ufffd"
    assert broken(body, french=True) == []
