"""The header of a document, with its journal entry, once for each number."""

from dataclasses import replace
from datetime import date

import pytest

from solde.ports.billing import Header, PackSlice, Rendered
from solde.storage.invoices import header_from_item, new_header, rendered_to_item
from solde.storage.reading import CorruptItemError
from solde.storage.table import ConditionFailedError
from tests.support.closed import french
from tests.support.model_table import ModelTable, _copied

HEADER = Header(
    id="inv_1",
    number="FR-2013-000002",
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
    draft_digest="d" * 64,
    sha256="s" * 64,
    place=PackSlice("packs/1", 100, 2_000),
    snapshot=3,
    next_action_on=date(2013, 7, 18),
    bases={"S/19.6": 10_66},
)


def closed(kind: str = "invoice") -> dict:
    return french() | {"kind": kind}


def test_a_header_comes_back() -> None:
    assert header_from_item(_copied(new_header(HEADER, closed()).item)) == HEADER


def test_what_prices_with_tax_have_charged_comes_back_with_it() -> None:
    """10.66 and 2.09 of tax were charged as 12.75: corrections count what was charged (R14)."""
    taxes = [{"category": "S", "rate": "19.6", "base": 10_66, "tax": 2_09, "with_tax": 12_75}]
    header = replace(HEADER, bases={"S/19.6": 12_75})
    item = _copied(new_header(header, {**closed(), "taxes": taxes}).item)
    assert header_from_item(item).bases == {"S/19.6": 12_75}
    before = {**item, "tax": [row[:4] for row in item["tax"]]}  # as it was stored once
    assert header_from_item(before).bases == {"S/19.6": 10_66}


def test_what_a_document_takes_back_of_others_comes_back() -> None:
    header = replace(HEADER, back={"inv_0": {"S/19.6": 5_00}})
    assert header_from_item(_copied(new_header(header, closed()).item)) == header
    assert "back" not in new_header(HEADER, closed()).item


def test_the_entry_and_the_taxes_lie_in_it() -> None:
    """10.66 and 2.09 of tax are 12.75."""
    item = new_header(HEADER, closed()).item
    assert item["jrn"] == {"411": 12_75, "4457": -2_09, "706": -10_66}
    assert item["tax"] == [["S", "19.6", 10_66, 2_09]]


def test_an_invoice_is_chased_and_a_credit_note_is_not() -> None:
    invoice = new_header(HEADER, closed()).item
    assert invoice["due_sk"] == "2013-07-18#inv_1"
    note = new_header(replace(HEADER, kind="credit_note"), closed("credit_note")).item
    assert "due_sk" not in note
    assert note["jrn"] == {"411": -12_75, "4457": 2_09, "706": 10_66}


def test_a_document_is_written_once() -> None:
    table = ModelTable()
    table.write(new_header(HEADER, closed()))
    with pytest.raises(ConditionFailedError):
        table.write(new_header(replace(HEADER, gross_minor=1), closed()))


def test_its_forms_lie_in_one_pack() -> None:
    forms = {
        "html": Rendered(PackSlice("docs/1", 0, 10), "a"),
        "pdf": Rendered(PackSlice("docs/1", 10, 99), "b"),
    }
    stored = rendered_to_item(forms)
    assert stored == {"pack": "docs/1", "forms": {"html": [0, 10, "a"], "pdf": [10, 99, "b"]}}
    item = new_header(HEADER, closed()).item | {"docs": stored, "mailed_on": "2013-06-16"}
    found = header_from_item(_copied(item))
    assert (found.documents, found.mailed_on) == (forms, date(2013, 6, 16))


def test_what_is_missing_is_named() -> None:
    item = new_header(HEADER, closed()).item
    del item["sha"]
    with pytest.raises(CorruptItemError, match="item A#cus_1 I#inv_1: KeyError: 'sha'"):
        header_from_item(item)
