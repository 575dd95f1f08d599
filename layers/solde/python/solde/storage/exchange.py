"""Rates of exchange as stored: one a day and pair, never another for the same day."""

from datetime import date
from decimal import Decimal

from solde.domain.errors import StateConflictError
from solde.domain.tax import Exchange
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.reading import reading
from solde.storage.records import record_to_item
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


def put_rate(table: Table, rate: Exchange, record: Record) -> None:
    """
    Store the rate of a day; the same again is harmless.

    Raises:
        StateConflictError: that day has another rate or source.

    """
    key = keys.exchange(rate.base, rate.quoted, rate.on)
    body = {"rate": f"{rate.rate:f}", "source": rate.source}
    item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **body, **record_to_item(record)}
    try:
        table.write(Put(item, (NoItem(guard="rate_once"),)))
    except ConditionFailedError as failed:
        stored = table.get(key) or {}
        if any(stored.get(name) != value for name, value in body.items()):
            raise StateConflictError(
                f"exchange rate of {rate.on}: expected {stored.get('rate')} of "
                f"{stored.get('source')}, found {rate.rate:f} of {rate.source}",
                pointer="/rate",
            ) from failed


def rates_until(table: Table, base: str, quoted: str, on: date, *, limit: int) -> list[Item]:
    """Return the items of the latest days up to one, the latest first."""
    pk = keys.exchange(base, quoted, on).pk
    last = on.isoformat()
    return list(table.query(pk, last=last, backwards=True, limit=limit))


def latest_rate(table: Table, base: str, quoted: str, on: date) -> Exchange | None:
    """Return the last rate known on a day."""
    items = rates_until(table, base, quoted, on, limit=1)
    return rate_from_item(items[0]) if items else None


def rate_from_item(item: Item) -> Exchange:
    with reading(item):
        _, base, quoted = item["pk"].split("#")
        on = date.fromisoformat(item["sk"])
        return Exchange(base, quoted, on, Decimal(item["rate"]), item["source"])
