"""Structured invoices over HTTP: rendered after the run, given as XML, and inside the PDF."""

import time

import pytest

from local.documents.reading.compare import differences
from local.documents.reading.opened import parsed
from local.documents.reading.read import read
from tests.support.official_rules import broken
from tests.support.peppol_rules import peppol_broken
from tests.support.structured import SELLER

pytestmark = pytest.mark.cloud
SECONDS = 60


def test_a_business_books_by_machine_and_who_lacks_a_siren_is_parked(opens) -> None:
    """100.00 and 20.00 for Anna; Ben, whose SIREN is wrong, gets no number."""
    seller = opens("2027-06-01", tax_regime="FR", e_invoice="fr-ctc", registration=SELLER)
    seller.sells("fee", "100.00")
    seller.plans("fee", "fee")
    for name, siren in (("anna", "732829320"), ("ben", "998877665")):
        seller.customer(name, business=True, registration={"siren": siren})
        seller.subscribes(name, "fee", "2027-06-01")
    seller.rates()
    run = seller.run(target_on="2027-06-01")
    (parked,) = run["parked"]
    assert "BR-FR-11: customer.registration.siren" in str(parked)
    assert seller.invoices("ben") == []
    (invoice,) = seller.invoices("anna")
    path = f"invoices/{invoice['id']}/documents"
    assert forms(seller, path) == {"json", "html", "pdf", "cii", "ubl"}
    for form in ("cii", "ubl"):
        body = seller.downloads(f"{path}/{form}")
        assert b"120.00" in body
        assert broken(body, french=True) == []
    asked = seller.downloads(f"{path}/ubl?profile=peppol")
    assert b"poacc:billing:3.0" in asked
    assert peppol_broken(asked) == []
    document = seller.reads(f"invoices/{invoice['id']}")["document"]
    assert list(differences(read(parsed(asked)), document)) == []
    pdf = seller.downloads(f"{path}/pdf")
    assert b"factur-x.xml" in pdf


def forms(seller, path: str) -> set[str]:
    """Return what is stored of a document once it is rendered, which follows its issue."""
    for _ in range(SECONDS * 2):
        found = {one["form"] for one in seller.reads(path)["data"]}
        if len(found) > 1:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{path}: expected it to be rendered, found {found}")
