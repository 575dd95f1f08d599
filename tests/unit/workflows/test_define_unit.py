"""A version of a pricing unit keeps what it was worth, and says the rest ahead."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.errors import InvalidError, StateConflictError
from solde.domain.pricing.unit import PricingUnit, Value
from solde.ports.records import first
from solde.storage.catalog import CatalogStore
from solde.workflows.define_unit import define_unit
from tests.support.model_table import ModelTable

TODAY = date(2027, 6, 1)
RECORD = first(datetime(2027, 6, 1, tzinfo=UTC), {})
EURO = Value("EUR", date(2027, 1, 1), Decimal("0.02"))
LATER = Value("EUR", date(2027, 6, 3), Decimal("0.03"))
DOLLAR = Value("USD", date(2027, 1, 1), Decimal("0.025"))
CREDIT = PricingUnit("credit", 1, "Credits", (EURO,))


@pytest.fixture
def store() -> CatalogStore:
    store = CatalogStore(ModelTable())
    define_unit(CREDIT, store, RECORD, today=TODAY)
    return store


def version(*values: Value, number: int = 2) -> PricingUnit:
    return replace(CREDIT, version=number, values=values)


def test_versions_follow_each_other_and_the_digest_moves(store) -> None:
    before = store.digest()
    define_unit(CREDIT, store, RECORD, today=date(2028, 1, 1))  # the same again, much later
    assert store.digest() == before
    second = version(EURO, LATER, DOLLAR)
    define_unit(second, store, RECORD, today=TODAY)
    store.forget()
    assert store.get("pricing_unit", "credit") == second
    assert store.digest() != before


REFUSED = [
    (version(EURO, LATER, number=3), StateConflictError, "expected 2, found 3"),
    (version(LATER), InvalidError, r"first all that there were, \['0.02 EUR from 2027-01-01'\]"),
    (version(EURO._replace(amount=Decimal(1)), LATER), InvalidError, "first all"),
    (
        version(EURO, LATER._replace(from_on=date(2027, 6, 2))),
        InvalidError,
        "expected 2027-06-03 or later, found 2027-06-02",
    ),
]


@pytest.mark.parametrize(("unit", "error", "said"), REFUSED)
def test_what_would_rewrite_the_past_is_refused(store, unit, error, said) -> None:
    with pytest.raises(error, match=said):
        define_unit(unit, store, RECORD, today=TODAY)
    assert store.get("pricing_unit", "credit") == CREDIT
