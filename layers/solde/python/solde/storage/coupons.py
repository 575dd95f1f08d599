"""Coupons, the slots that limit their redemption, and the discounts of customers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from solde.domain.discounts import Coupon, Grant
from solde.domain.errors import NotFoundError, StateConflictError
from solde.ports.billing import BillingState
from solde.ports.discounts import Slots
from solde.ports.records import Record
from solde.storage import billing_state, index_keys, keys
from solde.storage.discounts import coupon_from_item, coupon_to_item, grant_from_item, grant_to_item
from solde.storage.reading import reading
from solde.storage.records import record_to_item
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table, Write

SCHEMA = 1
KIND = "coupon"
END = "#end"


class CouponUsedUpError(StateConflictError):
    """It was redeemed as often as it may be: by all customers, or by this one."""

    code = "coupon_used_up"


class CouponTable:
    """The port `Discounts` over the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, coupon: Coupon, record: Record | None) -> None:
        key = keys.version(KIND, coupon.code)
        item: Item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "version": 1}
        item |= coupon_to_item(coupon)
        item |= {"list_pk": index_keys.listing("cat", KIND), "list_sk": f"{KIND}#{coupon.code}"}
        if record:
            item |= record_to_item(replace(record, version=1))
        try:
            self._table.write(Put(item, (NoItem(),)))
        except ConditionFailedError as failed:
            if self.coupon(coupon.code) != coupon:
                raise StateConflictError(
                    f"code: expected one not in use, found {coupon.code!r}", pointer="/code"
                ) from failed

    def coupon(self, code: str) -> Coupon:
        item = self._table.get(keys.version(KIND, code))
        if item is None:
            raise NotFoundError(f"coupon: expected one of ours, found {code!r}")
        with reading(item):
            return coupon_from_item(item)

    def free(self, coupon: Coupon, customer_id: str) -> Slots:
        """Slots are taken in order, each on condition that it is free: so the first is found."""
        found = []
        for most, owner in (
            (coupon.redemptions, ""),
            (coupon.per_customer, f"{customer_id}#"),
        ):
            if most is not None:
                found.append(self._first_free(f"{coupon.code}#{owner}", most))
        return found

    def _first_free(self, prefix: str, most: int) -> str:
        low, high = 1, most + 1
        while low < high:
            middle = (low + high) // 2
            taken = self._table.get(keys.unique(KIND, f"{prefix}{middle}"))
            low, high = (middle + 1, high) if taken else (low, middle)
        if low > most:
            raise CouponUsedUpError(
                f"coupon: expected at most {most} redemptions, found {most}", pointer="/coupon"
            )
        return f"{prefix}{low}"

    def grant(
        self,
        grant: Grant,
        *,
        read: BillingState,
        after: BillingState,
        slots: Slots,
        at: datetime,
    ) -> bool:
        key = keys.granted(read.customer_id, grant.id)
        item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "at": at.isoformat()}
        item |= {"entity": read.entity, "grant": grant_to_item(grant)}
        return self._written(billing_state.changed(read, after), item, slots, grant.id)

    def end(
        self, grant_id: str, on: date, *, read: BillingState, after: BillingState, at: datetime
    ) -> bool:
        key = keys.granted(read.customer_id, grant_id)
        item = {"pk": key.pk, "sk": f"{key.sk}{END}", "schema": SCHEMA, "at": at.isoformat()}
        item |= {"entity": read.entity, "end_on": on.isoformat()}
        return self._written(billing_state.changed(read, after), item, (), grant_id)

    def _written(self, moved: Write, item: Item, slots: Slots, owner: str) -> bool:
        try:
            self._table.write(moved, Put(item, (NoItem(guard="grant_new"),)), *taken(slots, owner))
        except ConditionFailedError:
            return False
        return True


def taken(slots: Slots, owner: str) -> list[Put]:
    """Return the writes that take slots, each on condition that nobody has it."""
    writes = []
    for slot in slots:
        key = keys.unique(KIND, slot)
        item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, "by": owner}
        writes.append(Put(item, (NoItem(guard="slot_free"),)))
    return writes


def grants_from_items(items: Iterable[Item], entity: str) -> tuple[Grant, ...]:
    """Read a customer's grants, each with its end, which lies right behind it."""
    found: list[Grant] = []
    for item in items:
        if item["entity"] != entity:
            continue
        with reading(item):
            if item["sk"].endswith(END):
                found[-1] = found[-1].ended(date.fromisoformat(item["end_on"]))
            else:
                found.append(grant_from_item(item["grant"]))
    return tuple(sorted(found, key=lambda one: (one.from_on, one.id)))
