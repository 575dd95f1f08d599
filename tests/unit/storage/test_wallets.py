"""Wallets come back as they went in, with what moved them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from solde.domain.ledger import entry_of_top_up
from solde.domain.money import Money
from solde.domain.settlement import Purpose, Refill, Scope, Wallet
from solde.ports.books import Close, CloseStatus
from solde.ports.wallets import WalletFact, WalletFactKind
from solde.storage import keys
from solde.storage.books import BookTable
from solde.storage.reading import CorruptItemError
from solde.storage.wallets import WalletTable, wallet_from_item, wallet_to_item
from tests.support.model_table import ModelTable

AT = datetime(2027, 6, 1, 12, tzinfo=UTC)
DAY = date(2027, 6, 1)
PLAIN = Wallet("wal_1", "cus_1", "fr", "EUR", "Calls", Purpose.MULTI)
FULL = Wallet(
    "wal_2",
    "cus_1",
    "fr",
    "EUR",
    "Calls",
    Purpose.MULTI,
    rank=3,
    scope=Scope(frozenset({"usage"}), frozenset({"a"})),
    days=30,
    credit_value=Decimal("0.015"),
    refill=Refill(5, 10),
)


def topped_up() -> tuple[WalletTable, ModelTable, WalletFact]:
    table = ModelTable()
    state = keys.billing_state("cus_1", "fr")
    table.items[state] = {"pk": state.pk, "sk": state.sk}
    received = Money(50_00, "EUR")
    lot = PLAIN.filled("lot_1", received, DAY)
    entry = entry_of_top_up(received)
    fact = WalletFact("lot_1", WalletFactKind.TOP_UP, lot, received, DAY, entry)
    return WalletTable(table), table, fact


def test_what_is_worked_late_is_booked_in_the_first_open_month() -> None:
    store, table, fact = topped_up()
    BookTable(table).ask(Close("fr", date(2027, 6, 1), CloseStatus.ASKED, AT, "b"))
    assert store.put(fact, at=AT)
    item = table.items[keys.wallet_fact("cus_1", "wal_1", "lot_1")]
    assert (item["on"], item["booked_on"]) == ("2027-06-01", "2027-07-01")


def test_a_month_that_is_closed_between_reading_and_writing_takes_nothing() -> None:
    store, table, fact = topped_up()
    read = table.query

    def closes_meanwhile(pk, **more):
        found = list(read(pk, **more))
        BookTable(table).ask(Close("fr", date(2027, 6, 1), CloseStatus.ASKED, AT, "b"))
        return iter(found)

    table.query = closes_meanwhile
    assert not store.put(fact, at=AT)
    table.query = read
    assert store.put(fact, at=AT)
    item = table.items[keys.wallet_fact("cus_1", "wal_1", "lot_1")]
    assert item["booked_on"] == "2027-07-01"


@pytest.mark.parametrize("wallet", [PLAIN, FULL])
def test_a_wallet_comes_back(wallet) -> None:
    item = wallet_to_item(wallet, AT)
    assert wallet_from_item(item) == wallet
    with pytest.raises(CorruptItemError):
        wallet_from_item({**item, "purpose": "other"})


def test_what_moves_it_lies_behind_it_and_is_written_once() -> None:
    table = ModelTable()
    store = WalletTable(table)
    assert store.make(PLAIN, at=AT)
    assert not store.make(PLAIN, at=AT)
    assert store.make(FULL, at=AT)
    assert (store.wallet("cus_1", "wal_1"), store.wallet("cus_1", "wal_9")) == (PLAIN, None)
    received = Money(50_00, "EUR")
    lot = FULL.filled("lot_1", received, DAY)
    kind = WalletFactKind.TOP_UP
    fact = WalletFact("lot_1", kind, lot, received, DAY, entry_of_top_up(received), "VIR 1")
    assert not store.put(fact, at=AT)  # nobody bills the customer
    state = keys.billing_state("cus_1", "fr")
    table.items[state] = {"pk": state.pk, "sk": state.sk}
    assert store.put(fact, at=AT)
    assert not store.put(fact, at=AT)
    assert (table.items[state]["crd"], store.reserved("cus_1", "fr")) == ("lot_1", False)
    assert store.wallets("cus_1") == [PLAIN, FULL]
    (moved,) = store.facts("cus_1", "wal_2")
    assert (moved.kind, moved.amount, moved.on, moved.reference) == (kind, received, DAY, "VIR 1")
    assert store.facts("cus_1", "wal_1") == []
    assert store.lots("cus_1") == [lot]


def test_what_expires_is_found_on_its_day_and_ends_once() -> None:
    table = ModelTable()
    store = WalletTable(table)
    state = keys.billing_state("cus_1", "fr")
    table.items[state] = {"pk": state.pk, "sk": state.sk, "resv": {"run": "run_1"}}
    received = Money(50_00, "EUR")
    lot = FULL.filled("lot_1", received, DAY)
    put = WalletFact("lot_1", WalletFactKind.TOP_UP, lot, received, DAY, entry_of_top_up(received))
    assert store.put(put, at=AT)
    assert store.reserved("cus_1", "fr")
    assert store.expiring("fr", date(2027, 6, 30)) == []
    assert store.expiring("fr", date(2027, 7, 1)) == [lot]
    ended = WalletFact(
        "wfa_1", WalletFactKind.EXPIRED, lot.ended(), received, DAY, entry_of_top_up(received)
    )
    assert not store.end(lot.moved(-1), ended, at=AT)
    assert store.end(lot, ended, at=AT)
    assert store.expiring("fr", date(2027, 7, 1)) == []
