"""Structured invoices read back: each text that is another is found; nothing unsafe is parsed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

from local.cli import app
from local.documents.forms import forms
from local.documents.reading.compare import differences
from local.documents.reading.opened import UnreadableError, attached, opened, parsed
from local.documents.reading.read import read
from local.documents.reading.stored import stored
from local.documents.samples import sample
from local.documents.write import write_one
from tests.support.seller import Seller

NAMES = ("discount-line-and-document", "usd", "references", "credit-note-cancelled", "direct-debit")
MADE = {name: sample(name) for name in NAMES}
BODIES = {
    (name, form.ending): form.body
    for name in NAMES
    for form in forms(MADE[name])
    if form.ending in ("fr.cii.xml", "ubl.xml")
}
OF_SYNTAX = "format"
"""The one attribute of which nothing is read: how CII writes a day."""


def spoiled(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the XML with one text or attribute after the other changed."""
    root = etree.fromstring(body)
    for one in list(root.iter()):
        if (one.text or "").strip():
            was, one.text = one.text, f"{one.text}7"
            yield f"{one.tag} {was}", etree.tostring(root)
            one.text = was
        for name, was in one.attrib.items():
            if name != OF_SYNTAX:
                one.set(name, f"{was}X")
                yield f"{one.tag} {name} {was}", etree.tostring(root)
                one.set(name, was)


@pytest.mark.parametrize("made", BODIES, ids=" ".join)
def test_whatever_is_another_is_found(made) -> None:
    name, _ = made
    tried = list(spoiled(BODIES[made]))
    assert len(tried) > 60
    missed = [what for what, body in tried if not list(differences(read(parsed(body)), MADE[name]))]
    assert missed == []


def test_a_difference_says_the_term_and_both_texts() -> None:
    """4 seats where 3 were issued, and a cent more to pay."""
    body = BODIES["references", "ubl.xml"].decode()
    body = body.replace('unitCode="C62">1<', 'unitCode="C62">4<').replace(
        ">58.80</cbc:Payable", ">58.81</cbc:Payable"
    )
    found = [str(one) for one in differences(read(parsed(body.encode())), MADE["references"])]
    assert found == [
        "BT-115: expected 58.80, found 58.81",
        "BT-129[1]: expected 1, found 4",
    ]


def test_numbers_are_the_same_with_other_noughts() -> None:
    body = BODIES["references", "ubl.xml"].replace(b">58.80</cbc:Payable", b">58.8</cbc:Payable")
    assert list(differences(read(parsed(body)), MADE["references"])) == []


BOMB = b"""<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (BOMB, "no document type"),
        (OUTSIDE, "no document type"),
        (b"<!DOCTYPE a SYSTEM 'http://a.test/a.dtd'><a/>", "no document type"),
        (b"<a>", "well-formed"),
        (b"", "well-formed"),
        (b"<?xml version='1.0' encoding='x-none'?><a/>", "expected"),
    ],
)
def test_what_no_invoice_has_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        parsed(body)


def test_what_is_too_large_or_no_invoice_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("local.documents.reading.opened.BYTES_MAX", 5)
    with pytest.raises(UnreadableError, match="at most 5 bytes"):
        parsed(b"<aaaa/>")
    (tmp_path / "a.xml").write_bytes(b"<aaaa/>")
    for path, told in ((tmp_path / "a.xml", "at most"), (tmp_path, "expected a file")):
        with pytest.raises(UnreadableError, match=told):
            opened(path)
    monkeypatch.undo()
    with pytest.raises(UnreadableError, match="expected a CrossIndustryInvoice"):
        read(parsed(b"<a/>"))
    with pytest.raises(UnreadableError, match="PDF that can be read"):
        attached(b"%PDF-1.7 nothing")


def test_the_command_compares_with_a_file(tmp_path: Path) -> None:
    write_one(tmp_path, "references", MADE["references"])
    said, other = tmp_path / "references.json", tmp_path / "other.json"
    read_back = ["documents", "read", str(tmp_path / "references.pdf"), "--against"]
    same = CliRunner().invoke(app, [*read_back, str(said)])
    assert (same.exit_code, "are as issued" in same.output) == (0, True)
    document = json.loads(said.read_bytes())
    document["totals"]["due"] -= 1
    other.write_text(json.dumps(document))
    differs = CliRunner().invoke(app, [*read_back, str(other)])
    assert differs.exit_code == 1
    assert "BT-115: expected 58.79, found 58.80" in differs.output
    assert "--against" not in CliRunner().invoke(app, [*read_back[:3], "--terms"]).output


def test_the_stored_invoice_is_found_by_its_number() -> None:
    seller = Seller()
    seller.sells("seat", "9.99")
    for name in ("acme", "beta"):
        seller.customer(name)
        seller.subscribes(name, "2013-06-01", ("seat", "3"))
    seller.runs_billing("2013-06-01")
    (header,) = seller.documents("beta")
    found = stored(header.number, "2013-06-01", seller.table, seller.objects)
    assert found["envelope"]["id"] == header.id
    with pytest.raises(UnreadableError, match="none stored"):
        stored(header.number, "2013-06-02", seller.table, seller.objects)
