"""A closed invoice and a credit note, byte for byte, with the digests of document and draft."""

import json
from decimal import Decimal

import pytest

from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.canonical import canonical, digest, opened
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.subscriptions import Cancelled
from tests.support.golden import assert_golden_text
from tests.support.story import Story, day

D = Decimal
DIGESTS = {
    "closed-invoice.json": (
        "2ca12f231f9780136a075434b69f6595f2db172046e73b3178939e27641f5dbe",
        "effd17809f4fc72e1dcabece29a0d868bde314df9a7567af79d1332756325a38",
    ),
    "closed-credit-note.json": (
        "f194cda4d7f5ec8903b4084f501d343743d287482344b094f9b879c6ed7a98e6",
        "a6e1f07ef25195cffbb1e394bca177a9e05e343d04f097c444695ec44f5dc578",
    ),
}
"""Of the closed document, and of the draft that was approved."""


@pytest.fixture(scope="module")
def documents():
    story = Story(regime="FR")
    tiers = (Tier(D(100), D("0.10")), Tier(None, D("0.075")))
    story.sells("fee", ChargeKind.ADVANCE, Flat(D("49.00")))
    story.sells("seat", ChargeKind.ADVANCE, PerUnit(D("9.99")))
    story.sells("calls", ChargeKind.USAGE, Graduated(tiers), tax_class="intermediate")
    story.subscribes("é-1", "2027-06-01", {"fee": 1, "seat": 3, "calls": 1})
    story.bills("2027-06-01")
    story.uses("calls", "2027-06-10", "150.5")
    story.bills("2027-07-01")
    story.changes("é-1", Cancelled(day("2027-07-11"), 1))
    story.bills("2027-07-11")
    return dict(zip(DIGESTS, story.documents[1:], strict=True))


@pytest.mark.parametrize("name", list(DIGESTS))
def test_a_closed_document_is_these_bytes(documents, name) -> None:
    document = documents[name]
    body = canonical(document)
    assert_golden_text(name, body.decode())
    assert json.loads(body) == document
    found = (digest(body), digest(canonical(opened(document))))
    assert found == DIGESTS[name]
