"""Published, then forgotten; what the stream did not bring, the sweep does."""

from datetime import timedelta

import pytest

from solde.domain.errors import StoreUnavailableError
from solde.ports.announcements import Announcement
from solde.storage.outbox import OutboxTable, announcement
from solde.workflows.announce import announce, sweep_deliveries, sweep_outbox
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2027-01-31T12:30:00")
HOURLY = at("2027-01-31T12:00:00")


class Bus:
    """Keeps what it is told, unless it is down."""

    def __init__(self) -> None:
        self.told, self.down = [], False

    def publish(self, announcements) -> None:
        if self.down:
            raise StoreUnavailableError("bus: 1 not taken")
        self.told += [one.detail["n"] for one in announcements]


@pytest.fixture
def table() -> ModelTable:
    return ModelTable()


def written(table, number: int, before) -> None:
    table.write(announcement("invoice.issued", {"n": number}, at=before))


def sweep(table, bus, at_) -> int:
    return sweep_outbox(at_, outbox=OutboxTable(table), bus=bus)


def test_what_was_published_is_forgotten(table) -> None:
    written(table, 1, NOW - timedelta(minutes=6))
    bus = Bus()
    assert (sweep(table, bus, NOW), bus.told, table.items) == (1, [1], {})
    assert sweep(table, bus, NOW) == 0


def test_what_the_bus_did_not_take_is_kept(table) -> None:
    written(table, 1, NOW - timedelta(minutes=6))
    bus = Bus()
    bus.down = True
    with pytest.raises(StoreUnavailableError):
        sweep(table, bus, NOW)
    bus.down = False
    assert (sweep(table, bus, NOW), bus.told) == (1, [1])


@pytest.mark.parametrize(
    ("age", "now", "found"),
    [
        (timedelta(minutes=4), NOW, 0),  # the stream may still bring it
        (timedelta(minutes=5), NOW, 1),
        (timedelta(hours=2), NOW, 1),
        (timedelta(hours=4), NOW, 0),  # looked for once an hour
        (timedelta(hours=4), HOURLY, 1),
        (timedelta(hours=47), HOURLY, 1),
        (timedelta(hours=50), HOURLY, 0),
    ],
)
def test_how_far_back_it_looks(table, age, now, found) -> None:
    written(table, 1, now - age)
    assert sweep(table, Bus(), now) == found


def test_a_delivery_has_no_item_to_forget(table) -> None:
    written(table, 1, NOW)
    told, bus = Announcement(("", ""), "delivery.received", {"n": 7}, NOW), Bus()
    announce([told], outbox=OutboxTable(table), bus=bus)
    assert (bus.told, len(table.items)) == ([7], 1)
    announce([], outbox=OutboxTable(table), bus=bus)
    assert bus.told == [7]


class Deliveries:
    def __init__(self, *received) -> None:
        self.received = received

    def unworked(self, until) -> list[Announcement]:
        return [one for one in self.received if one.at <= until]


def test_deliveries_that_nobody_works_are_told_again() -> None:
    lying = Announcement(("", ""), "delivery.received", {"n": 7}, NOW - timedelta(minutes=15))
    fresh = Announcement(("", ""), "delivery.received", {"n": 8}, NOW - timedelta(minutes=14))
    bus = Bus()
    assert sweep_deliveries(NOW, deliveries=Deliveries(lying, fresh), bus=bus) == 1
    assert bus.told == [7]
