"""The day of booking: a fact worked late is of the first open month, and keeps its own date."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.ports.books import Close, CloseStatus
from solde.storage import keys
from solde.storage.books import BookTable
from solde.storage.open_months import open_day
from tests.support.model_table import ModelTable
from tests.support.shop import NOW, Shop

JUNE = Close("FRA", date(2013, 6, 1), CloseStatus.ASKED, NOW, "b")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("closed", "on", "now", "expected", "checked"),
    [
        ((), "2013-06-10", "2013-06-10T12:00", "2013-06-10", False),
        ((), "2013-06-10", "2013-07-02T12:00", "2013-06-10", True),
        ((), "2013-06-30", "2013-06-30T23:50", "2013-06-30", True),
        ((6,), "2013-06-10", "2013-07-02T12:00", "2013-07-01", True),
        ((5, 6), "2013-05-10", "2013-07-02T12:00", "2013-07-01", True),
        ((6,), "2013-07-02", "2013-08-02T12:00", "2013-07-02", True),
        ((6,), "2013-06-10", None, "2013-07-01", True),
    ],
)
def test_the_first_open_month(closed, on, now, expected, checked) -> None:
    table = ModelTable()
    for month in closed:
        BookTable(table).ask(replace(JUNE, month=date(2013, month, 1)))
    day, checks = open_day(table, "FRA", date.fromisoformat(on), at(now) if now else None)
    assert day.isoformat() == expected
    wanted = keys.closed_month("FRA", expected[:7])
    assert [one.key for one in checks] == ([wanted] if checked else [])


def test_what_is_worked_late_is_not_booked_into_a_closed_month() -> None:
    """A payment and a refund of 10 June come when June is closed: they are July's."""
    shop = Shop()
    BookTable(shop.seller.table).ask(replace(JUNE, entity=shop.invoice.entity))
    shop.paid("evt_1", 119_60)
    shop.refunded("evt_2", 9_60)
    (payment,), (refund,) = shop.items("P#pay"), shop.items("P#ref")
    assert (payment["received_on"], payment["booked_on"]) == ("2013-06-10", "2013-07-01")
    assert (refund["at"][:10], refund["booked_on"]) == ("2013-06-10", "2013-07-01")


def test_a_month_that_is_closed_between_reading_and_writing_takes_nothing() -> None:
    shop = Shop()
    table, entity = shop.seller.table, shop.invoice.entity
    read = table.query

    def closes_meanwhile(pk, **more):
        found = list(read(pk, **more))
        if pk.startswith("K#"):
            BookTable(table).ask(replace(JUNE, entity=entity))
        return iter(found)

    table.query = closes_meanwhile
    shop.paid("evt_1", 119_60)
    (payment,) = shop.items("P#pay")
    assert payment["booked_on"] == "2013-07-01"
