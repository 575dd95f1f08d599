"""What follows from the issue of a document has an id that follows from it."""

from solde.domain.identity import instant_of, is_id
from solde.domain.invoicing.sending import BEGINNING, issued_id

INVOICE = "inv_017gj59gg00000000000000000"


def test_the_same_document_and_way_is_the_same_sending() -> None:
    found = issued_id(INVOICE, "mail")
    assert is_id("dlv", found)
    assert found == issued_id(INVOICE, "mail") != issued_id(INVOICE, "drop")
    assert instant_of(found) == instant_of(INVOICE)


def test_an_id_without_an_instant_serves_as_well() -> None:
    assert instant_of(issued_id("inv_1", "mail")) == BEGINNING
