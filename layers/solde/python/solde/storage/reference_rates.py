"""Reference rates as stored: one a half-year, never another for the same."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from solde.domain.errors import StateConflictError
from solde.domain.late import SHIPPED_RATES, ReferenceRate
from solde.ports.records import Record
from solde.storage import keys
from solde.storage.reading import reading
from solde.storage.records import record_from_item, record_to_item
from solde.storage.table import ConditionFailedError, Item, NoItem, Put, Table

SCHEMA = 1


def put_reference_rate(table: Table, rate: ReferenceRate, record: Record) -> None:
    """
    Store the rate of a half-year; the same again is harmless.

    Raises:
        StateConflictError: it has another rate already, stored or shipped.

    """
    for one in SHIPPED_RATES:
        if one.from_on == rate.from_on:
            _must_agree(one, rate)
            return
    key = keys.reference_rate(rate.from_on.isoformat())
    body = {"percent": f"{rate.percent:f}", "source": rate.source}
    item = {"pk": key.pk, "sk": key.sk, "schema": SCHEMA, **body, **record_to_item(record)}
    try:
        table.write(Put(item, (NoItem(guard="rate_once"),)))
    except ConditionFailedError:
        stored = table.get(key)
        if stored:
            _must_agree(rate_from_item(stored), rate)


def known_rates(table: Table) -> Sequence[tuple[ReferenceRate, Record]]:
    """Return every rate that is known with who added it, the latest half-year first."""
    pk = keys.reference_rate("").pk
    mine = [(rate_from_item(one), record_from_item(one)) for one in table.query(pk)]
    every = [*mine, *((one, Record(None, None, 0)) for one in SHIPPED_RATES)]
    return sorted(every, key=lambda one: one[0].from_on, reverse=True)


def added_rates(table: Table) -> Sequence[ReferenceRate]:
    """Return the rates that the seller has added."""
    return [rate_from_item(one) for one in table.query(keys.reference_rate("").pk)]


def rate_from_item(item: Item) -> ReferenceRate:
    with reading(item):
        on = date.fromisoformat(item["sk"])
        return ReferenceRate(on, Decimal(item["percent"]), item["source"])


def _must_agree(known: ReferenceRate, rate: ReferenceRate) -> None:
    if known.percent != rate.percent:
        raise StateConflictError(
            f"reference rate from {known.from_on}: expected {known.percent:f} of {known.source}, "
            f"found {rate.percent:f}",
            pointer="/percent",
        )
