"""CII: what golden files and official rules do not show."""

from lxml import etree

from solde.adapters.render.words import words
from solde.adapters.render.xml import business_terms, cii, factur_x
from tests.support.official_rules import broken
from tests.support.structured import TEMPLATES, golden

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
HOSTILE = '</ram:Name>&"<!--\x0b\ud800]]>'


def test_hostile_texts_stay_texts() -> None:
    document = golden()["closed-invoice"]
    document["customer"]["name"] = HOSTILE
    document["lines"][0]["description"] = HOSTILE
    body = cii(business_terms(document, words(TEMPLATES, "fr"), "fr-ctc"))
    names = [one.text for one in etree.fromstring(body).iter(f"{RAM}Name")]
    assert names.count('</ram:Name>&"<!--\ufffd\ufffd]]>') == 2
    assert broken(body, french=True) == []


def test_equal_documents_give_equal_bytes() -> None:
    one, other = (
        factur_x(golden()["closed-invoice"], words(TEMPLATES, "fr"), "fr-ctc") for _ in range(2)
    )
    assert one == other


def test_where_nothing_is_delivered_the_element_is_there_all_the_same() -> None:
    body = factur_x(golden()["closed-invoice"], words(TEMPLATES, "fr"), "en16931")
    assert b"<ram:ApplicableHeaderTradeDelivery></ram:ApplicableHeaderTradeDelivery>" in body
