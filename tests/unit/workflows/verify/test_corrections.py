"""Nobody is given back more than he was billed: each way to do so is planted, and found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from solde.domain.invoicing.canonical import canonical, digest
from solde.domain.subscriptions import QuantityChanged
from solde.storage.audit import AuditTable
from solde.workflows.verify.corrections import Corrections
from solde.workflows.verify.report import Finding
from tests.support.seller import Seller

Document = dict[str, Any]
ITEMS = "xyz"


@pytest.fixture
def seller() -> Seller:
    """3 × 33.33 at 19.6 %: 19.60 of tax. Two are given back by notes, the third is netted."""
    seller = Seller()
    for name in ITEMS:
        seller.sells(name, "33.33")
    seller.sells("more", "100.00")
    seller.customer("acme")
    seller.customer("bolt")
    subscription = seller.subscribes("acme", "2013-06-01", *((name, "1") for name in ITEMS))
    seller.runs_billing("2013-06-01")
    for number in range(3):
        if number == 2:
            seller.subscribes("acme", "2013-06-04", ("more", "1"))
        gone = QuantityChanged(date(2013, 6, 1), number + 1, f"sit_0_{number}", Decimal(0))
        seller.changes(subscription, gone)
        seller.runs_billing(f"2013-06-{number + 2:02d}")
    kinds = [one.kind for one in seller.documents("acme")]
    assert kinds == ["invoice", "credit_note", "credit_note", "invoice"]
    return seller


def proved(seller: Seller, plant: Callable[[list[Document]], None] = lambda _: None) -> Finding:
    """Prove the documents as they are after a plant, its digests and headers put right."""
    stored = AuditTable(seller.table).stored()
    headers = sorted(stored.headers, key=lambda one: one.id[4:])
    documents = [seller.document(one) for one in headers]
    plant(documents)
    corrections = Corrections()
    for place, (header, document) in enumerate(zip(headers, documents, strict=True)):
        body = canonical(document)
        key = f"planted/{digest(body)}"
        seller.objects.put_new(key, body, content_type="application/json")
        where = replace(header.place, key=key, offset=0, length=len(body))
        headers[place] = replace(header, place=where)
        corrections.add(headers[place], document)
    stored.headers = headers
    return corrections.finding(stored, seller.objects)


def test_what_was_billed_may_be_given_back(seller: Seller) -> None:
    found = proved(seller)
    assert (found.code, found.counted, found.violations) == ("I36", 2, ())


def test_the_tax_of_the_notes_is_counted_up(seller: Seller) -> None:
    """33.33 at 19.6 % has 6.53268, two have 13.06536: 6.53 and 6.54."""
    notes = [one for one in seller.documents("acme") if one.kind == "credit_note"]
    assert [one.gross_minor - one.net_minor for one in notes] == [6_53, 6_54]


def taken(place: int, **fields: object) -> Callable[[list[Document]], None]:
    """Change what a note says to take of its original."""
    return lambda documents: documents[place]["corrects"][0]["taxes"][0].update(fields)


def elsewhere(documents: list[Document]) -> None:
    for place in (1, 2):
        documents[place]["corrects"][0]["id"] = "inv_nobody"
        documents[place]["lines"][0]["corrects"]["id"] = "inv_nobody"


def more(documents: list[Document]) -> None:
    """The first note gives back 66.66 of a line of 33.33."""
    note = documents[1]
    note["lines"][0]["net"] = 66_66
    note["corrects"][0]["taxes"][0].update(base=66_66, tax=13_07)


def again(documents: list[Document]) -> None:
    """The second note gives back the line that the first has given back."""
    documents[2]["lines"][0].update(
        {name: documents[1]["lines"][0][name] for name in ("item", "component", "price")}
    )


def nothing(documents: list[Document]) -> None:
    del documents[2]["lines"][0]["corrects"]


def less(documents: list[Document]) -> None:
    """The original has charged half of it only."""
    for line in documents[0]["lines"]:
        line["net"] = 16_67


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (taken(2, before=0), "expected 3333 taken back before, found 0"),
        (taken(2, tax=6_53), "at S/19.6: tax: expected 654, found 653"),
        (taken(1, base=1), "bases by original: expected"),
        (elsewhere, "FRA-CN-2013-000001: corrects inv_nobody, which is not there"),
        (more, "FRA-2013-000001: x 2013-06-01: billed 3333, given back 6666"),
        (again, "FRA-2013-000001: x 2013-06-01: billed 3333, given back 6666"),
        (nothing, "FRA-CN-2013-000002 line 1: takes back of no document"),
        (less, "FRA-2013-000001 at S/19.6: tax 980, given back 1307"),
    ],
)
def test_a_planted_violation_is_found(seller: Seller, plant, said: str) -> None:
    violations = proved(seller, plant).violations
    assert any(said in one for one in violations), violations


def test_a_header_that_says_something_else_is_found(seller: Seller) -> None:
    item = next(one for key, one in seller.table.items.items() if "back" in one)
    item["back"] = {}
    assert any("back as its header says" in one for one in proved(seller).violations)


def test_a_document_of_somebody_else_is_not_corrected(seller: Seller) -> None:
    stored = AuditTable(seller.table).stored()
    corrections = Corrections()
    for header in stored.headers:
        whose = replace(header, customer_id="bolt") if header.back else header
        corrections.add(whose, seller.document(header))
    found = corrections.finding(stored, seller.objects)
    said = "customer and entity of FRA-2013-000001: expected ('acme', 'FRA'), found ('bolt', 'FRA')"
    assert any(said in one for one in found.violations), found.violations
