"""Requests for top-ups come back as they went in, each number once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.money import Money
from solde.domain.settlement import Purpose, Refill, RequestStatus, TopUpRequest, Wallet
from solde.storage.reading import CorruptItemError
from solde.storage.refills import (
    RefillTable,
    request_from_item,
    request_paid,
    request_to_item,
)
from solde.storage.table import ConditionFailedError
from solde.storage.wallets import WalletTable
from tests.support.model_table import ModelTable

AT, DAY = datetime(2027, 6, 1, 7, tzinfo=UTC), date(2027, 6, 1)
FIRST = TopUpRequest("tur_1", "wal_1", "cus_1", "fr", 1, Money(50_00, "EUR"), 9_99, DAY)
OPEN, PAID, NOT_NEEDED = RequestStatus


def test_a_request_comes_back() -> None:
    item = request_to_item(FIRST, AT)
    assert request_from_item(item) == FIRST
    with pytest.raises(CorruptItemError):
        request_from_item({**item, "status": "lost"})


def test_each_number_is_asked_once_and_told_of_once() -> None:
    table = ModelTable()
    store = RefillTable(table)
    assert store.latest("cus_1", "wal_1") is None
    assert store.ask(FIRST, at=AT)
    assert not store.ask(replace(FIRST, id="tur_x"), at=AT)
    others = [replace(FIRST, id=f"tur_{n}", number=n) for n in (2, 10)]
    assert all(store.ask(one, at=AT) for one in others)
    assert store.ask(replace(FIRST, wallet="wal_2"), at=AT)
    assert store.requests("cus_1", "wal_1") == [FIRST, *others]
    assert store.latest("cus_1", "wal_1") == others[-1]
    told = [item for item in table.items.values() if "detail" in item]
    assert {one["type"] for one in told} == {"wallet.top_up_needed"}
    assert len(told) == 4
    assert told[0]["detail"] == (
        '{"amount":5000,"balance":999,"currency":"EUR","customer":"cus_1","request":"tur_1",'
        '"wallet":"wal_1"}'
    )


def test_it_is_paid_once_also_when_it_was_not_needed_any_more() -> None:
    table = ModelTable()
    store = RefillTable(table)
    store.ask(FIRST, at=AT)
    assert store.not_needed(FIRST)
    assert store.latest("cus_1", "wal_1") == replace(FIRST, status=NOT_NEEDED)
    assert not store.not_needed(FIRST)
    table.write(request_paid(FIRST))
    assert store.latest("cus_1", "wal_1") == replace(FIRST, status=PAID)
    with pytest.raises(ConditionFailedError):
        table.write(request_paid(FIRST))
    assert not store.not_needed(FIRST)


def test_the_wallets_that_are_looked_at_are_those_that_say_so() -> None:
    store = WalletTable(ModelTable())
    plain = Wallet("wal_1", "cus_1", "fr", "EUR", "Calls", Purpose.MULTI)
    low = replace(plain, id="wal_2", refill=Refill(10_00, 50_00))
    for one in (
        plain,
        low,
        replace(low, id="wal_3", customer_id="cus_2"),
        replace(low, entity="us", id="wal_4"),
    ):
        store.make(one, at=AT)
    assert {one.id for one in store.refilled("fr")} == {"wal_2", "wal_3"}
    assert [one.id for one in store.refilled("us")] == ["wal_4"]
