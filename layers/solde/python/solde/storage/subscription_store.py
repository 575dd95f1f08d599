"""Subscriptions and their changes, each written with the billing state that it moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.subscriptions import Change, Subscription
from solde.ports.billing import BillingState
from solde.ports.customers import Entered, Located
from solde.ports.records import Record
from solde.storage import billing_state, keys
from solde.storage.coupons import taken
from solde.storage.customers import located, locator
from solde.storage.reading import instant
from solde.storage.records import record_from_item, record_to_item
from solde.storage.subscription_changes import change_to_item
from solde.storage.subscriptions import (
    subscription_to_item,
    subscriptions_from_items,
)
from solde.storage.table import (
    ConditionFailedError,
    Equals,
    Item,
    NoItem,
    Put,
    Table,
    Update,
    Write,
)


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
        record: Record,
        slots: Sequence[str] = (),
    ) -> bool:
        where = {
            "customer_id": subscription.customer_id,
            "subscription_id": subscription.id,
            "entity": subscription.entity,
            "zone": time_zone,
        }
        writes: list[Write] = [
            billing_state.changed(read, after),
            Put(_item(subscription, record), (NoItem(),)),
            locator("sub", subscription.id, where),
        ]
        at = record.created_at.isoformat() if record.created_at else ""
        writes += [
            Put(change_to_item(subscription, one) | {"at": at}, (NoItem(guard="change_new"),))
            for one in subscription.changes
        ]
        writes += taken(slots, subscription.id)
        if subscription.external_id:
            writes.append(locator("sub", subscription.external_id, where))
        try:
            self._table.write(*writes)
        except ConditionFailedError as failed:
            if not subscription.external_id or failed.at(len(writes) - 1) is None:
                return False
            raise StateConflictError(
                f"external_id: expected one not in use, found {subscription.external_id!r}",
                pointer="/external_id",
            ) from failed
        return True

    def change(
        self,
        subscription: Subscription,
        change: Change,
        *,
        read: BillingState,
        after: BillingState,
        at: datetime,
        slots: Sequence[str] = (),
    ) -> bool:
        item = change_to_item(subscription, change) | {"at": at.isoformat()}
        try:
            self._table.write(
                billing_state.changed(read, after),
                Put(item, (NoItem(guard="change_new"),)),
                *taken(slots, subscription.id),
            )
        except ConditionFailedError:
            return False
        return True

    def zone(self, subscription_id: str) -> str:
        item = self._table.get(keys.unique("sub", subscription_id))
        if item is None:
            raise NotFoundError(f"subscription: expected one of ours, found {subscription_id!r}")
        return str(item["zone"])

    def set_zone(self, subscription: Subscription, *, read: str, after: str) -> bool:
        names = [name for name in (subscription.id, subscription.external_id) if name]
        as_read = Equals("zone", read, guard="zone_as_read")
        try:
            self._table.write(
                *(
                    Update(keys.unique("sub", name), set={"zone": after}, conditions=(as_read,))
                    for name in names
                )
            )
        except ConditionFailedError:
            return False
        return True

    def changes(self, where: Located) -> Sequence[Entered]:
        items = self._items(where)
        moments = [instant(item.get("at")) for item in items[1:]]
        changes = subscriptions_from_items(items)[0].changes
        entered = map(Entered, changes, moments)
        return sorted(entered, key=lambda one: one.change.sequence)

    def kept(self, where: Located) -> tuple[Subscription, Record]:
        items = self._items(where)
        record = record_from_item(items[0])
        moments = [day for item in items[1:] if (day := instant(item.get("at")))]
        record = replace(
            record,
            updated_at=max(moments, default=record.updated_at),
            version=len(items),
        )
        return subscriptions_from_items(items)[0], record

    def _items(self, where: Located) -> list[Item]:
        """Read a subscription and, behind it, its changes in order of their days."""
        first = keys.subscription(where.customer_id, where.subscription_id)
        items = list(self._table.query(first.pk, first=first.sk, last=f"{first.sk}#{keys.LAST}"))
        if not items:
            raise NotFoundError(
                f"subscription: expected one of ours, found {where.subscription_id!r}"
            )
        return items


def _item(subscription: Subscription, record: Record) -> Item:
    created_at = record.created_at.isoformat() if record.created_at else ""
    return subscription_to_item(subscription, created_at=created_at) | record_to_item(record)
