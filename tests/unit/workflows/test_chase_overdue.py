"""Reminders: two, once each, and none once the invoice is paid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from solde.domain.dunning import (
    PROMISE,
    QUESTION,
    Act,
    Applies,
    Channel,
    Level,
    Notice,
    Policy,
    QuietHours,
)
from solde.ports.dunning import Candidate, Kept
from solde.ports.mail import Mail
from solde.ports.records import first
from solde.ports.sendings import Stop
from solde.storage import keys
from solde.storage.contacts import ContactTable
from solde.storage.dunning import DunningTable
from solde.storage.dunning_policies import PolicyTable
from solde.storage.notices import NoticeTable
from solde.storage.table import Update
from solde.workflows.chase_overdue import (
    ChaseContext,
    Deciding,
    chase_overdue,
    decided,
    remind,
    select_overdue,
)
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
        deciding=Deciding(
            DunningTable(seller.table), ContactTable(seller.table), PolicyTable(seller.table)
        ),
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
    (candidate,) = select_overdue("FRA", date(2013, 7, 4), context.store)
    invoice = seller.documents("acme")[0]
    Shop(seller).paid("evt_1", invoice.gross_minor)
    entity = context.entities.entity("FRA")
    assert remind(candidate, entity, at("2013-07-04T07:00:00"), context) is False
    assert outgoing.mails == []


def test_a_payment_between_reading_and_claiming_stops_it_too(
    seller: Seller, context: ChaseContext, outgoing: Outgoing
) -> None:
    (candidate,) = select_overdue("FRA", date(2013, 7, 4), context.store)
    read = context.store.overdue(candidate)
    paid = {"paid": read.header.gross_minor, "status": "paid"}

    def pays(*_read: object) -> Mail:
        raise AssertionError("composed")

    def claims(*said: object, **more: object) -> bool:
        seller.table.items[keys.invoice("acme", read.header.id)] |= paid
        return DunningTable.claim(context.store, *said, **more)

    context.store.claim = claims
    late = replace(context, compose=pays)
    assert chase_overdue(at("2013-07-04T07:00:00"), late) == 0
    assert outgoing.mails == []


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
    context.deciding.contacts.stop("acme@example.test", stop)
    assert chase_overdue(at("2013-07-04T07:00:00"), context) == 0
    assert seller.documents("acme")[0].reminders == 0
    context.deciding.contacts.clear("acme@example.test")
    assert chase_overdue(at("2013-07-05T07:00:00"), context) == 1
    assert [mail.subject for mail in outgoing.mails] == ["1 FRA-2013-000001"]


def defines(seller: Seller, *levels: Level, code: str = "firm", **more) -> None:
    policy = Policy("FRA", code, levels, since=date(2013, 1, 1), **more)
    PolicyTable(seller.table).put(policy, first(at("2013-01-01T08:00:00"), {}))


def anew(context: ChaseContext) -> ChaseContext:
    """Another morning's chase, which reads the policies anew."""
    return replace(context, deciding=replace(context.deciding, known={}))


def days(context: ChaseContext, first_on: date, count: int) -> list[str]:
    """Chase every morning, and return the days on which a step was taken."""
    mornings = [first_on + timedelta(days=number) for number in range(count)]
    return [
        f"{day:%a %d %b}" for day in mornings if chase_overdue(at(f"{day}T07:00:00"), anew(context))
    ]


def test_levels_come_on_business_days_of_france_in_their_tone(seller, context, outgoing) -> None:
    # Due on 1 July: five days later is Saturday the 6th, so Monday the 8th.
    defines(seller, Level(5), Level(14, tone=2), Level(45, tone=3), calendar="FR")
    # The second keeps nine days to the first, 17 July, the third 31 to the second, 17 August,
    # a Saturday: Monday the 19th.
    assert days(context, date(2013, 7, 2), 60) == ["Mon 08 Jul", "Wed 17 Jul", "Mon 19 Aug"]
    assert [mail.subject[0] for mail in outgoing.mails] == ["1", "2", "3"]


def test_a_case_keeps_the_version_that_it_began_with(seller, context, outgoing) -> None:
    defines(seller, Level(3), Level(10, tone=2))
    assert days(context, date(2013, 7, 2), 5) == ["Thu 04 Jul"]
    later = Policy("FRA", "firm", (Level(3, tone=4),), version=2, since=date(2013, 7, 6))
    PolicyTable(seller.table).put(later, first(at("2013-07-06T08:00:00"), {}))
    assert days(context, date(2013, 7, 7), 30) == ["Thu 11 Jul"]
    assert [mail.subject[0] for mail in outgoing.mails] == ["1", "2"]
    (invoice,) = seller.documents("acme")
    kept = context.store.overdue(Candidate("acme", invoice.id)).kept
    assert kept == Kept("FRA:firm", 1, date(2013, 7, 11))


def test_a_policy_that_begins_later_lets_the_first_look_pass(seller, context, outgoing) -> None:
    defines(seller, Level(20))
    # 1 July + 20 days is Sunday the 21st.
    assert days(context, date(2013, 7, 2), 20) == []
    assert seller.documents("acme")[0].next_action_on == date(2013, 7, 22)
    assert days(context, date(2013, 7, 22), 3) == ["Mon 22 Jul"]


def test_nobody_is_written_to_in_the_quiet_hours_of_his_zone(seller, context, outgoing) -> None:
    defines(seller, Level(3), quiet=QuietHours(20, 8))
    profile = Update(keys.profile("acme"), set={"zone": "America/New_York"})
    seller.table.write(profile)
    # 07:00 UTC is 3 in the morning there, 13:00 UTC is 9.
    assert chase_overdue(at("2013-07-04T07:00:00"), context) == 0
    assert chase_overdue(at("2013-07-04T13:00:00"), context) == 1


def test_a_letter_is_a_task_with_a_copy_by_mail_and_a_task_alone_writes_to_nobody(
    seller, context, outgoing
) -> None:
    defines(seller, Level(3, Channel.LETTER, 4), Level(10, Channel.TASK))
    assert days(context, date(2013, 7, 2), 5) == ["Thu 04 Jul"]
    (invoice,) = seller.documents("acme")
    assert context.store.task("acme", invoice.id).channel == "letter"
    assert [mail.subject[0] for mail in outgoing.mails] == ["4"]
    assert days(context, date(2013, 7, 7), 10) == ["Thu 11 Jul"]
    assert context.store.task("acme", invoice.id).channel == "task"
    assert len(outgoing.mails) == 1


def test_a_service_that_is_restricted_is_restored_on_the_morning_after_the_money(
    seller, context
) -> None:
    defines(seller, Level(3, restricts=True))
    days(context, date(2013, 7, 4), 3)
    Shop(seller).paid("evt_1", seller.documents("acme")[0].gross_minor)
    chase_overdue(at("2013-07-08T07:00:00"), context)
    told = [one["type"] for key, one in sorted(seller.table.items.items()) if key.pk[:2] == "O#"]
    assert [one for one in told if one.startswith("service.")] == [
        "service.restricted",
        "service.restored",
    ]


def test_who_has_paid_late_before_is_asked_by_another_policy(seller, context, outgoing) -> None:
    defines(seller, Level(3, tone=3), code="late", rank=1, applies=Applies(late_from=1))
    seller.runs_billing("2013-07-01")
    first_, second = seller.documents("acme")
    seller.table.items[keys.invoice("acme", first_.id)] |= {
        "status": "paid",
        "paid": first_.gross_minor,
        "paid_on": "2013-07-20",
    }
    assert chase_overdue(at("2013-08-05T07:00:00"), context) == 1
    assert [mail.subject for mail in outgoing.mails] == [f"3 {second.number}"]


def test_what_would_be_done_is_told_without_doing_it(seller, context, outgoing) -> None:
    entity, (candidate,) = (
        context.entities.entity("FRA"),
        select_overdue("FRA", date(2013, 7, 4), context.store),
    )
    before = dict(seller.table.items)
    found = decided(candidate, entity, at("2013-07-04T07:00:00"), context.deciding)
    assert (found.decision.act, found.decision.number) == (Act.STEP, 1)
    assert seller.table.items == before
    assert outgoing.mails == []


def test_a_promise_holds_reminders_until_it_is_broken_and_a_question_until_its_answer(
    seller, context
) -> None:
    (invoice,) = seller.documents("acme")
    notices, now = NoticeTable(seller.table), at("2013-07-02T07:00:00")
    promise = Notice("ntc_1", "acme", invoice.id, PROMISE, now, pays_on=date(2013, 7, 10))
    question = Notice("ntc_2", "acme", invoice.id, QUESTION, now, "which site?")
    notices.tell(promise)
    assert days(context, date(2013, 7, 4), 8) == ["Thu 11 Jul"]
    notices.tell(question)
    assert days(context, date(2013, 7, 12), 20) == []
    notices.close(question, at("2013-08-01T07:00:00"))
    assert days(context, date(2013, 8, 2), 3) == ["Fri 02 Aug"]
