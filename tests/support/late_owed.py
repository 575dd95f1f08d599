"""Late charges asked for over HTTP of an invoice that is paid late, or not at all."""

import json
from functools import partial

from solde.adapters.stripe.events import fact
from solde.ports.payments import DeliveryStatus
from solde.runtime import bill_run, wiring
from solde.storage.payments import PaymentTable
from solde.workflows.bill_now import NowContext
from solde.workflows.late_charges import LateContext
from solde.workflows.receive_webhook import receive_delivery
from solde.workflows.settle_payment import settle_delivery
from tests.support.lived import Lived

SIREN = "123456782"


def bought(shop: Lived) -> str:
    rows = shop.call("GET", "/v1/invoices")[1]["data"]
    return next(one["id"] for one in rows if one["number"] == "FR-2026-000001")


def pays(shop: Lived, invoice_id: str, on: str, minor: int, intent: str = "pi_1") -> None:
    shop.at(f"{on}T10:00:00")
    thing = {"id": intent, "amount_received": minor, "currency": "eur"}
    thing["metadata"] = {"invoice_id": invoice_id}
    told(shop, "payment_intent.succeeded", f"evt_{intent}", thing)


def told(shop: Lived, kind: str, name: str, thing: dict) -> None:
    event = {"id": name, "type": kind, "livemode": False, "created": int(shop.now.timestamp())}
    body = json.dumps(event | {"data": {"object": thing}}).encode()
    store = PaymentTable(shop.call.model)
    receive_delivery("stripe", name, body, at=shop.now, store=store)
    read = partial(fact, live=False)
    found = settle_delivery("stripe", name, read=read, at=shop.now, store=store)
    assert found is DeliveryStatus.DONE


def charges(shop: Lived, key: str, **body: object) -> tuple[int, dict]:
    path = f"/v1/invoices/{bought(shop)}/late-charges"
    return shop.call("POST", path, body, idempotency_key=key)[:2]


def late_context() -> LateContext:
    now = NowContext(bill_run.context(), wiring.singles())
    return LateContext(now, wiring.late_charges(), wiring.customers())


def refused(shop: Lived, body: dict, invoice_id: str = "") -> tuple[int, str, str]:
    """Ask for what is refused: nothing may be stored, and the preview says the same."""
    before = dict(shop.call.model.items)
    path = f"/v1/invoices/{invoice_id or bought(shop)}/late-charges"
    status, found, _ = shop.call("POST", path, body, idempotency_key="x")
    assert shop.call("POST", f"{path}/preview", body)[:2] == (status, found)
    assert shop.call.model.items == before
    return status, found["code"], found["detail"]
