"""A delivery is stored as it came, once."""

from solde.ports.payments import Delivery, DeliveryStatus
from solde.storage.payments import PaymentTable
from solde.workflows.receive_webhook import receive_delivery
from tests.support.model_table import ModelTable
from tests.support.seller import at

NOW = at("2027-01-31T12:00:00")


def test_the_bytes_of_the_first_are_kept() -> None:
    store = PaymentTable(ModelTable())
    found = [
        receive_delivery("stripe", "evt_1", body, at=NOW, store=store)
        for body in (b'{"id": "evt_1"}\n', b"other")
    ]
    assert found == [True, False]
    kept = Delivery("stripe", "evt_1", b'{"id": "evt_1"}\n', NOW, DeliveryStatus.OPEN)
    assert store.delivery("stripe", "evt_1") == kept
