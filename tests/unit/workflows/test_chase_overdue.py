"""Reminders: two, once each, and none once the invoice is paid."""

from datetime import date

import pytest

from solde.ports.mail import Mail
from solde.ports.sendings import Stop
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.dunning import DunningTable
from solde.storage.table import Update
from solde.workflows.chase_overdue import ChaseContext, chase_overdue, remind, select_overdue
from tests.support.seller import Seller, at
from tests.support.shop import Shop


class Outgoing:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> str:
        self.mails.append(mail)
        return f"m-{len(self.mails)}"


@pytest.fixture
def seller() -> Seller:
    """One invoice of 1 June, due on 1 July: reminders on 4 and 15 July."""
    seller = Seller()
    seller.sells("basic", "100.00")
    seller.customer("acme")
    seller.subscribes("acme", "2013-06-01", ("basic", "1"))
    seller.runs_billing("2013-06-01")
    return seller


@pytest.fixture
def outgoing() -> Outgoing:
    return Outgoing()


@pytest.fixture
def context(seller: Seller, outgoing: Outgoing) -> ChaseContext:
    return ChaseContext(
        store=DunningTable(seller.table),
        contacts=ContactTable(seller.table),
        entities=seller.context.entities,
        mailer=outgoing,
        compose=lambda overdue, to, level: Mail(
            to, f"{level} {overdue.header.number}", "", "", f"job-{level}"
        ),
    )


def test_two_reminders_and_then_no_more(context: ChaseContext, outgoing: Outgoing) -> None:
    sent = {}
    for day in range(1, 31):
        sent[day] = sum(chase_overdue(at(f"2013-07-{day:02d}T07:00:00"), context) for _ in range(2))
    assert {day: count for day, count in sent.items() if count} == {4: 1, 15: 1}
    assert [mail.subject for mail in outgoing.mails] == ["1 FRA-2013-000001", "2 FRA-2013-000001"]


def test_missed_days_send_the_first_reminder_first(
    context: ChaseContext, outgoing: Outgoing
) -> None:
    chase_overdue(at("2013-08-20T07:00:00"), context)
    assert [mail.subject for mail in outgoing.mails] == ["1 FRA-2013-000001"]


def test_a_payment_between_selection_and_send_stops_the_reminder(
    seller: Seller, context: ChaseContext, outgoing: Outgoing
) -> None:
    (candidate,) = select_overdue("FRA", date(2013, 7, 4), context)
    invoice = seller.documents("acme")[0]
    Shop(seller).paid("evt_1", invoice.gross_minor)
    assert remind(candidate, date(2013, 7, 4), context) is False
    assert outgoing.mails == []


def test_a_payment_between_reading_and_claiming_stops_it_too(
    seller: Seller, context: ChaseContext, outgoing: Outgoing
) -> None:
    (candidate,) = select_overdue("FRA", date(2013, 7, 4), context)
    read = context.store.overdue(candidate)
    key = next(key for key in seller.table.items if key.sk.startswith("I#"))
    seller.table.items[key] |= {"paid": read.header.gross_minor, "status": "paid"}
    assert context.store.claim(read.header, next_action_on=None, on=date(2013, 7, 4)) is False


def test_nobody_is_reminded_while_collection_is_held_and_then_again(
    seller, context, outgoing
) -> None:
    """Service and invoices go on meanwhile: only the asking stops."""
    profile = keys.profile("acme")
    held = Update(profile, set={"held": "2013-07-10"})
    seller.table.write(held)
    assert chase_overdue(at("2013-07-04T12:00:00"), context) == 0
    assert chase_overdue(at("2013-07-09T12:00:00"), context) == 0
    assert outgoing.mails == []
    assert chase_overdue(at("2013-07-10T12:00:00"), context) == 1
    assert [mail.subject[0] for mail in outgoing.mails] == ["1"]


def test_a_reminder_waits_for_an_address_and_is_not_counted(
    seller: Seller, context: ChaseContext, outgoing: Outgoing
) -> None:
    """The bounce of one address stops it; once mail may go there again, the first reminder goes."""
    stop = Stop("bounced", "550 user unknown", at("2013-07-01T07:00:00"))
    context.contacts.stop("acme@example.test", stop)
    assert chase_overdue(at("2013-07-04T07:00:00"), context) == 0
    assert seller.documents("acme")[0].reminders == 0
    context.contacts.clear("acme@example.test")
    assert chase_overdue(at("2013-07-05T07:00:00"), context) == 1
    assert [mail.subject for mail in outgoing.mails] == ["1 FRA-2013-000001"]
