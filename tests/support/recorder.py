"""A seller whose runs keep what they are planned from, and a year's quarter that he bills."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from solde.domain.subscriptions import QuantityChanged
from solde.runtime.bill_run import context_of
from solde.storage.recorded import RecordingTable
from tests.support.seller import Seller


def recorder(*, per_batch: int = 2) -> Seller:
    seller = Seller(per_batch=per_batch)
    table = RecordingTable(seller.table)
    seller.context = replace(
        context_of(table, seller.objects, seller.objects, seller.engine),
        usage=seller.used,
        inputs=table,
        customers_per_batch=per_batch,
    )
    return seller


def billed(*, per_batch: int = 2) -> tuple[Seller, list[str]]:
    """
    Bill June and July 2013 to three customers: beta's seats were 5 since 16 June, told in July.

    Return the seller and the ids of his runs.
    """
    seller = recorder(per_batch=per_batch)
    seller.sells("seat", "9.99")
    agreed = {}
    for name in ("acme", "beta", "core"):
        seller.customer(name)
        agreed[name] = seller.subscribes(name, "2013-06-01", ("seat", "3"))
    runs = seller.runs_billing("2013-06-01")
    item = agreed["beta"].items[0].id
    seller.changes(agreed["beta"], QuantityChanged(date(2013, 6, 16), 1, item, Decimal(5)))
    runs += seller.runs_billing("2013-07-01")
    return seller, [one.id for one in runs]
