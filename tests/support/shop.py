"""A seller with one open invoice, and what Stripe tells of it."""

import json
from functools import partial

from solde.adapters.stripe.events import fact
from solde.ports.payments import DeliveryStatus
from solde.storage.payments import PaymentTable
from solde.workflows.receive_webhook import receive_delivery
from solde.workflows.settle_payment import settle_delivery
from tests.support.seller import Seller, at

NOW = at("2013-06-10T10:00:00")
STAMP = 1370858400  # 2013-06-10 10:00 UTC


class Shop:
    """A seller with one open invoice of 100.00 + 19.60 of tax, and Stripe's deliveries."""

    def __init__(self, seller: Seller | None = None) -> None:
        if seller is not None:
            self.seller, self.store = seller, PaymentTable(seller.table)
            return
        self.seller = Seller()
        self.seller.sells("basic", "100.00")
        self.seller.customer("acme")
        self.seller.subscribes("acme", "2013-06-01", ("basic", "1"))
        self.seller.runs_billing("2013-06-01")
        self.store = PaymentTable(self.seller.table)

    @property
    def invoice(self):
        return self.seller.documents("acme")[0]

    def told(self, event_id: str, kind: str, *, live: bool = False, **thing) -> DeliveryStatus:
        event = {
            "id": event_id,
            "type": kind,
            "created": STAMP,
            "livemode": live,
            "data": {"object": thing},
        }
        body = json.dumps(event).encode()
        receive_delivery("stripe", event_id, body, at=NOW, store=self.store)
        read = partial(fact, live=False)
        return settle_delivery("stripe", event_id, read=read, at=NOW, store=self.store)

    def paid(self, event_id: str, minor: int, intent: str = "pi_1", **other) -> DeliveryStatus:
        thing = {
            "id": intent,
            "amount_received": minor,
            "currency": "eur",
            "metadata": {"invoice_id": self.invoice.id},
        }
        return self.told(event_id, "payment_intent.succeeded", **{**thing, **other})

    def session(self, event_id: str, minor: int, intent: str = "pi_1") -> DeliveryStatus:
        return self.told(
            event_id,
            "checkout.session.completed",
            payment_status="paid",
            payment_intent=intent,
            amount_total=minor,
            currency="eur",
            metadata={"invoice_id": self.invoice.id},
        )

    def refunded(self, event_id: str, total: int, intent: str = "pi_1") -> DeliveryStatus:
        return self.told(
            event_id,
            "charge.refunded",
            payment_intent=intent,
            amount_refunded=total,
            currency="eur",
        )

    def disputed(self, event_id: str, minor: int, *, won: bool = False) -> DeliveryStatus:
        """A bank takes money of the payment `pi_1` back, or gives it back again."""
        return self.told(
            event_id,
            f"charge.dispute.funds_{'reinstated' if won else 'withdrawn'}",
            id="dp_1",
            payment_intent="pi_1",
            amount=minor,
            currency="eur",
            balance_transactions=[{"fee": -15_00 if won else 15_00}],
        )

    def items(self, prefix: str) -> list[dict]:
        return [item for key, item in self.seller.table.items.items() if key.sk.startswith(prefix)]

    def balance(self, account: str) -> int:
        return sum(
            item["jrn"].get(account, 0)
            for item in self.seller.table.items.values()
            if "jrn" in item
        )
