"""Legal entities: the latest version counts, and none goes back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.ports.records import first
from solde.storage import keys
from solde.storage.entities import EntitiesOnce, EntityTable
from solde.storage.records import record_from_item
from tests.support.model_table import ModelTable
from tests.support.seller import ENTITY

SELLER = replace(ENTITY, registration={})


def test_the_latest_version_counts() -> None:
    store = EntityTable(ModelTable())
    store.put(SELLER)
    store.put(replace(SELLER, version=2, name="Solde SA"))
    assert (store.entity("FRA").version, store.entity("FRA").name) == (2, "Solde SA")
    with pytest.raises(StateConflictError, match="expected a version above 2"):
        store.put(replace(SELLER, version=2))


def test_all_are_listed_by_code() -> None:
    store = EntityTable(ModelTable())
    for code in ("USA", "DEU"):
        store.put(replace(SELLER, code=code))
    assert [one.code for one in store.all()] == ["DEU", "USA"]
    with pytest.raises(NotFoundError, match="expected one of the seller's, found 'FRA'"):
        store.entity("FRA")


def test_a_look_over_all_reads_them_once() -> None:
    store = EntityTable(ModelTable())
    store.put(SELLER)
    once = EntitiesOnce(store)
    assert once.entity("FRA").version == 1
    assert [one.version for one in once.all()] == [1]
    store.put(replace(SELLER, version=2))
    assert (once.all()[0].version, once.entity("FRA").version) == (1, 1)
    with pytest.raises(NotFoundError, match="found 'DEU'"):
        once.entity("DEU")


def test_a_later_version_keeps_the_day_of_the_first() -> None:
    table = ModelTable()
    store = EntityTable(table)
    made, later = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    store.put(SELLER, first(made, {}))
    store.put(replace(SELLER, version=2), first(later, {"note": "moved"}))
    record = record_from_item(table.items[keys.version("entity", "FRA")])
    assert (record.created_at, record.updated_at, record.version) == (made, later, 2)
