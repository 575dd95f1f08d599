"""A delivery comes back byte by byte, and is small while it lies there."""

from datetime import UTC, datetime

import pytest

from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage.payment_items import delivery_from_item, delivery_to_item
from solde.storage.reading import CorruptItemError

BODY = b'{"id": "evt_1",\n  "data": "' + b"\xc3\xa9 0123456789 " * 300 + b'"}'  # 4 kB
DELIVERY = Delivery(
    provider="stripe",
    event_id="evt_1",
    body=BODY,
    received_at=datetime(2026, 2, 1, 2, tzinfo=UTC),
    status=DeliveryStatus.OPEN,
)


@pytest.mark.parametrize("body", [BODY, b"", b"\x00\xff"])
def test_the_raw_bytes_are_kept(body: bytes) -> None:
    delivery = Delivery("stripe", "evt_1", body, DELIVERY.received_at, DeliveryStatus.OPEN)
    assert delivery_from_item(delivery_to_item(delivery)) == delivery


def test_they_lie_compressed() -> None:
    assert len(BODY) > 4_000
    assert len(delivery_to_item(DELIVERY)["body"]) < 200


def test_bytes_that_cannot_be_opened_name_their_item() -> None:
    item = delivery_to_item(DELIVERY) | {"body": b"plain"}
    with pytest.raises(CorruptItemError, match="EV#stripe#0#evt_1"):
        delivery_from_item(item)
