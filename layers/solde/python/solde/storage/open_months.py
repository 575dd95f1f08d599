"""The day on which a fact is booked: its own, or the first of the months that are still open."""

from datetime import date, datetime, timedelta

from solde.ports.books import month_name
from solde.storage import keys
from solde.storage.books import close_from_item
from solde.storage.table import Absent, Check, Table

SOON = timedelta(minutes=15)
"""How long a transaction may take from the reading of the clock: far more than any does."""


def open_day(table: Table, entity: str, on: date, now: datetime | None) -> tuple[date, list[Check]]:
    """
    Return the day of booking, and the conditions under which it still is one of an open month.

    A month can be asked to be closed once it is over: one that is not costs no reading and no
    condition. `now` is the business instant, None where nobody knows it. A fact of a month that
    is closed, worked late, is booked in the first open one; its own date stays with it.
    """
    if now and month_name(on) == month_name((now + SOON).date()) == month_name(now.date()):
        return on, []
    first, last = (keys.closed_month(entity, one) for one in (month_name(on), keys.LAST))
    items = table.query(first.pk, first=first.sk, last=last.sk)
    closes = [close_from_item(item) for item in items]
    day = max(on, closes[-1].until) if closes else on
    month = keys.closed_month(entity, month_name(day))
    return day, [Check(month, (Absent("status", guard="booked_in_an_open_month"),))]
