"""The payments of one document: those that came since it was issued, and name it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from solde.domain.identity import new_id
from solde.domain.payments import Payment
from solde.ports.billing import Header
from solde.storage import keys
from solde.storage.payment_items import payment_from_item
from solde.storage.table import Table

ZONES = timedelta(days=1)
"""The day of issue is one of the seller's zone."""
PREFIX = "pay_"


class ReceiptTable:
    """The port `Receipts` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def payments(self, header: Header) -> Sequence[Payment]:
        begun = datetime.combine(header.issued_on, time(tzinfo=UTC)) - ZONES
        first = keys.payment(header.customer_id, new_id("pay", at=begun, tail=0))
        last = keys.payment(header.customer_id, PREFIX + keys.LAST)
        items = self._table.query(first.pk, first=first.sk, last=last.sk)
        return [payment_from_item(one) for one in items if one["invoice"] == header.id]
