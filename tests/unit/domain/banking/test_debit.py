"""Direct debits: on which day, in which sequence, and what became of one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from solde.domain.attempts import Decline, Declines, Settles, Waits
from solde.domain.banking.debit import (
    DebitState,
    became,
    collected_on,
    debit_of,
    kind_of,
    later,
)
from solde.domain.banking.mandate import Mandate
from solde.domain.money import Money

EUR = Money(119_60, "EUR")
SIGNED = date(2013, 5, 2)
MANDATE = Mandate("man_1", "M1", "cus_1", "fr", "FR14", "Martin", SIGNED)
DAY = date(2013, 6, 17)
ONE = debit_of(("att_1", "inv_1", 1, EUR), ("fr", "FR-2013-000001"), MANDATE, DAY)


@pytest.mark.parametrize(
    ("due_on", "notice", "today", "day"),
    [
        ("2013-07-01", 14, "2013-06-01", "2013-07-01"),  # when it is due
        ("2013-06-01", 14, "2013-06-01", "2013-06-17"),  # announced on a 1st: a Saturday, so 17th
        ("2013-06-01", 5, "2013-06-01", "2013-06-06"),
        ("2013-06-01", 1, "2013-06-20", "2013-06-24"),  # two days on is a Saturday
        ("2013-03-29", 1, "2013-03-01", "2013-04-02"),  # Good Friday and Easter Monday
    ],
)
def test_the_day_is_due_announced_and_one_of_banks(due_on, notice, today, day) -> None:
    issued = min(due_on, "2013-06-01")
    days = [date.fromisoformat(one) for one in (due_on, issued, today, day)]
    assert collected_on(days[0], days[1], notice, days[2]) == days[3]


def test_the_first_use_of_a_mandate_is_told_as_such() -> None:
    asked = ("att_2", "inv_2", 1, EUR), ("fr", "FR-2013-000002")
    assert ONE.sequence == "FRST"
    assert debit_of(*asked, replace(MANDATE, first="att_1"), DAY).sequence == "RCUR"
    assert debit_of(*asked, replace(MANDATE, first="att_2"), DAY).sequence == "FRST"
    assert ONE.end_to_end == "att-1"


def test_what_became_of_it() -> None:
    sent = replace(ONE, state=DebitState.SENT)
    at = datetime(2013, 6, 17, tzinfo=UTC)
    assert became(ONE, DAY) == Waits("att-1")
    assert became(sent, date(2013, 6, 16)) == Waits("att-1")
    assert became(sent, DAY) == Settles("att-1", EUR, at)
    back = replace(sent, state=DebitState.RETURNED, code="AM04")
    assert became(back, DAY) == Declines(Decline.SOFT, "AM04", "att-1")
    dropped = replace(ONE, state=DebitState.DROPPED, code="not_needed")
    assert became(dropped, DAY) == Declines(Decline.SOFT, "not_needed", "att-1")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("AC04", "hard"), ("MD01", "hard"), ("MS02", "action"), ("AM04", "soft"), ("XX99", "soft")],
)
def test_reasons_of_banks(code, kind) -> None:
    assert kind_of(code).value == kind


def test_a_file_that_is_late_collects_on_the_next_day_of_banks() -> None:
    assert later(ONE, date(2013, 6, 14)) == ONE  # a Friday: the bank has it for Monday
    assert later(ONE, date(2013, 6, 17)).collect_on == date(2013, 6, 18)
