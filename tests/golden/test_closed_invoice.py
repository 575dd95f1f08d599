"""A closed invoice and a credit note, byte for byte, with the digests of document and draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from local.documents.samples import sample
from solde.domain.catalog import ChargeKind
from solde.domain.invoicing.canonical import canonical, digest, opened
from solde.domain.invoicing.envelope import Range, envelope, series
from solde.domain.invoicing.legal import TEXTS, mentions_of
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.pricing.flat import Flat
from solde.domain.pricing.graduated import Graduated
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.pricing.tiers import Tier
from solde.domain.subscriptions import Cancelled
from tests.support.golden import assert_golden_text
from tests.support.story import Story, day

D = Decimal
SELLER = Entity(
    code="fr",
    version=3,
    name="Énergie du Rhône SAS",
    address=Address(("8 place Bellecour",), "69002", "Lyon", "FR"),
    currency="EUR",
    language="fr-FR",
    time_zone="Europe/Paris",
    tax_regime="FR",
    number_prefix="FR",
    terms_days=30,
    registration={"siren": "001122332", "vat_id": "FR41001122332", "legal_form": "SAS"},
)
CUSTOMER = Customer(
    id="cus_017vz54cr04h0xv1fb6q3kn4w0",
    entity="fr",
    name="Aciéries de l'Épine",
    address=Address(("12 quai Perrache", "Bât. B"), "69002", "Lyon", "FR"),
    email="compta@acieries.example.test",
    language="fr-FR",
    external_id="AE-1",
    business=True,
    registration={"siren": "998877665"},
)
DIGESTS = {
    "closed-invoice.json": (
        "2775e7bea0d8b776cec1a6087e141050b49714d7aed7d07a39f5c46abe100148",
        "028eb1c160c8fb748048bb5624c7af02935e9ee1a77359426d8a1f6528fb84ed",
    ),
    "closed-credit-note.json": (
        "44ae511248618fb0b1736786fd26105d6db5de6d2ccb5404bbc1bedc8d05767e",
        "3d45441d963d67c112af78e269317e260233a15cb618239482eb0dc7acce83f8",
    ),
}
"""Of the closed document, and of the draft that was approved."""


@dataclass
class Sealed(Story):
    """A story whose documents are numbered as the seal of a run at 05:00 numbers them."""

    def _entity(self) -> Entity:
        return SELLER

    def _envelope(self, draft: Mapping[str, Any], on: str) -> dict[str, Any]:
        first = 41 + sum(one["kind"] == draft["kind"] for one in self.documents)
        sealed_at = datetime.combine(day(on), time(5), tzinfo=UTC)
        name = series(SELLER, draft["kind"], day(on))
        return envelope(draft, Range(name, draft["kind"], first, first, day(on), sealed_at), 0)


@pytest.fixture(scope="module")
def documents():
    """A month in advance; usage in two bands beside the next; given up on the 10th of July."""
    story = Sealed(regime="FR", customer=CUSTOMER)
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


def test_a_document_with_custom_fields_is_these_bytes() -> None:
    assert_golden_text("closed-custom-fields.json", canonical(sample("custom-fields")).decode())


def test_the_sums_of_both_by_hand(documents) -> None:
    """
    Invoice: 49.00 + 3 × 9.99 at 20 %: 78.97, tax 15.79; 10.00 + 50.5 × 0.075 at 10 %: 13.79, 1.38.

    Credit note: 21 of 31 days: of 49.00 stay 15.81, of 29.97 stay 9.67: 33.19 + 20.30, tax 10.70.
    """
    invoice, note = documents.values()
    assert invoice["totals"] == {
        "net": 92_76,
        "tax": 17_17,
        "gross": 109_93,
        "prepaid": 0,
        "due": 109_93,
    }
    assert [line["net"] for line in note["lines"]] == [33_19, 20_30]
    assert (note["totals"]["net"], note["totals"]["tax"]) == (53_49, 10_70)
    assert [one["envelope"]["number"] for one in (invoice, note)] == [
        "FR-2027-000042",
        "FR-CN-2027-000041",
    ]
    assert note["corrects"][0]["number"] == "FR-2027-000042"


def test_the_words_of_the_law_that_were_released_are_never_changed() -> None:
    """A line may be added; one that is another would change what older documents say."""
    lines = [
        f"{path.stem} {one.code} {version.since or 'always'} {language} {digest(text.encode())}"
        for path in sorted(TEXTS.glob("*.json"))
        for one in mentions_of(path.stem)
        for version in one.versions
        for language, text in sorted(version.texts.items())
    ]
    assert_golden_text("legal-texts.txt", "\n".join(lines) + "\n")
