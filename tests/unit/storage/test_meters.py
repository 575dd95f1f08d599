from solde.domain.catalog import Aggregation, Meter, Product
from solde.storage.catalog import CatalogStore
from solde.storage.meters import MeterTable
from tests.support.model_table import ModelTable


def test_all_meters_are_found_and_nothing_else():
    table = ModelTable()
    catalog = CatalogStore(table)
    meters = {Meter(f"m{number:03d}", "t", Aggregation.COUNT) for number in range(230)}
    for meter in meters:
        catalog.put(meter)
    for number in range(130):
        catalog.put(Product(f"p{number}", "Product", "standard", "706"))
    found = MeterTable(table).meters()
    assert len(found) == 230
    assert set(found) == meters


def test_a_meter_that_is_new_is_found_by_the_next_look():
    table = ModelTable()
    store = MeterTable(table)
    assert store.meters() == ()
    calls = Meter("calls", "t", Aggregation.COUNT)
    CatalogStore(table).put(calls)
    assert store.meters() == (calls,)
