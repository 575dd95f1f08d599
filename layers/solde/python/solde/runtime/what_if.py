"""Recorded inputs with a change in them: stored items are read, replaced and stored anew."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from solde.adapters.objects_kept import KeptObjects
from solde.domain.invoicing.canonical import canonical
from solde.domain.invoicing.taken import given_back
from solde.ports.objects import ObjectStore
from solde.runtime.bill_run import context_of
from solde.runtime.replay import NoEngine
from solde.storage import keys
from solde.storage.catalog_items import price_from_item, to_item
from solde.storage.invoices import tax_rows
from solde.storage.parties import entity_from_item, entity_to_item
from solde.storage.recorded import items_of
from solde.storage.regimes import KIND, regime_to_item
from solde.storage.snapshot import Snapshot
from solde.storage.table import Item
from solde.workflows.bill_run.context import BillRunContext
from solde.workflows.replay import Open
from solde.workflows.what_if import Change, OpenAltered, Shadow


def altering(archive: ObjectStore, usage: ObjectStore) -> OpenAltered:
    """Return what makes contexts of inputs in which a change was always so."""

    def with_change(change: Change, shadow: Shadow) -> Open:
        def opened(body: bytes) -> BillRunContext:
            bodies = {_key(one): canonical(document) for one, document in shadow.items()}
            items = [_altered(one, change, shadow, bodies) for one in items_of(body)]
            table = Snapshot([*items, *_regimes(change)])
            return context_of(table, KeptObjects(bodies, archive), usage, NoEngine())

        return opened

    return with_change


def _altered(item: Item, change: Change, shadow: Shadow, bodies: dict[str, bytes]) -> Item:
    if item["pk"].startswith("V#"):
        return _version(item, change)
    invoice_id = item["sk"].removeprefix("I#")
    if invoice_id in shadow:
        key = _key(invoice_id)
        return item | _header(shadow[invoice_id]) | {"pack": key, "at": 0, "len": len(bodies[key])}
    return item


def _version(item: Item, change: Change) -> Item:
    _, kind, name = item["pk"].split("#", 2)
    head = {key: item[key] for key in ("pk", "sk", "schema", "version") if key in item}
    if kind == "price" and name in change.prices:
        price = replace(price_from_item(item), **change.prices[name])
        return head | to_item(price)[3]
    if kind == "entity" and name in change.entities:
        return head | entity_to_item(replace(entity_from_item(item), **change.entities[name]))
    return item


def _regimes(change: Change) -> Iterator[Item]:
    for code, regime in change.regimes.items():
        key = keys.version(KIND, code)
        yield {"pk": key.pk, "sk": key.sk, **regime_to_item(regime)}


def _header(document: Any) -> Item:  # noqa: ANN401 - a document
    return {
        "total": document["totals"]["gross"],
        "net": document["totals"]["net"],
        "tax": tax_rows(document),
        "back": given_back(document),
    }


def _key(invoice_id: str) -> str:
    return f"shadow/{invoice_id}.json"
