"""Recorded items with a change in them: each version of a price, policies, regimes, documents."""

import json
from datetime import date
from decimal import Decimal

from solde.adapters.objects_kept import KeptObjects
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.tax import Regime
from solde.domain.tax.rates import Rate
from solde.runtime.what_if import altering
from solde.storage.recorded import RecordingTable
from solde.workflows.what_if import Change
from tests.support.recorder import billed

NOTHING = KeptObjects({})
SEATS = ["seat"]


def recorded() -> tuple[bytes, str]:
    """Return all items of the story, and the id of acme's first invoice."""
    seller, _ = billed()
    table = RecordingTable(seller.table)
    for pk in sorted({key.pk for key in seller.table.items}):
        list(table.query(pk))
    return table.taken(), seller.documents("acme")[0].id


def test_a_price_is_another_and_the_rest_of_it_stays() -> None:
    body, _ = recorded()
    change = Change(prices={"seat": {"model": PerUnit(Decimal(7))}})
    price = altering(NOTHING, NOTHING)(change, {})(body).catalogs.catalog(SEATS).prices["seat"]
    assert price.model == PerUnit(Decimal(7))
    before = altering(NOTHING, NOTHING)(Change(), {})(body).catalogs.catalog(SEATS).prices["seat"]
    assert before.model == PerUnit(Decimal("9.99"))
    assert (price.currency, price.kind) == (before.currency, before.kind)


def test_policies_and_rates_are_those_of_the_change() -> None:
    body, _ = recorded()
    rates = (Rate(date(2000, 1, 1), Decimal(10), "a test"),)
    regime = Regime("FR", 1, {"standard": rates})
    change = Change(entities={"FRA": {"tax_level": "line"}}, regimes={"FR": regime})
    entity = altering(NOTHING, NOTHING)(change, {})(body).entities.entity("FRA")
    assert (entity.tax_level, entity.name) == ("line", "Solde SAS")
    assert entity.regime.classes["standard"] == rates


def test_a_document_is_read_as_it_would_have_been() -> None:
    body, invoice_id = recorded()
    document = {
        "kind": "invoice",
        "lines": [],
        "totals": {"net": 1, "gross": 2},
        "taxes": [{"category": "S", "rate": "10", "base": 1, "tax": 1}],
    }
    context = altering(NOTHING, NOTHING)(Change(), {invoice_id: document})(body)
    headers = context.billing.headers("acme", issued_since=date.min)
    (header,) = [one for one in headers if one.id == invoice_id]
    assert (header.net_minor, header.gross_minor, header.bases) == (1, 2, {"S/10": 1})
    place = header.place
    said = context.objects.get_range(place.key, offset=place.offset, length=place.length)
    assert json.loads(said) == document
