"""Things of the catalog by kind, in order of their codes."""

from solde.domain.catalog import Aggregation, Meter, Product
from solde.storage.catalog import CatalogStore
from solde.storage.named import codes_of, latest_of
from tests.support.model_table import ModelTable


def test_codes_are_in_order_and_of_one_kind() -> None:
    table = ModelTable()
    catalog = CatalogStore(table)
    for code in ("water", "gas", "seat"):
        catalog.put(Product(code, code.title(), "standard", "706"))
    catalog.put(Meter("calls", "t", Aggregation.COUNT))
    assert codes_of(table, "product") == ["gas", "seat", "water"]
    assert codes_of(table, "meter") == ["calls"]
    assert codes_of(table, "plan") == []


def test_things_come_in_the_order_asked_for_and_strangers_are_left_out() -> None:
    table = ModelTable()
    for code in ("gas", "seat"):
        CatalogStore(table).put(Product(code, code.title(), "standard", "706"))
    found = latest_of(table, "product", ["seat", "nothing", "gas"])
    assert [item["name"] for item in found] == ["Seat", "Gas"]


def test_more_than_an_index_page_are_all_found(monkeypatch) -> None:
    table = ModelTable()
    for number in range(12):
        CatalogStore(table).put(Product(f"p{number:02d}", "P", "standard", "706"))
    monkeypatch.setattr("solde.storage.named.INDEX_PAGE", 5)
    assert codes_of(table, "product") == [f"p{number:02d}" for number in range(12)]
