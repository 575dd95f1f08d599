"""The forms of a document: the closed one from the start, the others once they are rendered."""

from dataclasses import replace
from datetime import date

import pytest

from solde.domain.errors import NotFoundError
from solde.ports.billing import Header, PackSlice, Rendered
from solde.workflows.deliver_document import Form, stored_form, stored_forms

CLOSED = PackSlice("packs/1", 100, 2_000)
ISSUED = Header(
    id="inv_1",
    number="FR-1",
    customer_id="cus_1",
    entity="fr",
    kind="invoice",
    currency="EUR",
    gross_minor=12_75,
    net_minor=10_66,
    issued_on=date(2013, 6, 15),
    due_on=date(2013, 7, 15),
    covered_to=date(2013, 7, 1),
    run_id="run_1",
    draft_digest="d",
    sha256="s",
    place=CLOSED,
)
PAGES = {
    "pdf": Rendered(PackSlice("docs/1", 10, 99), "p"),
    "html": Rendered(PackSlice("docs/1", 0, 10), "h"),
}


def test_before_it_is_rendered_there_is_the_closed_document() -> None:
    assert stored_forms(ISSUED) == [Form("json", "application/json", "s", CLOSED)]
    with pytest.raises(NotFoundError, match=r"expected one of \['json'\], found 'pdf'"):
        stored_form(ISSUED, "pdf")


def test_each_form_has_its_type_and_its_digest() -> None:
    header = replace(ISSUED, documents=PAGES)
    assert [one.name for one in stored_forms(header)] == ["json", "html", "pdf"]
    wanted = Form("html", "text/html; charset=utf-8", "h", PackSlice("docs/1", 0, 10))
    assert stored_form(header, "html") == wanted
    assert stored_form(header, "pdf").content_type == "application/pdf"
    with pytest.raises(NotFoundError, match=r"'html', 'pdf'\], found 'xml'"):
        stored_form(header, "xml")


def test_two_forms_are_xml_and_are_told_apart_by_the_name_of_their_file() -> None:
    place = PackSlice("docs/1", 109, 7)
    header = replace(ISSUED, documents={name: Rendered(place, name) for name in ("cii", "ubl")})
    found = [stored_form(header, name) for name in ("cii", "ubl", "json")]
    assert [one.suffix for one in found] == ["cii.xml", "ubl.xml", "json"]
    assert [one.content_type for one in found[:2]] == ["application/xml"] * 2
