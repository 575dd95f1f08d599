"""A delivery comes back byte by byte, and is small while it lies there."""

from datetime import UTC, datetime

import pytest

from solde.domain.money import Money
from solde.domain.payments import Received
from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage.deliveries import (
    delivery_from_item,
    delivery_to_item,
    told_from_body,
    told_to_body,
)
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


def test_what_was_answered_is_read_as_it_was_written() -> None:
    received = Received("stripe", "pi_1", Money(12_00, "EUR"), "inv_1", DELIVERY.received_at)
    body = told_to_body(received)
    assert b'"amount": 1200' in body
    assert told_from_body("stripe", body) == received


def test_an_answer_that_was_written_otherwise_is_refused() -> None:
    with pytest.raises(CorruptItemError, match="reference"):
        told_from_body("stripe", b'{"schema": 1}')
