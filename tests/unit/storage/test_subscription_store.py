"""A subscription or a change is written with the billing state that it moves, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.subscriptions import Cancelled
from solde.ports.customers import Located
from solde.ports.records import first
from solde.storage.subscription_store import SubscriptionTable
from tests.support.seller import Seller

MADE = datetime(2013, 1, 1, tzinfo=UTC)
LATER = datetime(2013, 1, 20, 9, tzinfo=UTC)
START = date(2013, 1, 5)
ID = "sub_" + "0" * 26


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    return made


@pytest.fixture
def agreed(seller):
    scratch = Seller()
    scratch.customer("acme")
    return replace(scratch.subscribes("acme", "2013-01-05", ("basic", "1")), id=ID)


def create(seller: Seller, one, read=None) -> bool:
    state = read or seller.context.billing.state("acme", "FRA")
    after = state.changed(effective_on=START, due_on=START, today=START)
    return SubscriptionTable(seller.table).create(
        one, read=state, after=after, time_zone="Europe/Paris", record=first(MADE, {"a": "b"})
    )


def test_it_is_found_by_both_its_names_with_its_record(seller, agreed) -> None:
    store = SubscriptionTable(seller.table)
    assert create(seller, agreed)
    where = Located("acme", ID, "FRA")
    assert store.locate(ID) == store.locate("ext:S0") == where
    assert store.kept(where) == (agreed, first(MADE, {"a": "b"}))
    state = seller.context.billing.state("acme", "FRA")
    assert (state.rev, state.due_on) == (1, START)


def test_a_state_that_moved_is_told_and_nothing_is_written(seller, agreed) -> None:
    stale = seller.context.billing.state("acme", "FRA")
    seller.subscribes("acme", "2013-01-05", ("basic", "1"))
    before = dict(seller.table.items)
    assert not create(seller, replace(agreed, external_id="S9"), read=stale)
    assert seller.table.items == before


def test_a_name_that_is_taken_is_refused(seller, agreed) -> None:
    create(seller, agreed)
    with pytest.raises(StateConflictError, match="expected one not in use, found 'S0'"):
        create(seller, replace(agreed, id="sub_" + "1" * 26))


def test_each_change_is_a_version_and_the_latest_is_when_it_was_updated(seller, agreed) -> None:
    create(seller, agreed)
    store = SubscriptionTable(seller.table)
    state = seller.context.billing.state("acme", "FRA")
    ended = Cancelled(date(2013, 2, 1), 1)
    after = state.changed(effective_on=ended.effective_on, due_on=None, today=START)
    assert store.change(agreed, ended, read=state, after=after, at=LATER)
    assert not store.change(agreed, ended, read=state, after=after, at=LATER)  # once
    found, record = store.kept(Located("acme", ID, "FRA"))
    assert found.changes == (ended,)
    assert (record.version, record.created_at, record.updated_at) == (2, MADE, LATER)


def test_one_that_never_was_is_not_found(seller) -> None:
    store = SubscriptionTable(seller.table)
    with pytest.raises(NotFoundError, match="expected one of ours"):
        store.kept(Located("acme", ID, "FRA"))
    with pytest.raises(NotFoundError, match="expected one of ours"):
        store.locate(ID)


def test_a_zone_changes_under_both_names_as_it_was_read_or_not_at_all(seller, agreed) -> None:
    store = SubscriptionTable(seller.table)
    assert create(seller, agreed)
    after = "Europe/Paris 2013-02-01 Asia/Tokyo"
    assert store.zone(ID) == "Europe/Paris"
    assert not store.set_zone(agreed, read="UTC", after=after)
    assert store.zone(ID) == "Europe/Paris"
    assert store.set_zone(agreed, read="Europe/Paris", after=after)
    zones = {key.pk: item["zone"] for key, item in seller.table.items.items() if "zone" in item}
    assert zones == {f"EXT#sub#{ID}": after, "EXT#sub#S0": after}
