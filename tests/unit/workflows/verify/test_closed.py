"""Closed months: an entry slipped in, taken away or changed is found, and so is a balance."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.ledger import Balance
from solde.ports.audit import Stored
from solde.ports.books import Close, CloseStatus, Fact
from solde.workflows.close_books import chained
from solde.workflows.verify.closed import closed_months_stand

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
SOLD = Fact(
    "A#1 I#1", "fr", date(2027, 1, 5), "EUR", {"411": 120_00, "706": -100_00, "4457": -20_00}
)
PAID = Fact("A#1 P#1", "fr", date(2027, 1, 9), "EUR", {"411": -120_00, "512": 120_00})
LATER = Fact("A#1 I#2", "fr", date(2027, 2, 5), "EUR", {"411": 50_00, "706": -50_00})


def close(month: date, facts: list[Fact], link: str, *balances: Balance) -> Close:
    _, chain = chained(facts, link)
    return Close(
        "fr", month, CloseStatus.CLOSED, AT, "bookkeeper", len(facts), chain, tuple(balances)
    )


JANUARY = close(
    date(2027, 1, 1),
    [SOLD, PAID],
    "",
    Balance("411", "EUR", 0, 120_00, 120_00),
    Balance("4457", "EUR", 0, 0, 20_00),
    Balance("512", "EUR", 0, 120_00, 0),
    Balance("706", "EUR", 0, 0, 100_00),
)
FEBRUARY = close(
    date(2027, 2, 1),
    [LATER],
    JANUARY.chain,
    Balance("411", "EUR", 0, 50_00, 0),
    Balance("4457", "EUR", -20_00, 0, 0),
    Balance("512", "EUR", 120_00, 0, 0),
    Balance("706", "EUR", -100_00, 0, 50_00),
)
ASKED = Close("fr", date(2027, 3, 1), CloseStatus.ASKED, AT, "bookkeeper")


def said(entries: list[Fact], closes: list[Close]) -> tuple[str, ...]:
    return closed_months_stand(Stored(entries=entries, closes=closes)).violations


def test_what_was_closed_and_stands_is_sound() -> None:
    found = closed_months_stand(
        Stored(entries=[LATER, PAID, SOLD], closes=[ASKED, FEBRUARY, JANUARY])
    )
    assert (found.code, found.counted, found.violations) == ("I37", 3, ())


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ([SOLD, PAID, LATER, replace(PAID, name="A#1 P#2")], ("entries", "chain", "balance")),
        ([SOLD, LATER], ("entries", "chain", "balance")),
        ([SOLD, replace(PAID, on=date(2027, 1, 10)), LATER], ("chain",)),
        (
            [SOLD, replace(PAID, movements={"411": -119_00, "512": 119_00}), LATER],
            ("chain", "balance"),
        ),
        ([SOLD, replace(PAID, movements={"411": -120_00, "531": 120_00}), LATER], ("chain",)),
    ],
    ids=["slipped in", "taken away", "another day", "another amount", "another account"],
)
def test_a_closed_month_that_was_touched_is_named(
    entries: list[Fact], wrong: tuple[str, ...]
) -> None:
    found = said(entries, [JANUARY, FEBRUARY])
    named = tuple(text.split(": ")[1] for text in found)
    assert {*wrong} <= {*named}
    assert all(text.startswith("fr 2027-01") for text in found)


def test_a_month_left_out_is_named() -> None:
    march = replace(FEBRUARY, month=date(2027, 3, 1))
    moved = replace(LATER, on=date(2027, 3, 5))
    found = said([SOLD, PAID, moved], [JANUARY, march])
    assert "fr 2027-03: month before it: expected 2027-03-01, found 2027-02-01" in found


def test_a_balance_that_carries_in_what_was_not_carried_out_is_named() -> None:
    rows = (replace(FEBRUARY.balances[0], opening=1), *FEBRUARY.balances[1:])
    found = said([SOLD, PAID, LATER], [JANUARY, replace(FEBRUARY, balances=rows)])
    assert [text.split(": ")[1] for text in found] == ["opening", "trial balance"]


def test_another_entity_has_books_of_its_own() -> None:
    other = replace(SOLD, entity="us", name="A#2 I#9")
    assert said([SOLD, PAID, LATER, other], [JANUARY, FEBRUARY]) == ()
