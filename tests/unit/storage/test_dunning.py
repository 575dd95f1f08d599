"""Reminders: counted on the invoice before they are sent, each once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from solde.domain.dunning import Act, Channel, Decision, Level, Policy, Reason
from solde.ports.dunning import Candidate, Kept, Overdue, Step, Task
from solde.storage import index_keys, keys
from solde.storage.dunning import DunningTable, task_from_item
from solde.storage.table import Key
from tests.support.seller import Seller, at

DUE = date(2013, 7, 4)  # three days after 1 July
SECOND = date(2013, 7, 15)
NOW = at("2013-07-04T07:00:00")


@pytest.fixture
def seller() -> Seller:
    made = Seller()
    made.sells("basic", "100.00")
    made.customer("acme")
    made.subscribes("acme", "2013-06-01", ("basic", "1"))
    made.runs_billing("2013-06-01")
    return made


@pytest.fixture
def store(seller) -> DunningTable:
    return DunningTable(seller.table)


def level(number: int = 1, *, next_on: date | None = SECOND, **more) -> Step:
    """A step of a policy of its own, taken on 4 July."""
    one = Level(3, **more)
    decision = Decision(Act.STEP, Reason.DUE, one, number, DUE)
    return Step(Policy("FRA", "firm", (one,)), decision, DUE, next_on)


def overdue(store: DunningTable) -> Overdue:
    (candidate,) = store.due("FRA", DUE)
    return store.overdue(candidate)


def outbox(seller: Seller, kind: str) -> list[str]:
    items = seller.table.items.items()
    return [one["detail"] for key, one in items if key.pk[:2] == "O#" and one["type"] == kind]


def test_what_is_overdue_is_found_from_its_day_on(seller, store) -> None:
    assert store.due("FRA", date(2013, 7, 3)) == []
    (candidate,) = store.due("FRA", DUE)
    found = store.overdue(candidate)
    assert (found.header, found.customer.name) == (seller.documents("acme")[0], "Acme")
    assert store.overdue(replace(candidate, invoice_id="inv_none")) is None
    assert store.due("USA", DUE) == []


def test_a_step_is_claimed_once_and_the_next_has_its_day(seller, store) -> None:
    found = overdue(store)
    assert store.claim(found, level(), None, at=NOW)
    assert not store.claim(found, level(), None, at=NOW)
    (after,) = seller.documents("acme")
    assert (after.reminders, after.next_action_on) == (1, SECOND)
    store.sent(after, level=1, message_id="m1")
    case = seller.table.get(keys.reminder("acme", after.id))
    assert case["level_1"] == "sent m1"
    kept = store.overdue(Candidate("acme", after.id)).kept
    assert kept == Kept("FRA:firm", 1, DUE)


def test_after_the_last_the_chase_ends(seller, store) -> None:
    store.claim(overdue(store), level(next_on=None), None, at=NOW)
    assert store.due("FRA", date(2014, 1, 1)) == []
    assert seller.documents("acme")[0].next_action_on is None


def test_what_was_paid_meanwhile_is_not_reminded(store) -> None:
    found = overdue(store)
    moved = replace(found, header=replace(found.header, paid_minor=1))
    assert not store.claim(moved, level(), None, at=NOW)
    assert not store.postpone(moved.header, SECOND)


def test_an_invoice_is_looked_at_again_on_another_day_or_never(store) -> None:
    header = overdue(store).header
    assert store.postpone(header, SECOND)
    assert store.due("FRA", DUE) == []
    assert len(store.due("FRA", SECOND)) == 1
    assert store.postpone(header, None)
    assert store.due("FRA", date(2014, 1, 1)) == []


def test_a_task_is_listed_until_it_is_done_once(seller, store) -> None:
    found = overdue(store)
    task = Task("acme", found.header.id, 1, DUE, "letter", "FRA:firm")
    store.claim(found, level(channel=Channel.LETTER), task, at=NOW)
    assert store.task("acme", found.header.id) == task
    listed = seller.table.listed(index_keys.listing("task", "acme"))
    assert [task_from_item(seller.table.get(Key(one["pk"], one["sk"]))) for one in listed] == [task]
    assert store.done(task)
    assert not store.done(task)
    assert store.task("acme", found.header.id) is None
    assert seller.table.listed(index_keys.listing("task", "acme")) == []


def test_a_service_is_restricted_and_restored_once_nothing_restricts_it(seller, store) -> None:
    found = overdue(store)
    assert store.claim(found, level(restricts=True), None, at=NOW)
    invoice_id = found.header.id
    assert outbox(seller, "service.restricted") == [
        f'{{"customer":"acme","invoice":"{invoice_id}"}}'
    ]
    looked = Candidate("acme", invoice_id, restricted=True)
    tomorrow = DUE + timedelta(days=1)
    assert looked in store.due("FRA", tomorrow)
    assert not store.lift(looked, "FRA", today=tomorrow, at=NOW)
    assert looked not in store.due("FRA", tomorrow)
    invoice = keys.invoice("acme", invoice_id)
    seller.table.items[invoice] |= {"status": "paid", "paid": found.header.gross_minor}
    assert store.lift(looked, "FRA", today=SECOND, at=NOW)
    assert not store.lift(looked, "FRA", today=SECOND, at=NOW)
    assert len(outbox(seller, "service.restored")) == 1
    assert looked not in store.due("FRA", date(2014, 1, 1))


def test_a_service_stays_restricted_while_another_invoice_restricts_it(seller, store) -> None:
    seller.runs_billing("2013-07-01")
    first, second = (store.overdue(one) for one in store.due("FRA", date(2013, 8, 3)))
    for found in (first, second):
        store.claim(found, level(restricts=True), None, at=NOW)
        invoice = keys.invoice("acme", found.header.id)
        seller.table.items[invoice] |= {"status": "paid", "paid": found.header.gross_minor}
    one, other = (Candidate("acme", each.header.id, restricted=True) for each in (first, second))
    assert not store.lift(one, "FRA", today=SECOND, at=NOW)
    assert outbox(seller, "service.restored") == []
    assert store.lift(other, "FRA", today=SECOND, at=NOW)
    assert len(outbox(seller, "service.restored")) == 1


def test_invoices_that_were_paid_late_are_counted(seller, store) -> None:
    (header,) = seller.documents("acme")
    assert store.late_before("acme", date(2013, 1, 1)) == 0
    invoice = keys.invoice("acme", header.id)
    seller.table.items[invoice] |= {"paid_on": "2013-07-02"}
    assert store.late_before("acme", date(2013, 1, 1)) == 1
    assert store.late_before("acme", date(2013, 6, 2)) == 0
    seller.table.items[invoice] |= {"paid_on": "2013-07-01"}
    assert store.late_before("acme", date(2013, 1, 1)) == 0
