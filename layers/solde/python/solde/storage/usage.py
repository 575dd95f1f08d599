"""Usage in the table: day states by month, written with their mark on the billing state."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from solde.domain.catalog import Catalog
from solde.domain.errors import StoreUnavailableError
from solde.domain.periods import Period, month_after
from solde.domain.pricing import Quantity
from solde.domain.rating import Measure
from solde.domain.subscriptions import Subscription
from solde.domain.usage.day_state import DayState
from solde.domain.usage.quantity import Sums, quantity, quantity_of_sums, sums_are_enough
from solde.ports.objects import ObjectStore
from solde.ports.usage import CustomerUsage, Used
from solde.storage import billing_state, keys
from solde.storage.table import ConditionFailedError, Item, Key, Table, Write
from solde.storage.usage_items import Kept, days_of, generation_of, month_put, states_of, sums_of

TRANSACTION_WRITES = 100
ATTEMPTS = 8


class UsageTable:
    """The port `UsageStore`, and `Measured` with the rating book, over the table."""

    def __init__(self, table: Table, objects: ObjectStore) -> None:
        self._table = table
        self._objects = objects

    def write(self, usages: Sequence[CustomerUsage], *, generation: int) -> None:
        for group in _groups(usages):
            try:
                self._write_group(group, generation)
            except ConditionFailedError:
                for usage in group:
                    self._write_one(usage, generation)

    def rated_to_on(self, entity: str) -> date | None:
        item = self._table.get(keys.rated(entity))
        return date.fromisoformat(item["to_on"]) if item else None

    def measure(
        self, customer_id: str, within: Period, catalog: Catalog, *, only: str = ""
    ) -> Measure:
        read = (
            self._months_of(customer_id, only, within)
            if only
            else self._months(customer_id, within)
        )
        used = CustomerMonths(read, self._objects)

        def measured(
            subscription: Subscription,
            meter_code: str,
            period: Period,
            whole: Period | None = None,
            /,
        ) -> tuple[Quantity, int, str]:
            meter = catalog.meter(meter_code)
            if sums_are_enough(meter):
                sums = used.sums(subscription.id, meter_code, period)
                if sums is not None:
                    return quantity_of_sums(meter, sums, period)
            before = meter.carries
            days = used.days(subscription.id, meter_code, period, before=before)
            zone = used.zone(subscription.id, meter_code)
            return quantity(meter, days, period, zone_name=zone, whole=whole)

        return measured

    def used(self, customer_id: str, within: Period) -> Sequence[Used]:
        months = CustomerMonths(self._months(customer_id, within), self._objects)
        return tuple(
            Used(
                subscription_id,
                meter,
                months.zone(subscription_id, meter),
                months.days(subscription_id, meter, within),
            )
            for subscription_id, meter in months.metered
        )

    def _months(self, customer_id: str, within: Period) -> Iterable[Item]:
        """Read the usage of the months that hold the days, in one query."""
        first, last = keys.usage_months(_month(within.start_on), _month(within.last_on))
        return self._table.query(keys.customer_pk(customer_id), first=first, last=last)

    def _months_of(self, customer_id: str, subscription_id: str, within: Period) -> list[Item]:
        """Read the usage of one subscription, month by month: those of others lie between."""
        pk, found = keys.customer_pk(customer_id), list[Item]()
        day = within.start_on
        while day < within.end_on:
            first = f"U#{_month(day)}#{subscription_id}#"
            found += self._table.query(pk, first=first, last=first + keys.LAST)
            day = month_after(day.replace(day=1), 1)
        return found

    def _write_one(self, usage: CustomerUsage, generation: int) -> None:
        for _ in range(ATTEMPTS):
            try:
                self._write_group([usage], generation)
            except ConditionFailedError:
                continue
            return
        raise StoreUnavailableError(
            f"usage of {usage.customer_id}: its billing state moved {ATTEMPTS} times"
        )

    def _write_group(self, group: Sequence[CustomerUsage], generation: int) -> None:
        read = self._table.get_many([key for usage in group for key in _keys(usage)])
        writes = [write for one in group for write in self._writes(one, read, generation)]
        if writes:
            self._table.write(*writes)

    def _writes(
        self, usage: CustomerUsage, read: Mapping[Key, Item], generation: int
    ) -> list[Write]:
        """Return what is new to the table; a customer of whom nothing is new is not marked."""
        state_key, *month_keys = _keys(usage)
        puts: list[Write] = []
        touched: list[date] = []
        for key, found in zip(month_keys, usage.months, strict=True):
            stored = read.get(key)
            if generation_of(stored) < generation:
                put = month_put(usage.customer_id, found, stored, generation, self._objects)
                puts.append(put)
                touched += found.days
        if not puts:
            return []
        state_item = read.get(state_key)
        if state_item is None:
            return [billing_state.new_state(usage.customer_id, usage.entity), *puts]
        state = billing_state.state_from_item(state_item)
        return [billing_state.marked_by_usage(state, min(touched), usage.today), *puts]


class CustomerMonths:
    """
    A customer's usage as read; it is opened when it is first asked for, and so is each day.

    A run reads many customers in a row: what opening them takes comes behind all calls.
    """

    def __init__(self, items: Iterable[Item], objects: ObjectStore) -> None:
        self._objects = objects
        self._unopened = items
        self._kept: dict[str, dict[date, Kept]] = {}
        self._open: dict[tuple[str, str], dict[date, DayState]] = {}

    @cached_property
    def _items(self) -> Mapping[tuple[str, str], Sequence[Item]]:
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self._unopened:
            _, _, subscription_id, meter = item["sk"].split("#")
            found.setdefault((subscription_id, meter), []).append(item)
        return found

    @property
    def metered(self) -> Sequence[tuple[str, str]]:
        """The pairs of subscription and meter that have usage."""
        return tuple(self._items)

    def zone(self, subscription_id: str, meter: str) -> str:
        items = self._items.get((subscription_id, meter))
        return items[-1]["zone"] if items else "UTC"

    def sums(self, subscription_id: str, meter: str, period: Period) -> Sums | None:
        """Return the days of a period where each is one sum and nothing else, or None."""
        first, last = keys.usage_months(_month(period.start_on), _month(period.last_on))
        found = Sums("")
        for item in self._items.get((subscription_id, meter), ()):
            if first <= item["sk"] <= last:
                month = sums_of(item, period)
                if month is None:
                    return None
                found = found.plus(month) if found.dated else month
        return found

    def days(
        self, subscription_id: str, meter: str, period: Period, *, before: bool = False
    ) -> dict[date, DayState]:
        """Return the days of a period, and if asked those before it that were read."""
        found: dict[date, DayState] = {}
        first_on = date.min if before else period.start_on
        opened = self._open.setdefault((subscription_id, meter), {})
        for item in self._items.get((subscription_id, meter), ()):
            kept = self._kept.get(item["sk"]) or self._kept.setdefault(item["sk"], days_of(item))
            wanted = [day for day in kept if first_on <= day < period.end_on]
            closed = {day: kept[day] for day in wanted if day not in opened}
            if closed:
                opened.update(states_of(item, closed, self._objects))
            for day in wanted:
                found[day] = opened[day]
        return found


def _month(day: date) -> str:
    """Return `yyyy-mm`: `strftime` takes five times as long."""
    return day.isoformat()[:7]


def _groups(usages: Sequence[CustomerUsage]) -> list[list[CustomerUsage]]:
    """Put customers together while they fit a transaction; no customer twice in one."""
    groups: list[list[CustomerUsage]] = []
    room, names = 0, set[str]()
    for usage in (part for whole in usages for part in _parts(whole)):
        wanted = len(usage.months) + 1
        if wanted > room or usage.customer_id in names:
            groups.append([])
            room, names = TRANSACTION_WRITES, set()
        groups[-1].append(usage)
        names.add(usage.customer_id)
        room -= wanted
    return groups


def _parts(usage: CustomerUsage) -> Iterator[CustomerUsage]:
    """Cut what is more than a transaction holds; every part marks the billing state anew."""
    most = TRANSACTION_WRITES - 1
    for at in range(0, len(usage.months), most):
        yield replace(usage, months=usage.months[at : at + most])


def _keys(usage: CustomerUsage) -> list[Key]:
    return [
        keys.billing_state(usage.customer_id, usage.entity),
        *(
            keys.usage_month(usage.customer_id, one.month, one.subscription_id, one.meter)
            for one in usage.months
        ),
    ]
