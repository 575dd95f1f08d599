"""PDF/A-3B by its parts, and Factur-X by what a machine looks for in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from lxml import etree

from solde.adapters.render.pdf import document_pdf
from solde.adapters.render.view import view
from solde.adapters.render.words import words
from solde.adapters.render.xml import factur_x
from tests.support.official_rules import broken
from tests.support.papers import long
from tests.support.structured import between_businesses, golden

TEMPLATES = Path(__file__).parents[5] / "templates"
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"


def made(document: dict[str, Any], profile: str = "") -> bytes:
    said = words(TEMPLATES, document["language"])
    inside = factur_x(document, said, profile) if profile else b""
    return document_pdf(view(document, said), TEMPLATES, invoice=inside)


@pytest.fixture(scope="module")
def invoice() -> dict[str, Any]:
    return golden()["closed-invoice"]


@pytest.fixture(scope="module")
def body(invoice) -> bytes:
    return made(invoice, "fr-ctc")


@pytest.fixture
def opened(body):
    with pikepdf.open(BytesIO(body)) as found:
        yield found


def metadata(opened: pikepdf.Pdf) -> etree._Element:
    raw = opened.Root.Metadata.read_bytes()
    return etree.fromstring(raw)


def test_the_structure_is_sound(opened) -> None:
    assert opened.check_pdf_syntax() == []
    assert opened.pdf_version >= "1.7"
    assert "/Encrypt" not in opened.trailer
    assert "/ID" in opened.trailer
    assert "/Info" not in opened.trailer


def test_metadata_name_part_and_conformance(opened) -> None:
    found = metadata(opened)
    assert "/Filter" not in opened.Root.Metadata  # ISO 19005-3, 6.6.2.1: in the clear
    assert [one.text for one in found.iter(f"{PDFA}part")] == ["3"]
    assert [one.text for one in found.iter(f"{PDFA}conformance")] == ["B"]


def test_the_output_intent_is_srgb_with_its_profile(opened) -> None:
    (intent,) = opened.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert "sRGB" in str(intent.OutputConditionIdentifier)
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[16:20] == b"RGB "
    assert profile[36:40] == b"acsp"


def test_all_fonts_are_embedded_with_what_their_text_says(opened) -> None:
    fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        (descendant,) = font.DescendantFonts
        assert "/FontFile2" in descendant.FontDescriptor


def test_what_pdf_a_forbids_is_not_there(opened) -> None:
    for one in opened.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            assert one.get("/S") not in ("/JavaScript", "/Launch", "/Sound", "/Movie")
            assert one.get("/Subtype") not in ("/PS", "/3D", "/Screen")
            assert "/LZWDecode" not in str(one.get("/Filter", ""))
            assert "/SMask" not in one
    assert "/AcroForm" not in opened.Root
    assert "/AA" not in opened.Root


def test_the_invoice_is_inside_as_data_of_the_document(opened, invoice) -> None:
    (named,) = opened.Root.AF
    assert str(named.F) == str(named.UF) == "factur-x.xml"
    assert named.AFRelationship == "/Data"
    stream = named.EF.F
    assert stream.Subtype == "/text/xml"
    assert str(stream.Params.ModDate).startswith("D:20270701")
    assert list(opened.attachments) == ["factur-x.xml"]
    inside = stream.read_bytes()
    assert inside == factur_x(invoice, words(TEMPLATES, "fr"), "fr-ctc")
    assert broken(inside, french=True) == []


def test_the_metadata_say_factur_x_and_describe_what_they_say(opened) -> None:
    found = metadata(opened)
    told = {one.tag.removeprefix(FX): one.text for one in found.iter() if FX in str(one.tag)}
    assert told == {
        "DocumentType": "INVOICE",
        "DocumentFileName": "factur-x.xml",
        "Version": "1.0",
        "ConformanceLevel": "EN 16931",
    }
    described = {one.text for one in found.iter(f"{PROPERTY}name")}
    assert described == set(told)


def test_peppol_is_inside_as_the_plain_norm(invoice) -> None:
    inside = factur_x(invoice, words(TEMPLATES, "fr"), "peppol").decode()
    assert "<ram:ID>urn:cen.eu:en16931:2017</ram:ID>" in inside


def test_the_text_can_be_read(body) -> None:
    page = pypdf.PdfReader(BytesIO(body)).pages[0].extract_text()
    for wanted in ("FR-2027-000042", "Aciéries de l'Épine", "109,93"):
        assert wanted in page


def test_equal_documents_give_equal_bytes(invoice, body) -> None:
    made(between_businesses(long(12)), "en16931")
    assert made(invoice, "fr-ctc") == body


def test_a_document_without_a_structured_form_is_pdf_a_all_the_same(invoice) -> None:
    with pikepdf.open(BytesIO(made(invoice))) as plain:
        assert "/AF" not in plain.Root
        assert list(plain.attachments) == []
        assert "factur-x" not in plain.Root.Metadata.read_bytes().decode()
        assert [one.text for one in metadata(plain).iter(f"{PDFA}part")] == ["3"]


def test_hostile_names_leave_the_metadata_well_formed(invoice) -> None:
    hostile = {**invoice, "entity": {**invoice["entity"], "name": 'A & <B> "C"\x01'}}
    with pikepdf.open(BytesIO(made(hostile, "fr-ctc"))) as found:
        assert "A & <B>" in "".join(metadata(found).itertext())
