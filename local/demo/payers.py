"""How the demo's customers pay: AA at once, DL late, WN told twice, OO never."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from local.sandbox.stripe import Behaviour, Delivery, deliveries
from local.sandbox.stripe_objects import Payment

PAYERS = {
    "AA": Behaviour.PAYS_AT_ONCE,
    "DL": Behaviour.PAYS_LATE,
    "WN": Behaviour.DELIVERED_TWICE,
    "OO": Behaviour.NEVER_PAYS,
    "MARTIN": Behaviour.PAYS_AT_ONCE,
}
OTHERS = Behaviour.NEVER_PAYS
AFTER_ISSUE = timedelta(hours=6)


def paid(invoice: dict[str, Any], *, secret: str, at: datetime) -> Iterator[Delivery]:
    """Yield what Stripe will deliver for an issued invoice, by who its customer is."""
    customer = invoice["document"]["customer"]
    payment = Payment(
        seed=2013,
        invoice_id=invoice["id"],
        number=invoice["number"],
        amount_minor=invoice["total"],
        currency=invoice["currency"],
        email=customer["email"],
        at=at + AFTER_ISSUE,
    )
    behaviour = PAYERS.get(customer["external_id"], OTHERS)
    yield from deliveries(payment, behaviour, secret=secret)
