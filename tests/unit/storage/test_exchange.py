"""Rates of exchange: one a day, and the last one known on a day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.tax import Exchange
from solde.ports.records import first
from solde.storage.exchange import latest_rate, put_rate, rate_from_item, rates_until
from tests.support.model_table import ModelTable

RECORD = first(datetime(2027, 6, 1, tzinfo=UTC), {})


def rate(on: str, text: str = "1.0842", source: str = "ECB") -> Exchange:
    return Exchange("EUR", "USD", date.fromisoformat(on), Decimal(text), source)


@pytest.fixture
def table() -> ModelTable:
    table = ModelTable()
    for one in (rate("2027-05-28"), rate("2027-05-31", "1.0900"), rate("2027-06-02", "1.1")):
        put_rate(table, one, RECORD)
    put_rate(table, Exchange("EUR", "GBP", date(2027, 6, 1), Decimal("0.85"), "ECB"), RECORD)
    return table


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2027-05-27", None),
        ("2027-05-28", rate("2027-05-28")),
        ("2027-05-30", rate("2027-05-28")),
        ("2027-06-01", rate("2027-05-31", "1.0900")),
        ("2099-01-01", rate("2027-06-02", "1.1")),
    ],
)
def test_the_last_rate_known_on_a_day(table: ModelTable, on: str, found) -> None:
    assert latest_rate(table, "EUR", "USD", date.fromisoformat(on)) == found


def test_rates_are_listed_the_latest_first(table: ModelTable) -> None:
    items = rates_until(table, "EUR", "USD", date(2027, 6, 1), limit=9)
    assert [rate_from_item(one).on.day for one in items] == [31, 28]


def test_a_day_has_one_rate(table: ModelTable) -> None:
    put_rate(table, rate("2027-05-28"), RECORD)  # the same again is harmless
    for other in (rate("2027-05-28", "1.09"), rate("2027-05-28", source="a bank")):
        with pytest.raises(StateConflictError, match=r"expected 1\.0842 of ECB, found"):
            put_rate(table, other, RECORD)
