"""The whole table, sorted into facts in one pass."""

import pytest

from solde.storage import keys
from solde.storage.audit import AuditTable
from tests.support.shop import Shop
from tests.support.usage_world import UsageWorld, flight


@pytest.fixture
def shop() -> Shop:
    """One run, one invoice of 119.60; 130.00 paid, 10.00 given back."""
    made = Shop()
    made.paid("evt_1", 130_00)
    made.refunded("evt_2", 10_00)
    return made


def test_every_fact_is_found_once(shop) -> None:
    found = AuditTable(shop.seller.table).stored()
    assert found.unreadable == []
    assert [one.number for one in found.headers] == ["FRA-2013-000001"]
    assert [one.amount.minor for one in found.payments] == [130_00]
    assert [one.minor for one in found.withdrawals] == [10_00]
    assert [one.left.minor for one in found.lots.values()] == [40]  # 10.00 were refunded of it
    assert found.references == {"stripe#pi_1": found.payments[0].id}
    assert sorted(one.event_id for one in found.deliveries) == ["evt_1", "evt_2"]
    assert [one.customer_id for one in found.states] == ["acme"]
    assert [one.entity for one in found.runs] == ["FRA"]
    assert [one.number for one in found.batches] == [0]
    assert [one.last for one in found.heads] == [1]
    assert [(one.first, one.last) for one in found.records] == [(1, 1)]


def test_every_entry_comes_with_the_fact_that_it_lies_in(shop) -> None:
    found = AuditTable(shop.seller.table).stored()
    assert sorted(one.name.split(" ")[1][:5] for one in found.entries) == [
        "I#inv",
        "P#pay",
        "P#ref",
    ]
    assert sum(sum(one.movements.values()) for one in found.entries) == 0


def test_what_cannot_be_read_is_named_and_the_rest_is_read(shop) -> None:
    table = shop.seller.table
    del table.items[keys.invoice("acme", shop.invoice.id)]["sha"]
    found = AuditTable(table).stored()
    assert len(found.unreadable) == 1
    assert "KeyError: 'sha'" in found.unreadable[0]
    assert found.headers == []
    assert len(found.payments) == 1


def test_usage_is_read_where_it_is_asked_for() -> None:
    world = UsageWorld()
    world.send(flight(1, "2013-01-31T12:00:00"), flight(2, "2013-01-31T13:00:00"))
    world.rate()
    with_usage = AuditTable(world.table, world.objects).stored()
    assert with_usage.generation == 1
    assert with_usage.used != AuditTable(world.table).stored().used
