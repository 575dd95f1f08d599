"""Gifts come back as they went in, each once; what withdraws one lies right behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.discounts import Gift
from solde.domain.money import Money
from solde.storage import keys
from solde.storage.gifts import GiftTable, gift_from_item, gift_to_item, gifts_from_items
from solde.storage.reading import CorruptItemError
from tests.support.model_table import ModelTable

AT = datetime(2027, 6, 1, 12, tzinfo=UTC)
DAY = date(2027, 6, 1)
PLAIN = Gift("lot_1", "wal_1", "Welcome", Money(50_00, "EUR"), DAY)
FULL = Gift(
    "lot_2",
    "wal_2",
    "Calls",
    Money(5, "USD"),
    DAY,
    until_on=date(2028, 1, 1),
    rank=3,
    kinds=frozenset({"usage"}),
    products=frozenset({"a", "b"}),
    reference="SUMMER",
)


@pytest.mark.parametrize("gift", [PLAIN, FULL])
def test_a_gift_comes_back(gift) -> None:
    item = {**gift_to_item(gift), "pk": "A#cus_1", "sk": "B#1#gft#x"}
    assert gift_from_item(item) == gift
    with pytest.raises(CorruptItemError):
        gifts_from_items([{**item, "on": "never"}])


def test_it_is_given_once_and_withdrawn_once() -> None:
    table = ModelTable()
    store = GiftTable(table)
    assert store.give("cus_1", PLAIN, at=AT)
    assert not store.give("cus_1", replace(PLAIN, name="Other"), at=AT)
    assert store.give("cus_1", FULL, at=AT)
    assert store.give("cus_2", PLAIN, at=AT)
    ended = replace(PLAIN, ended_on=date(2027, 7, 1))
    assert store.end("cus_1", ended, 20_00, at=AT)
    assert not store.end("cus_1", replace(PLAIN, ended_on=DAY), 20_00, at=AT)
    assert store.gifts("cus_1") == (ended, FULL)
    assert store.gifts("cus_2") == (PLAIN,)
    assert store.gifts("cus_3") == ()
    assert keys.gift("cus_1", "lot_1") in table.items


def test_others_are_told_of_it() -> None:
    table = ModelTable()
    store = GiftTable(table)
    store.give("cus_1", PLAIN, at=AT)
    store.end("cus_1", replace(PLAIN, ended_on=DAY), 20_00, at=AT)
    said = '"currency":"EUR","customer":"cus_1","top_up":"lot_1","wallet":"wal_1"'
    told = {item["type"]: item["detail"] for item in table.items.values() if "detail" in item}
    assert told == {
        "wallet.topped_up": f'{{"amount":5000,{said}}}',
        "wallet.voided": f'{{"amount":2000,{said}}}',
    }
