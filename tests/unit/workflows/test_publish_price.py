"""The next version of a price: what is refused before it is written, and what a preview sees."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.catalog import Applies, ChargeKind, Price, Product
from solde.domain.errors import InvalidError, NotFoundError, StateConflictError
from solde.domain.pricing.per_unit import PerUnit
from solde.domain.proration import Proration
from solde.ports.records import first
from solde.storage.catalog import CatalogStore
from solde.workflows.publish_price import Version, WithVersion, next_version, publish_price
from tests.support.model_table import ModelTable

D = Decimal
TODAY = date(2027, 6, 1)
RECORD = first(datetime(2027, 6, 1, tzinfo=UTC), {})
FEE = Price("fee", 1, "s", "EUR", ChargeKind.ADVANCE, PerUnit(D(3)), proration=Proration.ACTUAL_30)
SETUP = Price("setup", 1, "s", "EUR", ChargeKind.ONE_TIME, PerUnit(D(9)))
WISH = Version("fee", 2, date(2027, 6, 3), Applies.EXISTING, PerUnit(D(4)))
SECOND = replace(
    FEE, version=2, from_on=WISH.from_on, applies=Applies.EXISTING, model=PerUnit(D(4))
)


@pytest.fixture
def store() -> CatalogStore:
    store = CatalogStore(ModelTable())
    for thing in (Product("s", "Service", "standard", "706"), FEE, SETUP):
        store.put(thing)
    return store


def test_what_a_wish_does_not_say_stays_as_it_was(store) -> None:
    assert publish_price(WISH, TODAY, store, RECORD) == SECOND
    assert store.versions("fee") == (FEE, SECOND)
    assert publish_price(WISH, date(2028, 1, 1), store, RECORD) == SECOND  # the same, much later


REFUSED = [
    (replace(WISH, price_id="none"), NotFoundError, "found 'none'"),
    (replace(WISH, number=3), StateConflictError, "expected 2, found 3"),
    (replace(WISH, from_on=date(2027, 6, 2)), InvalidError, "expected 2027-06-03 or later"),
    (replace(WISH, applies=Applies.NEW, mid_period=True), InvalidError, "found it on advance"),
    (replace(WISH, price_id="setup"), InvalidError, "expected new for what is charged once"),
    (
        replace(WISH, price_id="setup", applies=Applies.NEW, proration=Proration.NONE),
        InvalidError,
        "expected day for a price that has no parts",
    ),
]


@pytest.mark.parametrize(("wish", "error", "said"), REFUSED)
def test_what_makes_no_sense_is_refused(store, wish, error, said) -> None:
    with pytest.raises(error, match=said):
        publish_price(wish, TODAY, store, RECORD)
    assert store.versions("fee") == (FEE,)


def test_no_version_begins_before_the_one_that_it_follows(store) -> None:
    publish_price(replace(WISH, from_on=date(2027, 9, 1)), TODAY, store, RECORD)
    with pytest.raises(InvalidError, match="expected 2027-09-01 or later"):
        next_version(replace(WISH, number=3), TODAY, store)


def test_a_catalog_with_one_more_version_is_as_if_it_were_published(store) -> None:
    seen = WithVersion(store, SECOND).catalog(["fee", "setup"])
    assert store.versions("fee") == (FEE,)
    publish_price(WISH, TODAY, store, RECORD)
    assert seen == store.catalog(["fee", "setup"])
    assert WithVersion(store, SECOND).catalog(["fee", "setup"]) == seen
    assert WithVersion(store, SECOND).catalog(["setup"]).versions == {}
