"""A small deployment with a bit of everything that the nightly proof looks at."""

from datetime import date
from decimal import Decimal

from solde.domain.subscriptions import QuantityChanged
from solde.storage.table import Key
from tests.support.seller import Seller
from tests.support.shop import Shop


def audited() -> Seller:
    """Two customers, three months, a change in mid-month, one payment with a surplus."""
    seller = Seller()
    seller.sells("seat", "9.99")
    for name in ("acme", "bolt"):
        seller.customer(name)
    subscription = seller.subscribes("acme", "2013-06-01", ("seat", "3"))
    seller.subscribes("bolt", "2013-06-10", ("seat", "1"))
    seller.runs_billing("2013-06-01")
    seller.runs_billing("2013-06-10")
    seller.changes(subscription, QuantityChanged(date(2013, 6, 15), 1, "sit_0_0", Decimal(5)))
    seller.runs_billing("2013-06-15")
    seller.runs_billing("2013-07-01")
    Shop(seller).paid("evt_1", 50_00)
    Shop(seller).refunded("evt_2", 10_00)
    for header in seller.documents("acme") + seller.documents("bolt"):
        key = {"pk": f"A#{header.customer_id}", "sk": f"M#{header.id}"}
        seller.table.items[Key(**key)] = {**key, "schema": 1, "state": "sent"}
    return seller
