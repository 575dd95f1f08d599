"""Subscriptions and their changes, each written with the billing state that it moves."""

from datetime import datetime

from solde.domain.errors import StateConflictError
from solde.domain.subscriptions import Change, Subscription
from solde.ports.billing import BillingState
from solde.ports.customers import Located
from solde.storage import billing_state
from solde.storage.customers import located, locator
from solde.storage.subscriptions import change_to_item, subscription_to_item
from solde.storage.table import ConditionFailedError, NoItem, Put, Table, Write


class SubscriptionTable:
    """The port `SubscriptionStore` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def locate(self, reference: str) -> Located:
        item = located(self._table, "sub", "subscription", reference)
        return Located(item["customer_id"], item["subscription_id"], item["entity"])

    def create(
        self,
        subscription: Subscription,
        *,
        read: BillingState,
        after: BillingState,
        time_zone: str,
        at: datetime,
    ) -> bool:
        where = {
            "customer_id": subscription.customer_id,
            "subscription_id": subscription.id,
            "entity": subscription.entity,
            "zone": time_zone,
        }
        writes: list[Write] = [
            billing_state.changed(read, after),
            Put(subscription_to_item(subscription, created_at=at.isoformat()), (NoItem(),)),
            locator("sub", subscription.id, where),
        ]
        if subscription.external_id:
            writes.append(locator("sub", subscription.external_id, where))
        try:
            self._table.write(*writes)
        except ConditionFailedError as failed:
            if failed.at(0) is not None:
                return False
            raise StateConflictError(
                f"external_id: expected one not in use, found {subscription.external_id!r}",
                pointer="/external_id",
            ) from failed
        return True

    def change(
        self, subscription: Subscription, change: Change, *, read: BillingState, after: BillingState
    ) -> bool:
        item = change_to_item(subscription, change)
        try:
            self._table.write(
                billing_state.changed(read, after), Put(item, (NoItem(guard="change_new"),))
            )
        except ConditionFailedError:
            return False
        return True
