"""What follows from the issue of a document has an id that follows from it."""

from datetime import UTC, datetime

from solde.domain.identity import instant_of, is_id
from solde.domain.invoicing.sending import issued_id

INVOICE = "inv_017gj59gg00000000000000000"


def test_the_same_document_and_way_is_the_same_sending() -> None:
    found = issued_id(INVOICE, "mail")
    assert is_id("dlv", found)
    assert found == issued_id(INVOICE, "mail") != issued_id(INVOICE, "drop")
    assert instant_of(found) == instant_of(INVOICE)


def test_an_id_without_an_instant_serves_as_well() -> None:
    assert instant_of(issued_id("inv_1", "mail")) == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_id_stays_what_it_was() -> None:
    """
    Sendings are stored under it; SHA-256 of document, reason and way, with 0x1f between.

    `printf 'inv_1\x1fissued\x1fmail' | sha256sum` begins with 0e5bc2b4dff08c5631e1.
    """
    assert issued_id("inv_1", "mail") == "dlv_00000000001sdw5d6zy265ccf1"
