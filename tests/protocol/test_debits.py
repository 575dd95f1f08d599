"""
Files of debits, crash by crash and beside each other: no debit is in two files, and none in none.

A worker crashes before any operation or loses the reply of any, or another one acts whole in
between; then the next morning comes.
"""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from solde.adapters.bank.pain008 import pain008
from solde.domain.banking.debit import Debit, DebitState, debit_of
from solde.domain.banking.mandate import Mandate
from solde.domain.money import Money
from solde.ports.debits import DebitBatch
from solde.storage.debits import DebitTable
from solde.workflows.write_debits import DebitContext, write_debits
from tests.support.camt import ACCOUNT
from tests.support.faulty_table import CrashError, FaultyTable
from tests.support.model_objects import ModelObjects
from tests.support.model_table import ModelTable

NOW = datetime(2013, 6, 26, 5, tzinfo=UTC)
DAY = date(2013, 7, 1)
ENTITY = SimpleNamespace(
    code="fr", name="Solde", registration={"iban": ACCOUNT, "creditor_id": "FR72ZZZ123456"}
)
MANDATE = Mandate("man_1", "M1", "cus_1", "fr", ACCOUNT, "Martin", date(2013, 5, 2))
NAMES = ("att_1", "att_2", "att_3")


class Debits(DebitTable):
    """All is owed, by mandates that are in use."""

    def __init__(self, table: ModelTable) -> None:
        super().__init__(table)
        self.mandate = lambda *_: MANDATE

    def invoice(self, invoice_id: str) -> SimpleNamespace:
        return SimpleNamespace(open_minor=10_000)


class Desk:
    """Three debits of 100.00 that wait, and whoever writes their files."""

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        self.table, self.objects = FaultyTable(off), ModelObjects()
        self.debits = Debits(self.table)
        for name in NAMES:
            asked = (name, f"inv_{name}", 1, Money(100_00, "EUR"))
            self.debits.ask(debit_of(asked, ("fr", "FR-1"), MANDATE, DAY))

    def writes(self, at: datetime = NOW) -> int:
        context = DebitContext(self.debits, self.objects, lambda _: ENTITY, pain008)
        return write_debits(at, context).sent

    def dies(self, at: int, *, lose: bool) -> bool:
        """Die at an operation; False when there is none of that number."""
        self.table.arm(at, lose=lose)
        try:
            self.writes()
        except CrashError:
            return True
        finally:
            self.table.disarm()
        return False

    @property
    def asked(self) -> Counter[str]:
        """How often each debit is asked for, over all files."""
        said = " ".join(body.decode() for body in self.objects.bodies.values())
        return Counter(re.findall(r"<EndToEndId>([^<]+)<", said))

    def state(self) -> list[DebitState]:
        found: list[Debit | None] = [self.debits.debit(name) for name in NAMES]
        return [one.state for one in found if one]


def whole(desk: Desk) -> None:
    assert desk.asked == {"att-1": 1, "att-2": 1, "att-3": 1}
    assert desk.state() == [DebitState.SENT] * 3


@pytest.mark.parametrize("lose", [False, True])
def test_who_dies_anywhere_is_followed_by_the_next_morning(lose) -> None:
    operations = 0
    for at in range(1, 60):
        desk = Desk()
        died = desk.dies(at, lose=lose)
        desk.writes(NOW + timedelta(days=1))
        whole(desk)
        operations += died
    assert operations >= 7  # claims, the frozen batch, what is sent


def test_another_who_acts_whole_at_any_operation_sends_nothing_twice() -> None:
    for at in range(1, 60):
        desk = Desk()
        desk.table.arm(at, act=partial(desk.writes, NOW + timedelta(days=1)))
        desk.writes()
        desk.table.disarm()
        desk.writes(NOW + timedelta(days=2))
        whole(desk)


def test_without_its_conditions_a_debit_is_asked_for_twice() -> None:
    def found(at: int) -> bool:
        desk = Desk(frozenset({"claimed_once", "debit_waits"}))
        desk.table.arm(at, act=partial(desk.writes, NOW + timedelta(days=1)))
        desk.writes()
        return max(desk.asked.values()) > 1

    assert any(found(at) for at in range(1, 60))


def test_a_debit_that_is_claimed_late_is_let_go_and_sent_by_the_next() -> None:
    """A dying worker claims for a batch that another has frozen without it."""
    desk = Desk()
    first, late = (desk.debits.debit(name) for name in NAMES[:2])
    desk.debits.claim(first, "ddb_1")
    desk.debits.freeze(DebitBatch("ddb_1", "fr", NOW, ("att_1",), 100_00))
    desk.debits.claim(late, "ddb_1")
    assert desk.writes() == 2
    assert desk.debits.debit("att_2").batch == ""
    assert desk.writes() == 1
    whole(desk)
