"""What providers keep of payments, as stored: one fact a payment, with its entry."""

from collections.abc import Callable
from datetime import datetime

from solde.domain.identity import derived_id, instant_of
from solde.domain.ledger import entry_of_fee
from solde.domain.money import Money
from solde.domain.payments import Payment
from solde.storage import keys
from solde.storage.open_months import open_day
from solde.storage.table import ConditionFailedError, NoItem, Put, Table

SCHEMA = 1


class FeeTable:
    """The port `Fees` over the table."""

    def __init__(self, table: Table, now: Callable[[], datetime] | None = None) -> None:
        """`now` tells the business instant; without it every booking asks for its month."""
        self._table, self._now = table, now

    def book_fee(self, payment: Payment, fee: Money, *, at: datetime) -> bool:
        identity = derived_id("fee", payment.id, at=instant_of(payment.id) or at)
        key = keys.payment(payment.customer_id, identity)
        if self._table.get(key) is not None:
            return False
        now = self._now() if self._now else None
        on, checks = open_day(self._table, payment.entity, at.date(), now)
        item = {
            "pk": key.pk,
            "sk": key.sk,
            "schema": SCHEMA,
            "kind": "fee",
            "payment": payment.id,
            "entity": payment.entity,
            "currency": fee.currency,
            "amount": fee.minor,
            "at": at.isoformat(),
            "booked_on": on.isoformat(),
            "jrn": entry_of_fee(fee).movements,
        }
        try:
            self._table.write(*checks, Put(item, (NoItem(guard="fee_once"),)))
        except ConditionFailedError:
            return False  # booked meanwhile, or its month was closed: the next look finds out
        return True
