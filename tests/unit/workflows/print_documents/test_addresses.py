"""The list of addresses: a row a document, and nothing in it that a spreadsheet would reckon."""

from types import SimpleNamespace

import pytest

from solde.domain.invoicing.parties import Address, address_document
from solde.workflows.print_documents.addresses import HEADINGS, Placed, address_list


def placed(name: str, first: int = 3, pages: int = 2) -> Placed:
    address = Address(("12 rue du Bac", "Bât. B"), "69002", "Lyon", "FR")
    customer = SimpleNamespace(id="cus_1", external_id="", name=name, address=address)
    header = SimpleNamespace(
        number="FRA-2013-000001",
        kind="invoice",
        documents={"pdf": SimpleNamespace(sha256="ab")},
    )
    paper = SimpleNamespace(customer=customer, header=header, sending_id="dlv_1")
    return Placed(paper, first, pages, {"name": name, "address": address_document(address)})


def test_a_row_says_its_pages_and_its_address_line_by_line() -> None:
    head, row, end = address_list([placed("Dupont, Fils")]).decode().split("\r\n")
    assert head.split(",") == list(HEADINGS)
    assert row == (
        '3,4,FRA-2013-000001,invoice,cus_1,"Dupont, Fils",12 rue du Bac,Bât. B,69002 Lyon,,,,'
        "FR,yes,ab"
    )
    assert end == ""


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("\t=1", "'=1"),
        ("@a", "'@a"),
        ("a\r\nb", "a b"),
        ("Martin & fils", "Martin & fils"),
    ],
)
def test_a_name_is_a_text_on_one_line(name, cell) -> None:
    row = address_list([placed(name)]).decode().split("\r\n")[1]
    assert row.split(",")[5] == cell
