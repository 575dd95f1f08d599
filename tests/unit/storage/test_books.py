"""Closed months and entries by hand as stored: once, and never into a month that is closed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.errors import StateConflictError
from solde.domain.ledger import Balance, Entry, Posting
from solde.ports.books import Close, CloseStatus, EntryByHand, Fact
from solde.storage.books import BookTable
from tests.support.model_table import ModelTable

AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
JANUARY = Close("fr", date(2027, 1, 1), CloseStatus.ASKED, AT, "bookkeeper")
ENTRY = Entry("EUR", (Posting("512", -12_50), Posting("627", 12_50)))
CHARGES = EntryByHand("jrn_1", "fr", date(2027, 1, 31), "Bank charges", "bookkeeper", ENTRY)


@pytest.fixture
def table() -> ModelTable:
    return ModelTable()


@pytest.fixture
def books(table: ModelTable) -> BookTable:
    return BookTable(table)


def test_a_month_is_asked_for_once_and_told(books: BookTable, table: ModelTable) -> None:
    assert books.ask(JANUARY) == JANUARY
    assert books.ask(replace(JANUARY, asked_by="another")) == JANUARY
    told = [item["type"] for key, item in table.items.items() if key.pk.startswith("O#")]
    assert told == ["books.close_asked"]
    assert (JANUARY.until, JANUARY.name) == (date(2027, 2, 1), "2027-01")


def test_what_is_closed_comes_back_in_order(books: BookTable) -> None:
    closed = replace(
        JANUARY,
        status=CloseStatus.CLOSED,
        entries=7,
        chain="ab" * 32,
        balances=(Balance("411", "EUR", 1, 2, 3), Balance("706", "EUR", -1, 3, 2)),
    )
    december = replace(closed, month=date(2026, 12, 1))
    books.finish(closed)
    books.finish(december)
    assert books.closes("fr") == [december, closed]
    assert books.closes("us") == []


def test_an_entry_is_stored_once(books: BookTable) -> None:
    assert books.enter(CHARGES) == CHARGES
    assert books.enter(replace(CHARGES, text="Again")) == CHARGES
    assert books.entered("fr") == [CHARGES]
    assert list(books.read("fr")) == [
        Fact("K#fr E#jrn_1", "fr", date(2027, 1, 31), "EUR", {"512": -12_50, "627": 12_50})
    ]
    assert list(books.read("us")) == []


def test_a_month_that_was_asked_to_be_closed_takes_no_entry(books: BookTable) -> None:
    books.ask(JANUARY)
    with pytest.raises(StateConflictError, match="expected a day of a month that is open"):
        books.enter(CHARGES)
    assert books.enter(replace(CHARGES, on=date(2027, 2, 1))).on == date(2027, 2, 1)


def test_without_its_guard_a_closed_month_would_take_one() -> None:
    books = BookTable(ModelTable(off=frozenset({"month_open"})))
    books.ask(JANUARY)
    assert books.enter(CHARGES) == CHARGES


def test_what_was_released_stands(books: BookTable) -> None:
    fact = Fact("A#cus_1 I#inv_1", "fr", date(2027, 1, 2), "EUR", {}, "cus_1", "inv_1")
    step = Entry("EUR", (Posting("487", 31_00), Posting("706", -31_00)))
    expected = Fact(
        "A#cus_1 G#2027-01#inv_1",
        "fr",
        date(2027, 1, 31),
        "EUR",
        {"487": 31_00, "706": -31_00},
        "cus_1",
    )
    assert books.releases(JANUARY, [(fact, step)]) == [expected]
    other = Entry("EUR", (Posting("487", 1), Posting("706", -1)))
    assert books.releases(JANUARY, [(fact, other)]) == [expected]
    assert list(books.read("fr")) == []
