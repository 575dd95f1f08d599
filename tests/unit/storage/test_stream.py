"""What a new item of the table announces."""

from datetime import UTC, datetime

from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage.deliveries import delivery_to_item
from solde.storage.marshal import marshal_item
from solde.storage.outbox import announcement
from solde.storage.stream import announcement_of

AT = datetime(2027, 1, 31, 5, tzinfo=UTC)


def test_an_outbox_item_announces_what_it_says() -> None:
    put = announcement("invoice.issued", {"run": "run_1"}, at=AT)
    found = announcement_of(marshal_item(put.item))
    assert found is not None
    assert (found.kind, found.detail, found.at) == ("invoice.issued", {"run": "run_1"}, AT)


def test_a_delivery_announces_that_it_was_received() -> None:
    delivery = Delivery("stripe", "evt_1", b"{}", AT, DeliveryStatus.OPEN)
    found = announcement_of(marshal_item(delivery_to_item(delivery)))
    assert found is not None
    assert (found.kind, found.detail) == (
        "delivery.received",
        {"provider": "stripe", "event": "evt_1"},
    )
    assert found.at == AT


def test_other_items_announce_nothing() -> None:
    assert announcement_of(marshal_item({"pk": "A#cus_1", "sk": "B#1"})) is None
