"""Reference rates as stored: once a half-year, listed with the shipped ones."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.late import SHIPPED_RATES, ReferenceRate
from solde.ports.records import first
from solde.storage.reference_rates import added_rates, known_rates, put_reference_rate
from tests.support.model_table import ModelTable

RECORD = first(datetime(2026, 7, 1, tzinfo=UTC), {"by": "us"})
RATE = ReferenceRate(date(2026, 7, 1), Decimal("2.40"), "a source")


def test_what_was_added_is_read_again_beside_what_is_shipped() -> None:
    table = ModelTable()
    put_reference_rate(table, RATE, RECORD)
    put_reference_rate(table, RATE, RECORD)
    assert list(added_rates(table)) == [RATE]
    (mine, record), *others = known_rates(table)
    assert (mine, record) == (RATE, RECORD)
    assert [one for one, _ in others] == list(reversed(SHIPPED_RATES))


def test_another_percent_is_refused_another_source_is_not() -> None:
    table = ModelTable()
    put_reference_rate(table, RATE, RECORD)
    put_reference_rate(table, ReferenceRate(RATE.from_on, RATE.percent, "another"), RECORD)
    assert list(added_rates(table)) == [RATE]
    with pytest.raises(StateConflictError, match=r"expected 2\.40 of a source, found 2\.41"):
        put_reference_rate(table, ReferenceRate(RATE.from_on, Decimal("2.41"), "b"), RECORD)


def test_one_that_is_shipped_is_not_stored() -> None:
    table = ModelTable()
    put_reference_rate(table, SHIPPED_RATES[0], RECORD)
    assert list(added_rates(table)) == []
    with pytest.raises(StateConflictError, match=r"expected 0\.75 of ECB"):
        put_reference_rate(table, ReferenceRate(date(2013, 1, 1), Decimal(1), "b"), RECORD)
